"""Who asks for runs: each is asked for once, waits for the slot, and goes on whatever becomes of the app."""

import os
from dataclasses import replace
from datetime import UTC, datetime

from vae_explorer import regular_files
from vae_explorer.betas import require_beta
from vae_explorer.errors import ExplorerError, StorageError, require
from vae_explorer.jobs import lives, overview, records, reports, run_names, slot
from vae_explorer.jobs.records import Job
from vae_explorer.jobs.reports import RunState, Status
from vae_explorer.jobs.slot import pump
from vae_explorer.journal import wishes
from vae_explorer.journal.wishes import Wish
from vae_explorer.run_settings import RunSettings


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
    slot.forget(job.name)
    pump()
    return job


def claim(asked: Job, engine: str) -> Job:
    """Ask for a run that an engine is to start; one that waits is taken over, one at work or at its end stays as it is.

    Raises:
        InvalidSetting: when the name is that of another run.
        StorageError: when it cannot be written down.
    """
    with lives.locked(records.desk_lock()):
        if asked.name not in records.names():
            return _new(replace(asked, engine=engine))
        job = records.read(asked.name)
        require(job.same(asked), f"{job.name} was asked for with other settings; give this run another name.")
        if reports.state(job) in (RunState.STOPPED, RunState.FAILED, RunState.LOST):
            return _again(job, engine)
        if records.waits(job, lives.read(records.job_folder(job.name))):
            job = replace(job, engine=engine)
            records.write(job)
        return job


def resume(name: str) -> Job:
    """Queue a run again that was stopped, failed or got lost; it goes on from its last whole epoch if it has one.

    Raises:
        UnknownName: when there is no such run.
        InvalidSetting: when it is finished.
    """
    with lives.locked(records.desk_lock()):
        job = records.read(name)
        require(reports.state(job) != RunState.FINISHED, f"{name} is finished; train it further, or start another run.")
        job = _again(job)
    slot.forget(name)
    pump()
    return job


def train_further(name: str, epochs: int, lr: float, beta: float) -> Job:
    """Queue a run again that is over, to so many epochs in all; lr and beta hold from here on.

    Raises:
        UnknownName: when there is no such run.
        InvalidSetting: when it waits or trains, has so many epochs already, or a value is out of bounds.
        CheckpointError: when there is no whole epoch to go on from.
    """
    from vae_explorer import runs

    with lives.locked(records.desk_lock()):
        job = records.read(name)
        require(not reports.state(job).pending, f"{name} is at work; stop it first.")
        planned = runs.resumption(records.run_folder(name), {"epochs": epochs, "lr": lr, "beta": beta})
        last = last_wish(name)
        if planned.beta is not None or (last and last.beta != beta):
            _wish(name, beta)
        records.write(replace(job, settings=job.settings.with_training(epochs=epochs, lr=lr)))
        job = _again(records.read(name))
    slot.forget(name)
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
        require(reports.state(job) != RunState.FINISHED, f"{name} is finished; train it further with this beta.")
        require_beta(job.settings.train, beta)
        return _wish(name, beta)


def _wish(name: str, beta: float) -> Wish:
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
    slot.advance()
    return slot.hindered(reports.report(records.read(name)))


def board() -> list[Status]:
    """How all runs stand that can be read, in the order in which they were asked for."""
    found = overview.statuses()
    if any(status.state == RunState.QUEUED for status in found):
        slot.advance()
        found = [slot.hindered(status) for status in overview.statuses()]
    return found


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
    left = regular_files.is_there(records.standing(job.name))
    if at_rest and not left:  # nothing that other settings would contradict
        job = replace(asked, ticket=job.ticket, attempt=job.attempt, wanted=job.wanted)
        wishes.forget(records.journal(job.name))
    require(job.same(asked), f"{job.name} was asked for with other settings; give this run another name.")
    return _again(job) if at_rest else job


def _new(asked: Job) -> Job:
    run_names.require_free(asked.name)
    job = replace(asked, ticket=_ticket())
    records.write(job)
    return job


def _again(job: Job, engine: str = "") -> Job:
    life = lives.last(records.job_folder(job.name))
    if reports.state(job).pending:
        require(job.wanted, f"{job.name} is being stopped; resume it when it has ended.")
        return job
    job = replace(job, wanted=True, attempt=life.attempt + 1, ticket=_ticket(), engine=engine)
    records.write(job)
    return job


def _ticket() -> int:
    return 1 + max((job.ticket for job in records.every()), default=0)
