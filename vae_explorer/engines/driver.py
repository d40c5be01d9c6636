"""Driver: hands the attempts of a sweep to workers, tells what they say, and tries once more what a worker lost.

Whatever it knows of a run it reads from the run's folders, as every other looker does: any number of drivers may be at
one sweep, and a run that another one is at is waited for.
"""

import contextlib
import os
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from vae_explorer import datasets, folders
from vae_explorer.engines.log_lines import LogLines
from vae_explorer.engines.row import Crew, Pending, Task, WorkerLost
from vae_explorer.engines.versions import versions
from vae_explorer.errors import ExplorerError, UnknownName
from vae_explorer.jobs import desk, keeper, lives, records, reports
from vae_explorer.jobs.lives import Life
from vae_explorer.jobs.records import Job
from vae_explorer.jobs.reports import POLITE, RunState
from vae_explorer.jobs.sweeps import Cell, Sweep

TRIES = 2
"""Attempts at a run whose worker is lost, before a person is asked."""
PACE = 0.1
"""Seconds from one look to the next."""
LAG = 60.0
"""Seconds in which what a worker wrote is seen here."""
REFUSED = 2
"""The exit code of an attempt that a worker refused, as of a command."""


@dataclass
class _Turn:
    """A run that is at work, or about to be."""

    cell: Cell
    log: LogLines
    pending: Pending | None = None
    """None while another driver is at it."""
    tries: int = 0
    over: float = 0.0
    """When it was seen that no worker of ours is at it; 0: one is."""
    refused: str = ""


@dataclass
class Driver:
    """One drive through a sweep."""

    sweep: Sweep
    engine: str
    crew: Crew
    at_once: int
    data_root: Path | None
    say: Callable[[Cell, str], None]
    _waiting: deque[_Turn] = field(default_factory=deque)
    _turns: list[_Turn] = field(default_factory=list)

    def drive(self) -> None:
        """Until every run has come to its end; interrupted, it ends those at work and starts no more.

        Raises:
            InvalidSetting, StorageError: when a run cannot be asked for.
        """
        try:
            for cell in self.sweep.cells:
                desk.claim(self.sweep.job(cell), self.engine)
                self._waiting.append(_Turn(cell, LogLines(records.job_folder(cell.run) / keeper.LOG)))
            while self._waiting or self._turns:
                self._begin()
                for turn in list(self._turns):
                    self._look(turn)
                time.sleep(PACE)
        except BaseException:
            self._stop()
            raise

    def _begin(self) -> None:
        """Hand over what waits while a worker is free; what another driver is at is watched."""
        while self._waiting and sum(turn.pending is not None for turn in self._turns) < self.at_once:
            turn = self._waiting.popleft()
            job = _job(turn.cell)
            state = reports.state(job) if job else RunState.STOPPED
            if job is not None and state == RunState.QUEUED:
                turn.pending, turn.tries = self.crew.submit(self._task(job)), turn.tries + 1
            elif state.pending:
                self.say(turn.cell, "note: another sweep is at it; it is waited for.")
            if state.pending:
                self._turns.append(turn)

    def _task(self, job: Job) -> Task:
        data = (self.data_root or datasets.data_root()).resolve()
        places = {"VAE_EXPLORER_RUNS": str(records.root()), "VAE_EXPLORER_DATA": str(data)}
        return Task(str(records.job_folder(job.name)), job.attempt, job.words(data), places, versions())

    def _look(self, turn: _Turn) -> None:
        job = _job(turn.cell)
        if job is None:
            self._turns.remove(turn)
            return
        life = lives.last(records.job_folder(job.name))
        if life.attempt >= job.attempt:
            for line in turn.log.new():
                self.say(turn.cell, line)
        if self._done(turn):
            self._settle(turn, job, life)

    def _done(self, turn: _Turn) -> bool:
        """Whether no worker of ours is at it; what it answered is kept."""
        if turn.pending is not None and not turn.pending.done():
            return False
        if not turn.over:
            turn.over = time.monotonic()
            self._hear(turn)
        return True

    def _hear(self, turn: _Turn) -> None:
        try:
            turn.refused = turn.pending.result() if turn.pending is not None else ""
        except WorkerLost as error:
            self.say(turn.cell, f"note: {error}")

    def _settle(self, turn: _Turn, job: Job, life: Life) -> None:
        """What is to become of a run at which no worker of ours is any more."""
        state = reports.state(job)
        if turn.refused and state == RunState.QUEUED:
            _refuse(job, turn.refused)
            self.say(turn.cell, f"error: {turn.refused}")
        elif state == RunState.RUNNING or self._may_lag(turn, state, life):
            return
        elif state == RunState.QUEUED or _cut_off(state, life):
            self._again(turn, job)
        elif state == RunState.STOPPED:
            self.say(turn.cell, "note: it was stopped; its last whole epoch is kept.")
        self._turns.remove(turn)

    def _may_lag(self, turn: _Turn, state: RunState, life: Life) -> bool:
        """Whether what was written of its end, or its beginning, may not have come yet."""
        lost = state == RunState.LOST and (life.code == 0 or not lives.here(life))
        return (lost or state == RunState.QUEUED) and time.monotonic() - turn.over < LAG

    def _again(self, turn: _Turn, job: Job) -> None:
        """Try once more what was lost; a run that another driver was at has had none of our tries."""
        if turn.tries < TRIES:
            desk.claim(job, self.engine)
            self.say(turn.cell, "note: its worker was lost; it is tried once more, from its last whole epoch.")
            self._waiting.append(_Turn(turn.cell, turn.log, tries=turn.tries))
        elif reports.state(job) == RunState.QUEUED:
            _refuse(job, f"{TRIES} workers were lost before they could start it.")

    def _stop(self) -> None:
        """End what is ours, first what waits; back when that has ended, or after the grace."""
        ours = [turn for turn in self._waiting if (job := _job(turn.cell)) and reports.state(job) == RunState.QUEUED]
        ours += [turn for turn in self._turns if turn.pending is not None]
        for turn in ours:
            with contextlib.suppress(ExplorerError, OSError):
                desk.stop(turn.cell.run)
        until = time.monotonic() + keeper.GRACE + 2
        while time.monotonic() < until and not all(turn.pending is None or turn.pending.done() for turn in ours):
            time.sleep(PACE)


def _job(cell: Cell) -> Job | None:
    """What is asked for; None once it was deleted."""
    with contextlib.suppress(UnknownName):
        return records.read(cell.run)
    return None


def _cut_off(state: RunState, life: Life) -> bool:
    """Whether an attempt ended without a word, or by a signal that was no stop."""
    killed = state == RunState.FAILED and life.code is not None and life.code < 0 and life.code not in POLITE
    return state == RunState.LOST or killed


def _refuse(job: Job, sentence: str) -> None:
    """Write down an attempt that no worker made, and why, for all who look."""
    folder = records.job_folder(job.name)
    folders.write_file(folder / keeper.LOG, f"error: {sentence}\n".encode())
    lives.write(folder, Life(job.attempt, os.getpid(), code=REFUSED, host=lives.host()))
