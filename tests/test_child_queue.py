"""One queue for all child processes: joined, one at a time, stopped when nobody waits, and never more than kept."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.jobs.conftest import until
from vae_explorer.child_queue import ChildQueue, Start, Task, TaskState


@dataclass
class Command(Task[str]):
    """A command of the system; its key names it, and its words are what runs."""

    words: tuple[str, ...] = ("sleep", "600")
    old: bool = False

    @property
    def stale(self) -> bool:
        return self.old

    def run(self, start: Start) -> None:
        pipe = subprocess.PIPE
        process = start(lambda: subprocess.Popen(self.words, stdin=pipe, stdout=pipe, stderr=pipe, text=True))
        if process is None:
            return
        with process:
            process.communicate()
        if self.state == TaskState.RUNNING:
            self.state = TaskState.FAILED if process.returncode else TaskState.DONE

    def unstartable(self, error: Exception) -> str:
        return "it could not be started"


@pytest.fixture
def queue() -> Iterator[ChildQueue[Command]]:
    """Its processes do not outlive the test."""
    found = ChildQueue[Command]()
    yield found
    for task in found.tasks:
        found.stop(task.key)


def quick(key: str) -> Command:
    return Command(key, words=("true",))


def ended(task: Command) -> TaskState:
    assert task.over.wait(60)
    return task.state


def test_each_ends_in_its_own_state(queue):
    tasks = [queue.ask(Command(words[0], words=words)) for words in (("true",), ("false",), ("/nonexistent",))]
    assert [ended(task) for task in tasks] == [TaskState.DONE, TaskState.FAILED, TaskState.FAILED]
    assert [task.sentence for task in tasks] == ["", "", "it could not be started"]


def test_who_asks_for_the_same_joins_it_until_it_is_stale(queue):
    first = queue.ask(quick("a"), "one")
    assert queue.ask(quick("a"), "two") is first
    assert first.askers == {"one", "two"}
    ended(first)
    assert queue.ask(quick("a")) is first
    first.old = True
    assert queue.ask(quick("a")) is not first


def test_a_waiting_task_is_stopped_without_a_process_and_the_next_one_runs(queue):
    busy = queue.ask(Command("busy"))
    until(lambda: busy.state == TaskState.RUNNING)
    waiting, last = queue.ask(Command("waiting")), queue.ask(quick("last"))
    queue.stop("waiting")
    assert (waiting.state, waiting.process, waiting.over.is_set()) == (TaskState.STOPPED, None, True)
    assert last.state == TaskState.WAITING
    queue.stop("busy")
    assert (ended(last), ended(busy)) == (TaskState.DONE, TaskState.STOPPED)


def test_what_nobody_waits_for_is_stopped_and_forgotten(queue):
    task = queue.ask(Command("a"), "one")
    queue.ask(Command("a"), "two")
    for stranger in ("one", "nobody"):
        queue.leave("a", stranger)
    assert not task.over.is_set()
    queue.leave_all("two")
    assert ended(task) == TaskState.STOPPED
    assert queue.tasks == []


def test_who_asks_alone_gives_up_every_other(queue):
    first, other = queue.ask(Command("a"), "one"), queue.ask(Command("b"), "two")
    last = queue.ask(Command("c"), "one", alone=True)
    assert ended(first) == TaskState.STOPPED
    assert queue.tasks == [other, last]


def test_only_what_is_over_is_forgotten(queue):
    task = queue.ask(Command("a"))
    queue.forget("a")
    assert queue.tasks == [task]
    queue.stop("a")
    ended(task)
    queue.forget("a")
    assert queue.tasks == []


def test_no_more_are_kept_than_said():
    few = ChildQueue[Command](kept=2)
    for name in "abcdef":
        ended(few.ask(quick(name)))
    assert [task.key for task in few.tasks][-2:] == ["e", "f"]
    assert len(few.tasks) <= 3
