"""A loss is one row: command line, form, estimate, checks and checkpoint follow from it."""

import json

import pytest

from tests.commands import ONE_EPOCH, TRAIN, answered
from vae_explorer import checkpoints
from vae_explorer.config import TrainConfig
from vae_explorer.errors import InvalidSetting
from vae_explorer.jobs import estimates
from vae_explorer.losses import LOSSES
from vae_explorer.losses.row import Loss, Requirement, Setting
from vae_explorer.models import build
from vae_explorer.objectives import require_fit
from vae_explorer.run_settings import RunSettings
from vae_explorer.ui.train import form_values

STRENGTH = Setting("strength", float, 0.0, 10.0, 2.5, "Strength (toys)", "how strong the toy is")
SMALL = Requirement(lambda match: match.batch_size < 300, "A toy needs small batches.")


@pytest.fixture
def toy(monkeypatch) -> Loss:
    """A loss in the table for the time of a test, and nowhere else."""
    row = Loss(
        "nll + strength · rate (Doe 2030)",
        lambda step, values: step.nll.mean() + values["strength"] * step.rate.mean(),
        settings=(STRENGTH,),
        requirements=(SMALL,),
    )
    monkeypatch.setitem(LOSSES, "toy", row)
    return row


def test_a_new_loss_is_trained_from_the_command_line_and_kept_in_the_checkpoint(toy, tmp_path):
    folder = tmp_path / "toy-run"
    answered(*ONE_EPOCH, "--objective", "toy", "--strength", "2", "--out", str(folder))
    train = checkpoints.open_checkpoint(folder).recipe.train
    assert (train.objective, train.values) == ("toy", {"strength": 2.0})
    assert json.loads((folder / checkpoints.CONFIG).read_text())["train"]["strength"] == 2.0


def test_a_new_loss_is_estimated(toy):
    cost = answered("estimate", *TRAIN[1:], "--objective", "toy", "--strength", "2")
    assert cost["steps"] > 0
    words = estimates.words(RunSettings("mlp-small-z2", "digits", {"objective": "toy", "strength": 2.0, "seed": 5}))
    assert {"--objective=toy", "--strength=2.0"} <= set(words)


@pytest.mark.process
def test_a_new_loss_stands_in_the_form_with_its_setting(toy, open_page):
    at = open_page("train")
    objectives = at.selectbox(key=form_values.widget_key("objective"))
    assert "toy" in objectives.options
    objectives.select("toy").run()
    assert not at.exception
    field = at.number_input(key=form_values.widget_key("strength"))
    assert (field.label, field.value) == ("Strength (toys)", 2.5)
    field.set_value(11.0).run()
    assert "strength must be from 0 to 10" in at.error[0].value


def test_a_new_loss_is_checked_by_its_row(toy, digits):
    for values, sentence in (({}, "needs strength above 0"), ({"strength": 11.0}, "from 0 to 10")):
        with pytest.raises(InvalidSetting, match=sentence):
            TrainConfig.of(objective="toy", **values)
    with pytest.raises(InvalidSetting, match="strength belongs to another objective"):
        TrainConfig.of(strength=1.0)
    settings = RunSettings("mlp-small-z2", "digits", {"objective": "toy", "strength": 1.0, "batch_size": 64})
    require_fit(build(settings.model), digits, settings.train)
    wide = settings.with_training(batch_size=300)
    with pytest.raises(InvalidSetting, match="A toy needs small batches"):
        require_fit(build(wide.model), digits, wide.train)
