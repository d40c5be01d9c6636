"""A run that is over is asked to go on: what is written down, what its trainer is told, and how it then stands."""

from dataclasses import replace

import pytest

from tests.commands import answered
from tests.jobs.conftest import recorded
from vae_explorer import checkpoints
from vae_explorer.errors import CheckpointError, InvalidSetting
from vae_explorer.jobs import desk, lives, records, reports
from vae_explorer.jobs.reports import RunState

pytestmark = pytest.mark.usefixtures("runs_root")


@pytest.fixture
def finished(monkeypatch) -> str:
    """The name of a run of one epoch; nothing is started by itself."""
    monkeypatch.setattr(desk, "pump", lambda: 0)
    monkeypatch.setattr(desk.slot, "advance", lambda: None)
    recorded("run", epochs=1)
    attempt(1)
    return "run"


def attempt(number: int) -> None:
    """An attempt at the run, made by this process and ended well."""
    answered(*records.read("run").words())
    ended(number, 0)


def ended(number: int, code: int | None) -> None:
    lives.write(records.job_folder("run"), replace(lives.own(number), pid=2**22 + 1, code=code))


def test_a_finished_run_is_trained_further_and_says_how_its_epochs_were(finished):
    assert desk.status(finished).sentence == ""
    job = desk.train_further(finished, 3, 1e-4, 2.0)
    assert (job.epochs, job.attempt, desk.status(finished).state) == (3, 2, RunState.QUEUED)
    words = job.words()
    assert {"--epochs=3", "--lr=0.0001", "--threads=1", f"--resume={records.run_folder(finished)}"} <= set(words)
    attempt(2)
    status = desk.status(finished)
    assert (status.state, status.epoch) == (RunState.FINISHED, 3)
    assert status.sentence == (
        "Epoch 1: lr 0.003, β 1, a schedule to epoch 1; epochs 2–3: lr 0.0001, β 2, a schedule to epoch 3."
    )
    recipe = checkpoints.open_checkpoint(records.run_folder(finished)).recipe
    assert recipe.betas == ((22, 2.0),)


@pytest.mark.parametrize(("code", "state"), [(2, RunState.FAILED), (None, RunState.LOST), (130, RunState.STOPPED)])
def test_one_that_did_not_get_to_go_on_is_not_finished(finished, code, state):
    desk.train_further(finished, 3, 1e-4, 1.0)
    ended(2, code)
    assert desk.status(finished).state == state
    assert desk.resume(finished).words() == records.read(finished).words()


def test_what_makes_no_sense_is_refused_and_nothing_is_written(finished):
    before = records.read(finished)
    for epochs, lr, beta, sentence in (
        (1, 1e-3, 1.0, "has come to epoch 1 already; give epochs from 2 on"),
        (2, 0.0, 1.0, "lr must be"),
        (2, 1e-3, -1.0, "beta must be"),
    ):
        with pytest.raises(InvalidSetting, match=sentence):
            desk.train_further(finished, epochs, lr, beta)
    assert (records.read(finished), desk.last_wish(finished)) == (before, None)
    recorded("new", ticket=2, wanted=False)
    with pytest.raises(CheckpointError, match="There is no folder new"):
        desk.train_further("new", 2, 1e-3, 1.0)
    desk.train_further(finished, 2, 1e-3, 1.0)
    with pytest.raises(InvalidSetting, match="run is at work; stop it first"):
        desk.train_further(finished, 3, 1e-3, 1.0)


def test_a_run_that_patience_ended_is_finished_and_says_so(finished):
    chosen = {"validation": 0.05, "keep": "best", "patience": 1}
    with_patience = replace(
        records.read(finished), settings=records.read(finished).settings.with_training(epochs=9, **chosen)
    )
    records.write(with_patience)
    recipe = replace(checkpoints.open_checkpoint(records.run_folder(finished)).recipe, ended=2)
    recipe = replace(recipe, train=replace(recipe.train, epochs=9, **chosen))
    opened = checkpoints.open_checkpoint(records.run_folder(finished))
    checkpoints.save(opened.folder, recipe, checkpoints.read_weights(opened), checkpoints.read_history(opened))
    status = reports.report(records.read(finished))
    assert (status.state, status.early) == (RunState.FINISHED, True)
    assert status.sentence == (
        "Ended early after epoch 2 of 9: the last one was not better; epoch 1, the best on validation images, is kept."
    )
