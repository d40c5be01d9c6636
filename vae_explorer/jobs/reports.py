"""How far runs have come, read from their folders; lines that are not whole yet are not read."""

import contextlib
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from vae_explorer import checkpoints, folders, regular_files, strict_json
from vae_explorer.bounds import is_count, is_number
from vae_explorer.errors import Diverged, ExplorerError
from vae_explorer.jobs import lives, records
from vae_explorer.jobs.endings import Ended, chosen, sentence
from vae_explorer.jobs.keeper import LOG
from vae_explorer.jobs.lives import Life
from vae_explorer.jobs.records import Job

POLITE = (130, -2, -15)
"""Exit codes of a run that was asked to end: by Ctrl-C, SIGINT or SIGTERM."""
TAIL = 1 << 14
"""Bytes at the end of a file in which its last whole line is looked for."""
LONG_TAIL = 1 << 22
"""Bytes at the end of a history that are read for its curves."""
TRIES = 3


class RunState(StrEnum):
    """How a run stands, in one word."""

    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"
    DIVERGED = "diverged"
    LOST = "lost"

    @property
    def pending(self) -> bool:
        """Whether it waits or trains."""
        return self in (RunState.QUEUED, RunState.RUNNING)


@dataclass(frozen=True)
class Status:
    """How a run stands."""

    name: str
    state: RunState
    epochs: int
    position: int = 0
    """In the queue, from 1; 0 outside it."""
    epoch: int = 0
    """Whole epochs so far."""
    last: dict[str, Any] | None = None
    """The history's last line, in nats per image."""
    seconds: float = 0.0
    """Of training so far, over all attempts."""
    images_per_second: float = 0.0
    eta: float | None = None
    """Seconds of training that are left, by the mean of those before; None before the first epoch."""
    sentence: str = ""
    """What happened and what to do, where something did."""
    early: bool = False
    """Whether patience ended it before its last epoch."""
    resumable: bool = False
    """Whether it can be taken up again, from its last whole epoch or, where there is none, from the start."""
    engine: str = ""
    """Of a run that waits or trains: what starts it, as in `Job`."""
    host: str = ""
    """The machine on which it trains, where that is another one."""


def report(job: Job) -> Status:
    """The status of a job.

    Raises:
        InvalidSetting: when links lie where its files belong.
    """
    life, came = lives.last(records.job_folder(job.name)), came_to(records.run_folder(job.name))
    waiting = [other.name for other in records.queue()] if records.waits(job, life) else []
    return status_of(job, life, came, waiting)


def status_of(job: Job, life: Life, came: "Came", waiting: Sequence[str] = ()) -> Status:
    """The status of a job by what its folders tell; waiting: the names of the queue."""
    state = _state(job, life, came)
    position = waiting.index(job.name) + 1 if state == RunState.QUEUED and job.name in waiting else 0
    told = _sentence(job, life, state, came)
    goes_on = state in (RunState.STOPPED, RunState.FAILED, RunState.LOST)
    early = state == RunState.FINISHED and job.settings.train.patience > 0 and came.short(job.epochs)
    told_of = {"position": position, "sentence": told, "early": early, "resumable": goes_on}
    if state.pending:
        elsewhere = state == RunState.RUNNING and not lives.here(life)
        told_of |= {"engine": job.engine, "host": life.host if elsewhere else ""}
    return Status(job.name, state, job.epochs, **told_of, **_progress(job, state, came.last))


def state(job: Job) -> RunState:
    """One of queued, running, finished, stopped, failed, diverged, lost."""
    return _state(job, lives.last(records.job_folder(job.name)), came_to(records.run_folder(job.name)))


def _state(job: Job, life: Life, came: "Came") -> RunState:
    if life.attempt < job.attempt:
        return RunState.QUEUED if job.wanted else RunState.STOPPED
    if lives.alive(life, records.jobs_root() / job.name):
        return RunState.RUNNING
    if came.finished and (life.code == 0 or not came.short(job.epochs)):
        return RunState.FINISHED
    if not job.wanted or life.code in POLITE:
        return RunState.STOPPED
    ends = {None: RunState.LOST, 0: RunState.LOST, Diverged.exit_code: RunState.DIVERGED}
    return ends.get(life.code, RunState.FAILED)


