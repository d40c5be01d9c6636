"""Tables that speak of the same names hold the same names: a new row cannot be forgotten in one of them."""

import pytest

from vae_explorer import config, models, run_settings
from vae_explorer.cli import COMMANDS, options
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.datasets import DATASETS
from vae_explorer.losses import LOSSES, loss_settings
from vae_explorer.models.likelihoods import LIKELIHOODS
from vae_explorer.models.priors import PRIORS
from vae_explorer.models.vae import HEADS, MOMENTS
from vae_explorer.presets import LINEAR, PRESETS, SYSTEMS
from vae_explorer.run_settings import RunSettings


def test_every_name_of_the_settings_has_its_function():
    assert list(config.LIKELIHOODS) == list(LIKELIHOODS)
    assert list(config.PRIORS) == list(PRIORS)
    assert set(config.SCALES) == {*MOMENTS, "none"}
    assert list(config.HEADS) == list(HEADS)


@pytest.mark.parametrize("name", LOSSES)
def test_a_loss_names_its_source_and_bounds_what_it_offers(name):
    row = LOSSES[name]
    assert "(" in row.summary or row.plain
    assert "(" in (row.minimised.__doc__ or "")
    for setting in row.settings:
        assert setting.fits(setting.offered)
        assert setting.offered != setting.neutral
        assert setting.title
        assert setting.help


def test_every_loss_has_a_function_and_settings_of_its_own():
    functions = [row.minimised for row in LOSSES.values()]
    assert len(set(functions)) == len(functions)
    settings = [setting.name for row in LOSSES.values() for setting in row.settings]
    assert len(set(settings)) == len(settings)


def test_every_system_is_also_an_autoencoder_and_conditional_but_the_linear_ones():
    assert set(PRESETS) == {f"{kind}{name}" for kind in ("", "ae-", "cvae-") for name in SYSTEMS} | set(LINEAR)
    assert all(PRESETS[name].linear == (name in LINEAR) for name in PRESETS)
    assert {row.architecture for row in PRESETS.values()} == set(models.ARCHITECTURES) - {"layered", "onnx"}


@pytest.mark.parametrize("name", PRESETS)
def test_a_family_differs_from_its_system_by_what_it_says(name):
    row, system = PRESETS[name], (SYSTEMS | LINEAR)[name.removeprefix("ae-").removeprefix("cvae-")]
    changed = {field for field in vars(row) if getattr(row, field) != getattr(system, field)}
    if name.startswith("ae-"):
        assert (row.scale, row.objective) == ("none", "ae")
        assert changed <= {"scale", "objective", "per_pixel"}
    elif name.startswith("cvae-"):
        assert row.conditional
        assert changed == {"conditional"}
    TrainConfig.of(**row.training)
    assert row.summary


def test_the_command_line_knows_the_settings_alone():
    training, shape = set(TrainConfig().to_dict()), set(vars(ModelConfig("mlp", (1, 8, 8), 2, (8,))))
    assert training - set(options.training_options()) == {"per_pixel"}
    assert set(options.training_options()) <= training
    assert set(loss_settings()) <= training
    assert set(options.SHAPE) == set(run_settings.SHAPE) <= shape


@pytest.mark.parametrize("name", DATASETS)
def test_what_is_trained_first_is_a_run(name):
    first = DATASETS[name].first_run
    assert RunSettings(first.preset, name).train.epochs == first.epochs
    assert RunSettings(first.preset, name, {"epochs": 3}).train.epochs == 3
    # of two, the whole plane is seen at once; factors and photos need units of their own
    units = 10 if DATASETS[name].factors or name == "cifar10" else 2
    assert PRESETS[first.preset].latent_dim == units


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does(name):
    assert (COMMANDS[name].run.__doc__ or "").strip()
