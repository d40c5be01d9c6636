"""Tables that speak of the same names hold the same names: a new row cannot be forgotten in one of them."""

import pytest

from vae_explorer import config, models, objectives
from vae_explorer.cli import COMMANDS, options
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.models.likelihoods import LIKELIHOODS
from vae_explorer.models.priors import PRIORS
from vae_explorer.models.vae import MOMENTS
from vae_explorer.presets import PRESETS, SYSTEMS


def test_every_name_of_the_settings_has_its_function():
    assert list(config.OBJECTIVES) == list(objectives.LOSSES)
    assert list(config.LIKELIHOODS) == list(LIKELIHOODS)
    assert list(config.PRIORS) == list(PRIORS)
    assert set(config.SCALES) == {*MOMENTS, "none"}


def test_every_setting_of_one_objective_is_a_field_with_a_neutral_value():
    settings = {row.setting for row in config.OBJECTIVES.values()} - {""}
    assert settings == set(config.NEUTRAL)
    assert {name: getattr(TrainConfig(), name) for name in settings} == config.NEUTRAL


def test_every_objective_names_its_source_and_has_one_function_of_its_own():
    assert all("(" in row.summary or name == "ae" for name, row in config.OBJECTIVES.items())
    functions = list(objectives.LOSSES.values())
    assert len(set(functions)) == len(functions)
    assert all("(" in (function.__doc__ or "") for function in functions)


def test_every_system_is_also_an_autoencoder_and_conditional():
    assert set(PRESETS) == {f"{kind}{name}" for kind in ("", "ae-", "cvae-") for name in SYSTEMS}
    assert {row.architecture for row in PRESETS.values()} == set(models.ARCHITECTURES)


@pytest.mark.parametrize("name", PRESETS)
def test_a_family_differs_from_its_system_by_what_it_says(name):
    row, system = PRESETS[name], SYSTEMS[name.removeprefix("ae-").removeprefix("cvae-")]
    changed = {field for field in vars(row) if getattr(row, field) != getattr(system, field)}
    if name.startswith("ae-"):
        assert (row.scale, row.objective) == ("none", "ae")
        assert changed <= {"scale", "objective", "per_pixel"}
    elif name.startswith("cvae-"):
        assert row.conditional
        assert changed == {"conditional"}
    TrainConfig(**row.training)
    assert row.summary


def test_the_command_line_knows_fields_alone():
    training, shape = set(vars(TrainConfig())), set(vars(ModelConfig("mlp", (1, 8, 8), 2, (8,))))
    assert set(options.TRAINING) <= training
    assert set(options.SHAPE) <= shape
    assert training - set(options.TRAINING) == {"per_pixel"}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does(name):
    assert (COMMANDS[name].run.__doc__ or "").strip()
