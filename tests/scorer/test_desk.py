"""Scores measured in a real child process: asked for, joined, stopped; what was finished stays."""

from collections.abc import Iterator

import pytest

from tests.conftest import save_tiny
from tests.jobs.conftest import until
from vae_explorer import checkpoints
from vae_explorer.child_queue import TaskState
from vae_explorer.scorer import desk
from vae_explorer.scorer.found import found, missing

pytestmark = pytest.mark.process


@pytest.fixture(autouse=True)
def nothing_asked() -> Iterator[None]:
    yield
    for task in desk.QUEUE.tasks:
        desk.QUEUE.stop(task.key)
        task.over.wait(60)
        desk.QUEUE.forget(task.key)


def test_what_is_missing_is_measured_and_a_stop_keeps_what_was_finished(tiny, digits, tmp_path):
    other = save_tiny(tmp_path / "other", digits, seed=1)
    desk.ask(tiny, "one")
    task = desk.asked(tiny)
    assert task is not None
    desk.ask(tiny, "two")
    assert desk.asked(tiny) is task
    desk.ask(other, "one")
    waiting = desk.asked(other)
    assert waiting is not None
    assert (waiting.state, waiting.doing) == (TaskState.WAITING, "Waiting for the scores of another model")
    desk.QUEUE.stop(other.id)
    until(lambda: found(checkpoints.open_checkpoint(tiny.folder)).results)
    desk.QUEUE.stop(tiny.id)
    assert task.over.wait(60)
    assert task.state == TaskState.STOPPED
    after = checkpoints.open_checkpoint(tiny.folder)
    assert 0 < len(missing(after)) < len(task.names)
    desk.ask(after, "one")
    again = desk.asked(after)
    assert again is not None
    assert again.names == missing(after)
    assert again.over.wait(120)
    assert (again.state, again.sentence) == (TaskState.DONE, "")
    assert missing(checkpoints.open_checkpoint(tiny.folder)) == ()
