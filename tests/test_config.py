"""Settings are refused when they are made, and survive JSON."""

import json
import math
from pathlib import Path

import pytest

from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.errors import InvalidSetting, UnknownName
from vae_explorer.losses import LOSSES, loss_settings

BAD_TRAINING = [
    {"beta": -1.0},
    {"beta": math.nan},
    {"beta": math.inf},
    {"beta": True},
    {"beta": "4"},
    {"epochs": 0},
    {"epochs": 1.5},
    {"batch_size": 0},
    {"batch_size": True},
    {"lr": 0.0},
    {"lr": -1e-3},
    {"lr": math.inf},
    {"lr": math.nan},
    {"seed": -1},
    {"seed": 2**32},
    {"seed": 1.0},
    {"per_pixel": 1},
    {"held_out": -1},
    {"held_out": 1.0},
    {"capacity": -1.0, "objective": "capacity"},
    {"capacity": math.nan, "objective": "capacity"},
    {"free_nats": math.nan, "objective": "free-bits"},
    {"free_nats": 101.0, "objective": "free-bits"},
    {"importance_samples": 0, "objective": "iwae"},
    {"importance_samples": 2.0, "objective": "iwae"},
    {"importance_samples": 10**6, "objective": "iwae"},
    {"importance_samples": True},
]
BAD_MODELS = [
    {"latent_dim": 0},
    {"latent_dim": 10**6},
    {"latent_dim": 2.0},
    {"image_shape": (2, 28, 28)},
    {"image_shape": (1, 7, 28)},
    {"image_shape": (1, 28, 129)},
    {"image_shape": (1, 28)},
    {"image_shape": [1, 28, 28]},
    {"hidden": (0,)},
    {"hidden": (8,) * 9},
    {"channels": (10**9,)},
    {"classes": -1},
    {"classes": True},
    {"variance": 0.0},
    {"variance": -1.0},
    {"variance": math.nan},
    {"components": 2},
    {"components": 0},
    {"prior": "mixture", "components": 1},
    {"prior": "vamp", "components": 10**6},
    {"prior": "vamp", "components": 5, "classes": 10},
    {"prior": "mixture", "components": 5, "scale": "none"},
]
UNKNOWN = [
    (TrainConfig, {"objective": "gan"}, "beta-tcvae"),
    (TrainConfig, {"schedule": "sawtooth"}, "cosine"),
    (TrainConfig, {"annealing": "slow"}, "cyclical"),
    (TrainConfig, {"precision": "fp8"}, "bf16"),
    (TrainConfig, {"start": "hot"}, "prepared"),
    (TrainConfig, {"objective": None}, "beta-vae"),
]
GOOD = {"architecture": "mlp", "image_shape": (1, 28, 28), "latent_dim": 2, "hidden": (8,)}
UNKNOWN_SHAPES = [
    ({"likelihood": "poisson"}, "bernoulli"),
    ({"prior": "flow"}, "vamp"),
    ({"scale": "tau"}, "sigma"),
    ({"heads": "tanh"}, "relu"),
]


@pytest.mark.parametrize("bad", BAD_TRAINING, ids=str)
def test_bad_training_settings_are_refused(bad):
    with pytest.raises(InvalidSetting):
        TrainConfig.of(**bad)


@pytest.mark.parametrize("bad", BAD_MODELS, ids=str)
def test_bad_model_settings_are_refused(bad):
    ModelConfig(**GOOD)
    with pytest.raises(InvalidSetting):
        ModelConfig(**GOOD | bad)


@pytest.mark.parametrize(("kind", "bad", "known"), UNKNOWN, ids=str)
def test_unknown_names_list_the_known(kind, bad, known):
    with pytest.raises(UnknownName, match=known):
        kind(**bad)


@pytest.mark.parametrize(("bad", "known"), UNKNOWN_SHAPES, ids=str)
def test_unknown_densities_list_the_known(bad, known):
    with pytest.raises(UnknownName, match=known):
        ModelConfig(**GOOD | bad)


def own_values(name: str) -> dict[str, float]:
    """What a form offers for the settings of this loss."""
    return {setting.name: setting.offered for setting in LOSSES[name].settings}


