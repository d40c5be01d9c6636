"""ChildQueue: work for child processes, one at a time; who asks for the same joins it, and what nobody awaits ends."""

import logging
import subprocess
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, TypeVar

LOG = logging.getLogger(__name__)
KEPT = 64
"""Tasks that are remembered, those that are over being forgotten first."""


class TaskState(StrEnum):
    """How a task stands, in one word."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


Start = Callable[[Callable[[], "subprocess.Popen[str]"]], "subprocess.Popen[str] | None"]
"""Starts a task's process and gives it; None where the task was stopped meanwhile."""


K = TypeVar("K", bound=Hashable)


@dataclass
class Task(Generic[K]):
    """One thing on its way; read by those who asked, written by the queue."""

    key: K
    state: TaskState = TaskState.WAITING
    sentence: str = ""
    """What went wrong, if anything did."""
    askers: set[str] = field(default_factory=set)
    process: "subprocess.Popen[str] | None" = None
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def stale(self) -> bool:
        """Whether what it came to no longer holds, so that it is to be done again."""
        return False

    def run(self, start: Start) -> None:
        """Start the process, wait for its end, and say what came of it: `state`, and a sentence where it failed."""
        raise NotImplementedError

    def unstartable(self, error: Exception) -> str:
        """What is told where the process could not be started."""
        raise NotImplementedError


T = TypeVar("T", bound=Task[Any])


class ChildQueue(Generic[T]):
    """The tasks of this process by their keys; one is worked on at a time."""

    def __init__(self, kept: int = KEPT) -> None:
        self._tasks: OrderedDict[Hashable, T] = OrderedDict()
        self._lock, self._turn = threading.Lock(), threading.Lock()
        self._kept = kept

    @property
    def tasks(self) -> list[T]:
        """Those that are known, the oldest first."""
        with self._lock:
            return list(self._tasks.values())

    def ask(self, task: T, asker: str = "", alone: bool = False) -> T:
        """The task of this key: the one that is known, or this one, begun.

        alone: whether the asker waits for no other task any more.
        """
        with self._lock:
            if alone:
                self._leave_all(asker, but=task.key)
            known = self._tasks.get(task.key)
            if known is None or known.stale:
                known = self._tasks[task.key] = task
                threading.Thread(target=self._work, args=(task,), name="child-queue", daemon=True).start()
                self._forget_oldest()
            known.askers.add(asker)
            return known

    def leave(self, key: Hashable, asker: str) -> None:
        """Wait for this task no longer; one that nobody waits for is stopped and forgotten."""
        with self._lock:
            task = self._tasks.get(key)
            if task is not None and asker in task.askers:
                self._leave(task, asker)

    def leave_all(self, asker: str) -> None:
        """Wait for no task any longer."""
        with self._lock:
            self._leave_all(asker)

    def stop(self, key: Hashable) -> None:
        """Stop a task, running or waiting; what it had done is lost."""
        with self._lock:
            task = self._tasks.get(key)
            if task is not None and not task.over.is_set():
                _stop(task)

    def forget(self, key: Hashable) -> None:
        """Forget a task that is over, so that it can be asked for again."""
        with self._lock:
            if key in self._tasks and self._tasks[key].over.is_set():
                del self._tasks[key]

    def _leave_all(self, asker: str, but: Hashable = None) -> None:
        for task in [one for one in self._tasks.values() if one.key != but and asker in one.askers]:
            self._leave(task, asker)

    def _leave(self, task: T, asker: str) -> None:
        task.askers.discard(asker)
        if not task.askers and not task.over.is_set():
            del self._tasks[task.key]
            _stop(task)

    def _forget_oldest(self) -> None:
        over = [key for key, task in self._tasks.items() if task.over.is_set()]
        for key in over[: max(0, len(self._tasks) - self._kept)]:
            del self._tasks[key]

    def _work(self, task: T) -> None:
        try:
            with self._turn:
                if task.state != TaskState.STOPPED:
                    task.run(lambda begin: self._start(task, begin))
        except Exception as error:
            LOG.exception("The process for %s could not be started", task.key)
            task.state, task.sentence = TaskState.FAILED, task.unstartable(error)
        finally:
            task.over.set()

    def _start(self, task: T, begin: "Callable[[], subprocess.Popen[str]]") -> "subprocess.Popen[str] | None":
        with self._lock:
            if task.state == TaskState.STOPPED:
                return None
            task.state, task.process = TaskState.RUNNING, begin()
            return task.process


def _stop(task: Task[Any]) -> None:
    task.state = TaskState.STOPPED
    if task.process is None:
        task.over.set()
    else:
        task.process.kill()
