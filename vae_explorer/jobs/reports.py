"""How far runs have come, read from their folders; lines that are not whole yet are not read."""

import contextlib
import json
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from vae_explorer import checkpoints
from vae_explorer.jobs import lives, records
from vae_explorer.jobs.endings import Ended, sentence
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
    resumable: bool = False
    """Whether it can be taken up again, from its last whole epoch or, where there is none, from the start."""


def report(job: Job) -> Status:
    """The status of a job.

    Raises:
        InvalidSetting: when links lie where its files belong.
    """
    life = lives.last(records.job_folder(job.name))
    state = _state(job, life)
    position = 0
    if state == RunState.QUEUED:
        waiting = [other.name for other in records.queue()]
        position = waiting.index(job.name) + 1 if job.name in waiting else 1
    told = _sentence(job, life, state)
    goes_on = state in (RunState.STOPPED, RunState.FAILED, RunState.LOST)
    return Status(job.name, state, job.epochs, position, sentence=told, resumable=goes_on, **_progress(job, state))


def state(job: Job) -> RunState:
    """One of queued, running, finished, stopped, failed, lost."""
    return _state(job, lives.last(records.job_folder(job.name)))


def unfinished() -> set[str]:
    """The names of the runs that are queued, at work or were cut short."""
    return {job.name for job in records.every() if state(job) != RunState.FINISHED}


def _state(job: Job, life: Life) -> RunState:
    if life.attempt < job.attempt:
        return RunState.QUEUED if job.wanted else RunState.STOPPED
    if lives.alive(life):
        return RunState.RUNNING
    if _is_finished(job.name):
        return RunState.FINISHED
    if not job.wanted or life.code in POLITE:
        return RunState.STOPPED
    return RunState.FAILED if life.code else RunState.LOST


def _is_finished(name: str) -> bool:
    """Whether the checkpoint, which is written whole, holds nothing from which to go on: however the process ended."""
    place = records.standing(name)
    return (place / checkpoints.CONFIG).is_file() and not (place / checkpoints.STATE).exists()


def _progress(job: Job, state: RunState) -> dict[str, Any]:
    last = last_line(job.name)
    if last is None:
        return {}
    epoch, seconds = int(last["epoch"]), float(last["seconds"])
    speed = last["images"] / seconds if seconds > 0 else 0.0
    left = seconds / epoch * max(0, job.epochs - epoch) if state.pending else None
    return {"epoch": epoch, "last": last, "seconds": seconds, "images_per_second": speed, "eta": left}


def last_line(name: str) -> dict[str, Any] | None:
    """The last whole line of a run's history; None before its first epoch."""
    return next(_epochs(reversed(_tail(name).splitlines(keepends=True))), None)


def history(name: str) -> list[dict[str, Any]]:
    """The whole lines of a run's history, one an epoch, in nats per image; of a very long one, the last."""
    return list(_epochs(_tail(name, LONG_TAIL).splitlines(keepends=True)))


def _epochs(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    for line in lines:
        with contextlib.suppress(ValueError, RecursionError):
            values = json.loads(line)
            if line.endswith(b"\n") and _is_epoch(values):
                yield values


def _tail(name: str, most: int = TAIL) -> bytes:
    """The end of the history, looked for again when its folder is just being replaced."""
    for _ in range(TRIES):
        found = tail(records.standing(name) / checkpoints.HISTORY, most)
        if found:
            return found
    return b""


def _is_epoch(values: object) -> bool:
    if not isinstance(values, dict):
        return False
    numbers = [values.get(name) for name in ("epoch", "seconds", "images")]
    return all(isinstance(number, int | float) and math.isfinite(number) and number >= 0 for number in numbers) and (
        values["epoch"] >= 1
    )


def tail(path: Path, most: int = TAIL) -> bytes:
    """The last bytes of a file; none when it is not there, or is no file."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - most))
            return file.read(most)
    except OSError:
        return b""


def log(name: str) -> list[str]:
    """The last whole lines that a run's last attempt said."""
    lines = tail(records.job_folder(name) / LOG).decode(errors="replace").splitlines(keepends=True)
    return [line.rstrip() for line in lines if line.endswith("\n")]


def _sentence(job: Job, life: Life, state: RunState) -> str:
    if state == RunState.RUNNING:
        return "" if job.wanted else "It is being stopped."
    if state == RunState.LOST:
        return _lost(life)
    if state != RunState.FAILED or life.code is None:
        return ""
    kept = (records.standing(job.name) / checkpoints.STATE).is_file()
    return sentence(Ended(life.code, "\n".join(log(job.name)), job.settings.train.batch_size, kept))


def _lost(life: Life) -> str:
    if life.code == 0:
        return "Its checkpoint is gone. Resume it to train it again."
    restarted = life.boot != lives.boot()
    why = "the machine was restarted" if restarted else "its processes are gone without a word"
    return f"Training was cut off: {why}. Resume it."
