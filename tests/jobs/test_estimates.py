"""What a run would cost, asked of real processes: answered once, dropped when nobody waits, marked beside a run."""

from collections.abc import Iterator

import pytest

from tests.jobs.conftest import ENDLESS, asked, at_epoch, until
from vae_explorer.child_queue import ChildQueue
from vae_explorer.jobs import desk, estimates
from vae_explorer.jobs.estimates import Question
from vae_explorer.jobs.reports import RunState
from vae_explorer.run_settings import RunSettings

pytestmark = [pytest.mark.process, pytest.mark.usefixtures("runs_root", "warm_children")]
TRAINING = {"batch_size": 64, "epochs": 3, "beta": 2.0, "seed": 5, "objective": "beta-vae", "lr": 0.01}


def words(**changes) -> tuple[str, ...]:
    return estimates.words(RunSettings("mlp-small-z2", "digits", {**TRAINING, **changes}))


@pytest.fixture
def own() -> Iterator[ChildQueue[Question]]:
    """A queue of the test's own, which leaves no process behind."""
    made = ChildQueue[Question]()
    yield made
    for asker in "ab":
        made.leave_all(asker)


def answered(question: Question) -> Question:
    assert question.over.wait(90)
    return question


def test_settings_on_which_no_time_hangs_are_no_new_question():
    assert words(epochs=9, beta=1.0, seed=0, lr=0.1) == words()
    assert words(batch_size=32) != words()
    assert words(objective="iwae", importance_samples=3, beta=1.0) != words()


def test_a_question_is_answered_once_and_by_measured_figures(own):
    question = answered(own.ask(Question(words()), "a", alone=True))
    assert own.ask(Question(words()), "b", alone=True) is question
    cost = question.cost
    assert cost is not None, question.sentence
    assert (cost.crowded, cost.threads) == (False, estimates.threads())
    assert min(cost.steps, cost.start_seconds, cost.seconds_per_epoch, cost.saving_seconds) > 0
    assert cost.seconds(10) - cost.seconds(4) == pytest.approx(6 * (cost.seconds_per_epoch + cost.saving_seconds))


def test_what_nobody_waits_for_any_more_is_dropped(own):
    first = own.ask(Question(words(batch_size=16)), "a", alone=True)
    shared = own.ask(Question(words(batch_size=32)), "b", alone=True)
    assert own.ask(Question(words(batch_size=32)), "a", alone=True) is shared
    until(first.over.is_set)
    assert first.cost is None
    if first.process is not None:
        assert first.process.poll() == -9
    own.leave_all("a")
    assert own.ask(Question(words(batch_size=32)), "b", alone=True) is shared, "another one still waits"
    own.leave_all("b")
    until(shared.over.is_set)
    assert shared.cost is None
    assert own.ask(Question(words(batch_size=32)), "a", alone=True) is not shared


def test_a_refusal_is_one_sentence_and_so_is_a_process_that_does_not_end(own):
    refused = answered(own.ask(Question(words(batch_size=2000)), "a", alone=True))
    assert (refused.cost, refused.sentence[:21]) == (None, "batch_size must be at")
    slow = answered(own.ask(Question(words(), limit=0.1), "a", alone=True))
    assert slow.sentence == "some steps took more than 0 s"
    assert slow.process is not None
    assert slow.process.poll() == -9


def test_what_was_measured_beside_a_run_says_so_and_is_measured_again_after_it(own):
    asked("run", ENDLESS)
    at_epoch("run")
    crowded = answered(own.ask(Question(words()), "a", alone=True))
    assert crowded.cost is not None, crowded.sentence
    assert crowded.cost.crowded
    assert own.ask(Question(words()), "a", alone=True) is crowded
    desk.stop("run")
    until(lambda: desk.status("run").state == RunState.STOPPED)
    assert own.ask(Question(words()), "a", alone=True) is not crowded
