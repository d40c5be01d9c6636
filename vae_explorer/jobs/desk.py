"""Who asks for runs: each is asked for once, waits for the slot, and goes on whatever becomes of the app."""

import logging
import os
import subprocess
import threading
from dataclasses import replace
from datetime import UTC, datetime

from vae_explorer import folders
from vae_explorer.betas import require_beta
from vae_explorer.errors import ExplorerError, StorageError, require
from vae_explorer.jobs import keeper, lives, records, reports, run_names
from vae_explorer.jobs.records import Job
from vae_explorer.jobs.reports import RunState, Status
from vae_explorer.journal import wishes
from vae_explorer.journal.wishes import Wish
from vae_explorer.run_settings import RunSettings

LOG = logging.getLogger(__name__)
SLOTS = 1
"""Runs at a time."""
PAUSE = 1.0
"""Seconds from one look at the queue to the next, while there is one."""


def start(settings: RunSettings, name: str = "", threads: int | None = None) -> Job:
    """Ask for a run; the same one is joined, however often and by whomever it is asked for, and taken up if it failed.

    A name that is not given is made of the settings, with a number where it is that of a run with others. Half of the
    cores train, so that the other half serve the pages.

    Raises:
        UnknownName, InvalidSetting: for settings that `train` would refuse, or a given name that another run has.
        StorageError: when it cannot be written down.
    """
    require(os.name == "posix", "Runs are started here on Linux and macOS only; use `python -m vae_explorer train`.")
    asked = job_of(settings, name, threads)
    with lives.locked(records.desk_lock()):
        asked = asked if name else named(asked)
        job = _joined(asked) if asked.name in records.names() else _new(asked)
    pump()
    return job


def resume(name: str) -> Job:
    """Queue a run again that was stopped, failed or got lost; it goes on from its last whole epoch if it has one.

    Raises:
        UnknownName: when there is no such run.
        InvalidSetting: when it is finished.
    """
    with lives.locked(records.desk_lock()):
        job = records.read(name)
        require(reports.state(job) != RunState.FINISHED, f"{name} is finished; start another run.")
        job = _again(job)
    pump()
    return job


def stop(name: str) -> None:
    """Take a run out of the queue, or interrupt it: it ends within seconds, and its last whole epoch stays.

    Asked a second time, it is killed at once.

    Raises:
        UnknownName: when there is no such run.
    """
    with lives.locked(records.desk_lock()):
        job = records.read(name)
        if reports.state(job).pending:
            lives.end(records.job_folder(name), at_once=not job.wanted)
            records.write(replace(job, wanted=False))


def change_beta(name: str, beta: float) -> Wish:
    """Wish for another beta: a run at work takes it up within a second, one that waits or was stopped when it goes on.

    Raises:
        UnknownName: when there is no such run.
        InvalidSetting: when it is finished, its objective has no beta, or the value is out of bounds.
        StorageError: when the wish cannot be written down.
    """
    with lives.locked(records.desk_lock()):
        job = records.read(name)
        require(reports.state(job) != RunState.FINISHED, f"{name} is finished; start another run with this beta.")
        require_beta(job.settings.train, beta)
        last = last_wish(name)
        wish = Wish(beta, last.number + 1 if last else 1)
        wishes.write(records.journal(name), wish)
    return wish


def last_wish(name: str) -> Wish | None:
    """What was wished for last; None before anything was, and for a damaged one: it is in nobody's way."""
    try:
        return wishes.read(records.journal(name))
    except StorageError:
        return None


def status(name: str) -> Status:
    """How a run stands; whoever looks also starts the next one if the slot is free.

    Raises:
        UnknownName: when there is no such run.
        StorageError: when its settings cannot be read.
    """
    pump()
    return reports.report(records.read(name))


def board() -> list[Status]:
    """How all runs stand, in the order in which they were asked for."""
    pump()
    return [reports.report(job) for job in records.every()]


def pump() -> int:
    """Start what waits if the slot is free, in this process or another, and say how many still wait."""
    if not records.queue():
        return 0
    with lives.locked(records.desk_lock()):
        busy = sum(reports.state(job) == RunState.RUNNING for job in records.every())
        for job in records.queue()[: max(0, SLOTS - busy)]:
            _launch(job)
    waiting = len(records.queue())
    if waiting:
        _watch()
    return waiting


def job_of(settings: RunSettings, name: str, threads: int | None) -> Job:
    """The job that `start` would ask for, every setting written out, checked as `train` does; nothing is written.

    Raises:
        UnknownName, InvalidSetting: as `start`.
    """
    from vae_explorer import runs

    planned = runs.plan(settings, records.run_folder(name) if name else None)
    name, most = planned.folder.name, os.cpu_count() or 1
    threads = max(1, most // 2) if threads is None else threads
    require(1 <= threads <= most, f"threads must be from 1 to {most}, the cores of this machine, not {threads}.")
    created = datetime.now(UTC).strftime("%FT%T")
    return Job(name, settings.written_out(), threads, created=created)


def named(asked: Job) -> Job:
    """The job under the first name that is free or its own already; for the holder of the desk's lock.

    Raises:
        InvalidSetting: when there are too many of its name.
    """
    return replace(asked, name=run_names.unclaimed(asked.name, lambda name: _is_own(replace(asked, name=name))))


def _is_own(asked: Job) -> bool:
    try:
        return records.read(asked.name).same(asked)
    except ExplorerError:
        return False


def _joined(asked: Job) -> Job:
    job = records.read(asked.name)
    at_rest = reports.state(job) not in (RunState.QUEUED, RunState.RUNNING, RunState.FINISHED)
    if at_rest and not records.standing(job.name).exists():  # it left nothing that other settings would contradict
        job = replace(asked, ticket=job.ticket, attempt=job.attempt, wanted=job.wanted)
        wishes.forget(records.journal(job.name))
    require(job.same(asked), f"{job.name} was asked for with other settings; give this run another name.")
    return _again(job) if at_rest else job


def _new(asked: Job) -> Job:
    run_names.require_free(asked.name)
    job = replace(asked, ticket=_ticket())
    records.write(job)
    return job


def _again(job: Job) -> Job:
    life = lives.last(records.job_folder(job.name))
    if reports.state(job).pending:
        require(job.wanted, f"{job.name} is being stopped; resume it when it has ended.")
        return job
    job = replace(job, wanted=True, attempt=life.attempt + 1, ticket=_ticket())
    records.write(job)
    return job


def _ticket() -> int:
    return 1 + max((job.ticket for job in records.every()), default=0)


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
    if records.queue():  # asked for while this thread was leaving
        _watch()
