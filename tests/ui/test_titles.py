"""What is unusual of a model is part of its title; kinds of nll are told apart by what differs."""

from dataclasses import replace

import pytest

from tests.kinds import FOREIGN, save_kind
from vae_explorer import config
from vae_explorer.checkpoints import Recipe, catalogue, store_unit_name
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.metrics.yardsticks import Yardstick
from vae_explorer.ui import titles
from vae_explorer.ui.compare.models import title
from vae_explorer.ui.scene import scene_of

USUAL = Recipe(ModelConfig("mlp", (1, 28, 28), 2, (4,)), TrainConfig(), "digits", "mlp-z2", 1, 1.0, 1.0)
PCA_PIXELS = "Gaussian pixels of variance 0.5"
GREY = Yardstick("mnist", "test", "bernoulli", None, None)


def test_every_likelihood_and_prior_has_its_words():
    assert list(titles.PIXELS) == list(config.LIKELIHOODS)
    assert list(titles.PRIORS) == list(config.PRIORS)


@pytest.mark.parametrize(
    ("model", "train", "words"),
    [
        ({}, {}, []),
        ({"likelihood": "gaussian"}, {}, ["Gaussian pixels of variance 0.5"]),
        ({"likelihood": "gaussian", "variance": 0.1}, {}, ["Gaussian pixels of variance 0.1"]),
        ({"likelihood": "gaussian-learned", "variance": 0.1}, {}, ["Gaussian pixels of learned variance"]),
        ({"prior": "mixture", "components": 10}, {}, ["mixture of 10 as prior"]),
        ({"prior": "vamp", "components": 5}, {"held_out": 4}, ["VampPrior of 5", "trained without 4"]),
        ({}, {"held_out": 99}, ["trained without 99"]),
    ],
    ids=str,
)
def test_what_is_unusual_is_said_and_nothing_else(model, train, words):
    recipe = replace(USUAL, model=replace(USUAL.model, **model), train=replace(USUAL.train, **train))
    assert titles.unusual(recipe) == words


def test_pca_is_called_what_it_is():
    pca, name = catalogue.find("mnist-z2-pca"), "mnist-z2-pca"
    assert titles.model_titles({name: pca})(name) == f"MNIST · PCA of pixels · 2 units · {PCA_PIXELS} · {name}"
    assert title(pca) == f"PCA of pixels, {PCA_PIXELS}"


def test_nothing_is_said_of_the_training_of_an_imported_model(tmp_path):
    known = save_kind(tmp_path / "mine", FOREIGN)
    full = titles.model_titles({"mine": known})("mine")
    assert " · imported · " in full
    assert "β" not in full
    assert title(known) == "Imported vae.pth"


def test_kinds_of_nll_are_told_apart_by_what_differs():
    assert titles.yardstick_titles([GREY]) == {GREY: ""}
    drawn, density = GREY._replace(dataset="mnist-binarised"), GREY._replace(likelihood="gaussian", variance=0.5)
    assert titles.yardstick_titles([GREY, drawn]) == {GREY: "MNIST", drawn: "MNIST, binarised"}
    assert titles.yardstick_titles([GREY, drawn, density]) == {
        GREY: "MNIST",
        drawn: "MNIST, binarised",
        density: "MNIST, Gaussian pixels of variance 0.5",
    }
    without = density._replace(held_out=3)
    assert titles.yardstick_titles([GREY, without]) == {
        GREY: "Bernoulli pixels, trained on all classes",
        without: "Gaussian pixels of variance 0.5, trained without 3",
    }


def test_a_unit_is_said_with_its_name_where_it_has_one(tiny):
    store_unit_name(tiny, 1, "<b>x</b> position")
    assert titles.unit_name(tiny, 0) == "unit 0"
    assert titles.unit_name(tiny, 1) == "unit 1 (<b>x</b> position)"
    title = titles.unit_title(scene_of(tiny))
    assert title(0).startswith("unit 0 · ")
    assert title(1).startswith("unit 1 (<b>x</b> position) · ")
    assert title(1).endswith(" nats")