@pytest.mark.parametrize("name", LOSSES)
def test_an_objective_takes_its_own_settings_and_no_other(name):
    own = own_values(name)
    assert TrainConfig.of(objective=name, **own).values == own
    for setting in LOSSES[name].settings:
        with pytest.raises(InvalidSetting, match=f"needs {setting.name} above"):
            TrainConfig.of(objective=name, **own | {setting.name: setting.neutral})
    for other in set(loss_settings()) - set(own):
        with pytest.raises(InvalidSetting, match=f"{other} belongs to another"):
            TrainConfig.of(objective=name, **own, **{other: loss_settings()[other].offered})


@pytest.mark.parametrize("name", LOSSES)
def test_settings_of_other_objectives_may_stand_at_the_values_at_which_they_do_nothing(name):
    config = TrainConfig.of(objective=name, **own_values(name))
    assert set(loss_settings()) <= set(config.to_dict())
    assert TrainConfig.from_dict(config.to_dict()) == config


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("weight", [{"beta": 4.0}, {"annealing": "warm-up"}], ids=str)
def test_a_beta_without_effect_is_refused(name, weight):
    if LOSSES[name].weighted:
        TrainConfig.of(objective=name, **own_values(name), **weight)
    else:
        with pytest.raises(InvalidSetting, match="has no beta"):
            TrainConfig.of(objective=name, **own_values(name), **weight)


@pytest.mark.parametrize(
    "config",
    [
        ModelConfig("conv", (3, 32, 32), 4, (8,), (4, 8), classes=3, likelihood="gaussian-learned", variance=0.1),
        ModelConfig("mlp", (1, 8, 8), 4, (8,), prior="vamp", components=7, scale="sigma", heads="relu"),
        TrainConfig.of(objective="iwae", importance_samples=5, held_out=3, per_pixel=True, schedule="constant"),
        TrainConfig(beta=0, annealing="cyclical", precision="bf16", start="plain"),
    ],
    ids=lambda config: type(config).__name__,
)
def test_settings_survive_json(config):
    assert type(config).from_dict(config.to_dict()) == config


SHIPPED = sorted((Path(__file__).parents[1] / "pretrained").glob("*/config.json"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.parent.name)
def test_training_is_written_as_it_lies_in_files(path):
    """What was not known when a file was written has its default, and stands behind the rest."""
    written = json.loads(path.read_text())["train"]
    usual = {name: value for name, value in TrainConfig().to_dict().items() if name not in written}
    assert list(TrainConfig.from_dict(written).to_dict().items()) == [*written.items(), *usual.items()]


def test_a_file_without_a_word_about_the_heads_is_of_a_model_with_linear_ones():
    """As models were written before there were others."""
    written = ModelConfig("mlp", (1, 8, 8), 4, (8,), scale="sigma").to_dict()
    del written["heads"]
    assert ModelConfig.from_dict(written).heads == "linear"


def test_bounds_are_told_with_their_unit():
    with pytest.raises(InvalidSetting, match=r"^capacity must be from 0 to 10000 nats, not -1\.0\.$"):
        TrainConfig.of(objective="capacity", capacity=-1.0)


def test_strangers_and_gaps_are_refused():
    with pytest.raises(InvalidSetting, match="does not know surprise"):
        TrainConfig.from_dict({"surprise": 1})
    with pytest.raises(InvalidSetting, match="incomplete"):
        ModelConfig.from_dict({"latent_dim": 2})
    with pytest.raises(InvalidSetting, match="must be an object"):
        TrainConfig.from_dict([1])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "words", [{"encoder": ("relu",)}, {"decoder": ("relu",)}, {"encoder": "relu"}, {"encoder": (3,)}], ids=str
)
def test_only_a_layered_network_has_layers_as_words(words):
    with pytest.raises(InvalidSetting, match="layers as words"):
        ModelConfig(
            "mlp" if words["encoder" if "encoder" in words else "decoder"] == ("relu",) else "layered",
            (1, 28, 28),
            2,
            (),
            **words,
        )
    with pytest.raises(InvalidSetting, match="at most 100"):
        ModelConfig("layered", (1, 28, 28), 2, (), encoder=("relu",) * 101)
