"""What a run would cost: measured on some of its steps by a process beside the app, one question at a time."""

import json
import logging
import os
import subprocess
import sys
import threading
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from vae_explorer import datasets, memory
from vae_explorer.errors import InvalidSetting
from vae_explorer.jobs import keeper, records, reports
from vae_explorer.jobs.reports import RunState
from vae_explorer.losses import loss_settings
from vae_explorer.run_settings import RunSettings

LOG = logging.getLogger(__name__)
TIMED = ("batch_size", "objective", "precision", "held_out")
"""Settings of training on which the time of an epoch hangs, beside those of the objective alone."""
LIMIT = 60.0
"""Seconds after which an answer is no longer waited for."""
NICE = 19
"""Below a run that trains; where none does, an estimate has the priority of one."""
MOST = 64


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
class Question:
    """One question on its way; read by those who asked, written by the desk."""

    words: tuple[str, ...]
    cost: Cost | None = None
    sentence: str = ""
    """Why there is no answer, when it is over without one."""
    askers: set[str] = field(default_factory=set)
    process: "subprocess.Popen[str] | None" = None
    over: threading.Event = field(default_factory=threading.Event)


def words(settings: RunSettings) -> tuple[str, ...]:
    """The words after `python -m vae_explorer`; the same for runs that cost the same for each epoch."""
    wanted = {*TIMED, *loss_settings()}
    timed = {name: value for name, value in settings.training.items() if name in wanted}
    options = replace(settings, training=timed).options()
    return ("estimate", *options, f"--threads={threads()}", f"--data-dir={datasets.data_root().resolve()}")


def threads() -> int:
    """How many threads a run is given: half of the cores, so that the other half serve the pages."""
    return max(1, (os.cpu_count() or 1) // 2)


class Desk:
    """The questions of this process by their words; one is worked on at a time, and what nobody waits for is not."""

    def __init__(self) -> None:
        self._questions: OrderedDict[tuple[str, ...], Question] = OrderedDict()
        self._lock, self._turn = threading.Lock(), threading.Lock()

    def ask(self, words: tuple[str, ...], asker: str) -> Question:
        """The question of these words, answered or on its way; whoever asks it gives up waiting for any other.

        What was measured beside a run that trained is measured again once none trains.
        """
        crowded = at_work()
        with self._lock:
            self._leave(asker, words)
            known = self._questions.get(words)
            stale = known is not None and known.cost is not None and known.cost.crowded and not crowded
            if known is None or stale:
                known = self._questions[words] = Question(words)
                threading.Thread(target=self._work, args=(known,), name="estimate", daemon=True).start()
                self._forget_oldest()
            known.askers.add(asker)
            return known

    def leave(self, asker: str) -> None:
        """Wait for no answer any more."""
        with self._lock:
            self._leave(asker)

    def _leave(self, asker: str, but: tuple[str, ...] = ()) -> None:
        for question in [one for one in self._questions.values() if one.words != but and not one.over.is_set()]:
            question.askers.discard(asker)
            if not question.askers:
                del self._questions[question.words]
                if question.process is not None:
                    question.process.kill()

    def _forget_oldest(self) -> None:
        over = [words for words, question in self._questions.items() if question.over.is_set()]
        for words in over[: max(0, len(self._questions) - MOST)]:
            del self._questions[words]

    def _work(self, question: Question) -> None:
        try:
            with self._turn:
                self._answer(question)
        except OSError as error:
            LOG.warning("The cost of a run could not be asked for: %s", error)
            question.sentence = "its process could not be started"
        finally:
            question.over.set()

    def _answer(self, question: Question) -> None:
        with self._lock:
            if self._questions.get(question.words) is not question:
                return
            crowded = at_work()
            process = question.process = _started(question.words, NICE if crowded else keeper.NICE)
        with process:
            try:
                answer, said = process.communicate(timeout=LIMIT)
            except subprocess.TimeoutExpired:
                process.kill()
                question.sentence = f"some steps took more than {LIMIT:.0f} s"
                return
        if process.returncode == 0:
            values = json.loads(answer.splitlines()[-1])
            figures = {name: values[name] for name in Cost._fields if name in values}
            question.cost = Cost(**figures, crowded=crowded or at_work())
        elif question.askers:
            question.sentence = _reason(said)


def at_work() -> bool:
    """Whether a run trains now; none does where the place of all jobs is no folder."""
    with suppress(InvalidSetting):
        return any(reports.state(job) == RunState.RUNNING for job in records.every())
    return False


def _started(words: tuple[str, ...], nice: int) -> "subprocess.Popen[str]":
    command, pipe = [sys.executable, "-m", "vae_explorer", *words], subprocess.PIPE
    process = subprocess.Popen(
        command, cwd=keeper.HOME, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, text=True, start_new_session=True
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


DESK = Desk()
