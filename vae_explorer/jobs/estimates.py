"""What a run would cost: measured on some of its steps by a process beside the app, one question at a time."""

import json
import logging
import os
import subprocess
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from vae_explorer import datasets, leash, memory
from vae_explorer.child_folder import child_folder
from vae_explorer.child_queue import ChildQueue, Start, Task, TaskState
from vae_explorer.errors import InvalidSetting
from vae_explorer.jobs import keeper, overview
from vae_explorer.losses import loss_settings
from vae_explorer.run_settings import RunSettings

LOG = logging.getLogger(__name__)
TIMED = ("batch_size", "objective", "precision", "held_out")
"""Settings of training on which the time of an epoch hangs, beside those of the objective alone."""
LIMIT = 60.0
"""Seconds after which an answer is no longer waited for."""
NICE = 19
"""Below a run that trains; where none does, an estimate has the priority of one."""


class Cost(NamedTuple):
    """The answer; every figure was measured on this machine."""

    start_seconds: float
    """From the start of a process to its first step."""
    seconds_per_epoch: float
    saving_seconds: float
    """Of a checkpoint, with which each epoch ends."""
    evaluation_seconds: float
    steps: int
    threads: int
    crowded: bool
    """Whether a run trained meanwhile."""

    def seconds(self, epochs: int) -> float:
        """Of a whole run, from its start to its measured figures."""
        return self.start_seconds + epochs * (self.seconds_per_epoch + self.saving_seconds) + self.evaluation_seconds


@dataclass
class Question(Task[tuple[str, ...]]):
    """One question on its way; its key are the words of its process."""

    limit: float = LIMIT
    """Seconds after which its answer is no longer waited for."""
    cost: Cost | None = None

    @property
    def stale(self) -> bool:
        """Whether it was measured beside a run that trained, and none trains now."""
        return self.cost is not None and self.cost.crowded and not at_work()

    def run(self, start: Start) -> None:
        """Have the process measure, with a temporary folder of its own."""
        with child_folder() as place:
            self._run(start, place)

    def _run(self, start: Start, place: Path) -> None:
        """Read the last line that the process says."""
        crowded = at_work()
        process = start(lambda: _started(self.key, place, NICE if crowded else keeper.NICE))
        if process is None:
            return
        with process, leash.kept(process):
            try:
                answer, said = process.communicate(timeout=self.limit)
            except subprocess.TimeoutExpired:
                process.kill()
                self.state, self.sentence = TaskState.FAILED, f"some steps took more than {self.limit:.0f} s"
                return
        if process.returncode == 0:
            values = json.loads(answer.splitlines()[-1])
            figures = {name: values[name] for name in Cost._fields if name in values}
            self.cost, self.state = Cost(**figures, crowded=crowded or at_work()), TaskState.DONE
        elif self.state == TaskState.RUNNING:
            self.state, self.sentence = TaskState.FAILED, _reason(said)

    def unstartable(self, error: Exception) -> str:
        """The same whatever hindered it."""
        return "its process could not be started"


def words(settings: RunSettings) -> tuple[str, ...]:
    """The words after `python -m vae_explorer`; the same for runs that cost the same for each epoch."""
    wanted = {*TIMED, *loss_settings()}
    timed = {name: value for name, value in settings.training.items() if name in wanted}
    options = replace(settings, training=timed).options()
    return ("estimate", *options, f"--threads={threads()}", f"--data-dir={datasets.data_root().resolve()}")


def threads() -> int:
    """How many threads a run is given: half of the cores, so that the other half serve the pages."""
    return max(1, (os.cpu_count() or 1) // 2)


def at_work() -> bool:
    """Whether a run trains now; none does where the place of all jobs is no folder."""
    with suppress(InvalidSetting):
        return overview.at_work() > 0
    return False


def _started(words: tuple[str, ...], place: Path, nice: int) -> "subprocess.Popen[str]":
    """What it keeps for a while lies in its folder, and goes with it when this process is killed."""
    command, pipe, own = leash.command(place, words), subprocess.PIPE, os.environ | {"TMPDIR": str(place)}
    process = subprocess.Popen(
        command, cwd=keeper.HOME, env=own, stdin=pipe, stdout=pipe, stderr=pipe, text=True, start_new_session=True
    )
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, process.pid, nice)
    return process


def _reason(said: str) -> str:
    """The process's own last error, or that there was none."""
    errors = [line.removeprefix("error: ") for line in said.splitlines() if line.startswith("error: ")]
    if errors:
        return errors[-1]
    LOG.warning("The cost of a run could not be measured: %s", said[-2000:])
    return "memory ran out" if memory.RAN_OUT.search(said) else "its process ended without an answer"


QUEUE: ChildQueue[Question] = ChildQueue()
"""The questions of this process."""
