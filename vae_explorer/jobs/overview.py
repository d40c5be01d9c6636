"""How all runs stand: looked at again and again, so that what is at rest is read once."""

import time
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from vae_explorer import datasets, folders, regular_files
from vae_explorer.checkpoints import NAME
from vae_explorer.errors import ExplorerError
from vae_explorer.jobs import lives, records, reports
from vae_explorer.jobs.lives import Life
from vae_explorer.jobs.records import Job
from vae_explorer.jobs.reports import Came, RunState, Status
from vae_explorer.regular_files import Stamp

TICK = 50_000_000
"""Nanoseconds that a folder must have been left alone for its stamp to tell the next change from the last."""


class _Row(NamedTuple):
    """What was read of a run."""

    job: Job
    life: Life
    came: Came
    status: Status
    """As it stands for good, unless it waits or its process may be there."""


def statuses() -> list[Status]:
    """The status of every run that can be read, in the order of asking.

    Raises:
        InvalidSetting, StorageError: as `records.names`.
    """
    rows = sorted(_rows(), key=lambda row: (row.job.ticket, row.job.name))
    waiting = [row.job.name for row in rows if not row.job.engine and records.waits(row.job, row.life)]
    return [_now(row, waiting) for row in rows]


def at_work() -> int:
    """How many runs train on this machine now."""
    return sum(status.state == RunState.RUNNING and not status.host for status in statuses())


def unfinished() -> set[str]:
    """The names of the runs that are queued, at work or were cut short."""
    return {status.name for status in statuses() if status.state != RunState.FINISHED}


def _now(row: _Row, waiting: list[str]) -> Status:
    """A process comes to its end without a word to any folder, and a queue is of others."""
    if row.life.attempt >= row.job.attempt and row.life.code is not None:
        return row.status
    return reports.status_of(row.job, row.life, row.came, waiting)


def _rows() -> list[_Row]:
    place, runs, known = records.jobs_root(), records.root(), datasets.stamp()
    names = [name for name in folders.names(place) if NAME.fullmatch(name)]
    settled = time.time_ns() - TICK
    found = [_row(f"{place}/{name}", f"{runs}/{name}", known, settled) for name in names]
    return [row for row in found if row is not None]


def _row(folder: str, run: str, known: int, settled: int) -> _Row | None:
    job, checkpoint = regular_files.stamp(folder), regular_files.stamp(run)
    if max(job.changed if job else 0, checkpoint.changed if checkpoint else 0) < settled:
        return _kept(folder, run, known, job, checkpoint)
    return _read(folder, run)


@lru_cache(maxsize=8192)
def _kept(folder: str, run: str, known: int, *stamps: Stamp | None) -> _Row | None:
    """All files of a job, and its whole checkpoint, are replaced when they change, which their folders tell."""
    return _read(folder, run)


def _read(folder: str, run: str) -> _Row | None:
    try:
        job = records.read(Path(folder).name)
    except ExplorerError:
        return None
    life, came = lives.last(Path(folder)), reports.came_to(Path(run))
    return _Row(job, life, came, reports.status_of(job, life, came))
