import math

import pytest

from vae_explorer import datasets, models
from vae_explorer.config import PRESETS, SCHEDULES, ModelConfig, TrainConfig, preset
from vae_explorer.errors import InvalidSetting, UnknownName

BAD_TRAINING = [
    {"beta": -1.0},
    {"beta": math.nan},
    {"beta": True},
    {"epochs": 0},
    {"epochs": 1.5},
    {"batch_size": 0},
    {"lr": 0.0},
    {"lr": math.inf},
    {"seed": -1},
]
BAD_MODELS = [
    {"latent_dim": 0},
    {"latent_dim": 10**6},
    {"image_shape": (2, 28, 28)},
    {"image_shape": (1, 7, 28)},
    {"image_shape": (1, 28)},
    {"hidden": (0,)},
    {"hidden": (8,) * 9},
    {"channels": (10**9,)},
]


@pytest.mark.parametrize("bad", BAD_TRAINING, ids=str)
def test_bad_training_settings_are_refused(bad):
    with pytest.raises(InvalidSetting):
        TrainConfig(**bad)


@pytest.mark.parametrize("bad", BAD_MODELS, ids=str)
def test_bad_model_settings_are_refused(bad):
    good = {"architecture": "mlp", "image_shape": (1, 28, 28), "latent_dim": 2, "hidden": (8,), "channels": ()}
    ModelConfig(**good)
    with pytest.raises(InvalidSetting):
        ModelConfig(**good | bad)


def test_settings_survive_json_and_refuse_strangers():
    config = ModelConfig("conv", (3, 32, 32), 4, (8,), (4, 8))
    assert ModelConfig.from_dict(config.to_dict()) == config
    with pytest.raises(InvalidSetting, match="does not know surprise"):
        TrainConfig.from_dict({"surprise": 1})
    with pytest.raises(InvalidSetting, match="incomplete"):
        ModelConfig.from_dict({"latent_dim": 2})


def test_unknown_names_list_the_known():
    with pytest.raises(UnknownName, match="mlp-z2"):
        preset("mlp-z9")
    with pytest.raises(UnknownName, match="cosine"):
        TrainConfig(schedule="sawtooth")


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("dataset", datasets.DATASETS)
def test_every_preset_builds_for_every_data_set(name, dataset):
    shape = datasets.dataset(dataset).image_shape
    assert models.build(preset(name).model(shape, 5)).config.latent_dim == 5


@pytest.mark.parametrize("name", SCHEDULES)
def test_schedules_start_at_one_and_never_rise(name):
    factors = [SCHEDULES[name](done / 20) for done in range(21)]
    assert factors[0] == 1
    assert factors == sorted(factors, reverse=True)
    assert factors[-1] >= 0