class Came(NamedTuple):
    """How far a run came, as its checkpoint tells, which is written whole, however the process ended."""

    finished: bool
    """Whether it holds nothing from which to go on."""
    kept: bool
    """Whether it holds an epoch from which to go on."""
    last: dict[str, Any] | None
    """The last line of its history."""

    def short(self, epochs: int) -> bool:
        """Whether it ended before so many epochs, or was to be trained further."""
        return self.last is not None and self.last["epoch"] < epochs


def came_to(folder: Path) -> Came:
    """How far the run in a folder came."""
    place = folders.standing(folder)
    state = regular_files.is_there(place / checkpoints.STATE)
    finished = regular_files.is_file(place / checkpoints.CONFIG) and not state
    last = next(_epochs(reversed(_tail(folder).splitlines(keepends=True))), None)
    return Came(finished, regular_files.is_file(place / checkpoints.STATE), last)


def _progress(job: Job, state: RunState, last: dict[str, Any] | None) -> dict[str, Any]:
    if last is None:
        return {}
    epoch, seconds = int(last["epoch"]), float(last["seconds"])
    speed = last["images"] / seconds if seconds > 0 else 0.0
    left = seconds / epoch * max(0, job.epochs - epoch) if state.pending else None
    return {"epoch": epoch, "last": last, "seconds": seconds, "images_per_second": speed, "eta": left}


def history(name: str) -> list[dict[str, Any]]:
    """The whole lines of a run's history, one an epoch, in nats per image; of a very long one, the last."""
    return list(_epochs(_tail(records.run_folder(name), LONG_TAIL).splitlines(keepends=True)))


def _epochs(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    for line in lines:
        with contextlib.suppress(ValueError):
            values = strict_json.mapping(line)
            if line.endswith(b"\n") and _is_epoch(values):
                yield values


def _tail(folder: Path, most: int = TAIL) -> bytes:
    """The end of the history, looked for again when its folder is just being replaced."""
    for _ in range(TRIES):
        found = regular_files.tail(folders.standing(folder) / checkpoints.HISTORY, most)
        if found:
            return found
    return b""


def _is_epoch(values: dict[str, Any]) -> bool:
    numbers = all(is_number(values.get(name), 0, math.inf) for name in ("seconds", "images"))
    return numbers and is_count(values.get("epoch"), 1, records.MOST)


def log(name: str) -> list[str]:
    """The last whole lines that a run's last attempt said."""
    lines = regular_files.tail(records.job_folder(name) / LOG, TAIL).decode(errors="replace").splitlines(keepends=True)
    return [line.rstrip() for line in lines if line.endswith("\n")]


def _sentence(job: Job, life: Life, state: RunState, came: Came) -> str:
    if state == RunState.RUNNING:
        return "" if job.wanted else "It is being stopped."
    if state == RunState.LOST:
        return _lost(life)
    if state == RunState.FINISHED:
        return _course(job)
    if state not in (RunState.FAILED, RunState.DIVERGED) or life.code is None:
        return ""
    return sentence(Ended(life.code, "\n".join(log(job.name)), job.settings.train.batch_size, came.kept))


def _course(job: Job) -> str:
    """Which epoch of a finished run was chosen, and how those before were trained, where that is worth a word."""
    if not job.settings.train.validation and job.attempt == 1:
        return ""
    with contextlib.suppress(ExplorerError):
        recipe = checkpoints.open_checkpoint(records.run_folder(job.name)).recipe
        end = recipe.ended
        choice = "" if end is None else chosen(recipe.epoch, end, recipe.train.epochs, recipe.train.patience)
        course = f"{recipe.course[0].upper()}{recipe.course[1:]}." if recipe.course else ""
        return f"{choice} {course}".strip()
    return ""


def _lost(life: Life) -> str:
    if life.code == 0:
        return "Its checkpoint is gone. Resume it to train it again."
    if lives.here(life):
        restarted = life.boot != lives.boot()
        why = "the machine was restarted" if restarted else "its processes are gone without a word"
    else:
        why = f"nothing is heard of it from {life.host} any more"
    return f"Training was cut off: {why}. Resume it."
