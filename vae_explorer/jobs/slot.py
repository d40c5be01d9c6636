"""The slot: what waits is started in the order of asking, one run at a time, by whoever looks."""

import logging
import subprocess
import threading
import time
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from vae_explorer import folders
from vae_explorer.errors import ExplorerError, StorageError
from vae_explorer.jobs import keeper, lives, overview, records
from vae_explorer.jobs.records import Job
from vae_explorer.jobs.reports import RunState, Status
from vae_explorer.read_only import read_only

LOG = logging.getLogger(__name__)
SLOTS = 1
"""Runs at a time."""
PAUSE = 1.0
"""Seconds from one look at the queue to the next, while there is one."""
RETRY = 10.0
"""Seconds until what could not be started is tried again."""
MENDED = "Make room, or delete this run; it is tried again from time to time."


class Hindrance(NamedTuple):
    """Why a run that waits could not be started, and when that is tried again."""

    sentence: str
    until: float


HINDRANCES: dict[str, Hindrance] = {}
"""Of runs that wait, by name: held here, for not even a file that says so could be written."""
NOTHING = Hindrance("", 0.0)


def advance() -> None:
    """Have the queue go on; where it cannot, all that waits is told why."""
    try:
        pump()
    except StorageError as error:
        HINDRANCES.update({job.name: Hindrance(str(error), 0.0) for job in records.queue()})


def forget(name: str) -> None:
    """Somebody asks for a run anew: what kept it from being started is tried again at once."""
    HINDRANCES.pop(name, None)


def hindered(status: Status) -> Status:
    """The status of a run with what keeps it from being started, where something does."""
    why = HINDRANCES.get(status.name, NOTHING).sentence if status.state == RunState.QUEUED else ""
    return replace(status, sentence=f"{why} {MENDED}") if why else status


def pump() -> int:
    """Start what waits if the slot is free, in this process or another, and say how many still wait.

    What cannot be started now is told of, tried again after a while, and in no other's way. A read-only app starts
    nothing, and looks after no queue.

    Raises:
        StorageError: when nothing can be started in this runs folder.
    """
    if read_only() or not records.queue():
        return 0
    with lives.locked(records.desk_lock()):
        ready = [job for job in records.queue() if HINDRANCES.get(job.name, NOTHING).until < time.monotonic()]
        for job in ready[: max(0, SLOTS - overview.at_work())]:
            try:
                _launch(job)
                HINDRANCES.pop(job.name, None)
            except (ExplorerError, OSError) as error:
                HINDRANCES[job.name] = Hindrance(str(error), time.monotonic() + RETRY)
    waiting = len(records.queue())
    if waiting:
        _watch()
    return waiting


def _launch(job: Job) -> None:
    """Start a keeper and wait until it has written its life down; what hinders it becomes the run's own ending."""
    folder = records.job_folder(job.name)
    before = lives.read(folder)
    if not lives.free(folder):
        lives.end_orphans(before)
    command = keeper.command(folder, job.attempt, job.words())
    nothing, pipe, both = subprocess.DEVNULL, subprocess.PIPE, subprocess.STDOUT
    said = subprocess.run(command, cwd=keeper.HOME, stdin=nothing, stdout=pipe, stderr=both, check=False).stdout
    if lives.read(folder).attempt < job.attempt and said.strip() != keeper.BUSY.encode():
        LOG.error("The run %s could not be started: %s", job.name, said.decode(errors="replace")[-2000:])
        folders.write_file(folder / keeper.LOG, said[-keeper.BOUNDS.log :])
        lives.write(folder, replace(lives.own(job.attempt), code=1))


_WATCHING = threading.Lock()


def _watch() -> None:
    """Have a thread look after the queue for as long as there is one."""
    if _WATCHING.acquire(blocking=False):
        threading.Thread(target=_look, name="runs", daemon=True).start()


def _look() -> None:
    rest = threading.Event()
    try:
        while not rest.wait(PAUSE) and pump():
            pass
    except (ExplorerError, OSError) as error:
        LOG.warning("The queue of runs could not be looked after: %s", error)
    finally:
        _WATCHING.release()
    with suppress(ExplorerError, OSError):  # where runs cannot be read any more, nothing waits
        if records.queue():  # asked for while this thread was leaving
            _watch()
