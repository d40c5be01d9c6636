"""Which nlls can be compared, and which share a column or an axis."""

from dataclasses import replace

import pytest

from vae_explorer.config import LIKELIHOODS, ModelConfig, TrainConfig
from vae_explorer.metrics import METRICS
from vae_explorer.metrics.evaluation import Evaluation
from vae_explorer.metrics.metric import Place
from vae_explorer.metrics.yardsticks import yardstick

MODEL, TRAIN = ModelConfig("mlp", (1, 8, 8), 2, (4,)), TrainConfig()
MEASURED = Evaluation("mnist", "test", 9, 0, 80.0, 20.0, -100.0, 2, (10.0, 10.0))
APART = {
    "binarisation": (MODEL, TRAIN, replace(MEASURED, dataset="mnist-binarised")),
    "images": (MODEL, TRAIN, replace(MEASURED, dataset="digits")),
    "split": (MODEL, TRAIN, replace(MEASURED, split="train")),
    "density": (replace(MODEL, likelihood="gaussian"), TRAIN, MEASURED),
    "another density": (replace(MODEL, likelihood="gaussian", variance=0.1), TRAIN, MEASURED),
    "learned density": (replace(MODEL, likelihood="gaussian-learned"), TRAIN, MEASURED),
    "held-out class": (MODEL, replace(TRAIN, held_out=3), MEASURED),
    "another held-out class": (MODEL, replace(TRAIN, held_out=4), MEASURED),
}
TOGETHER = {
    "beta": (MODEL, replace(TRAIN, beta=4.0), MEASURED),
    "units and prior": (replace(MODEL, latent_dim=5, prior="mixture", components=3), TRAIN, MEASURED),
    "seeds": (MODEL, replace(TRAIN, seed=1), replace(MEASURED, seed=1)),
}


def test_models_apart_share_no_yardstick_with_each_other():
    kinds = [yardstick(MODEL, TRAIN, MEASURED), *(yardstick(*one) for one in APART.values())]
    assert len(set(kinds)) == len(kinds)


@pytest.mark.parametrize("one", TOGETHER.values(), ids=TOGETHER)
def test_what_models_are_compared_for_leaves_the_yardstick(one):
    assert yardstick(*one) == yardstick(MODEL, TRAIN, MEASURED)


def test_where_learning_of_a_variance_starts_is_no_other_density():
    learned = replace(MODEL, likelihood="gaussian-learned")
    assert yardstick(learned, TRAIN, MEASURED) == yardstick(replace(learned, variance=0.1), TRAIN, MEASURED)


def test_every_figure_made_of_an_nll_keeps_to_its_yardstick():
    kept = {figure.title for row in METRICS.values() for figure in row.figures if figure.by_yardstick}
    assert kept == {"nll", "nll, trained classes", "nll, held-out class", "ELBO", "Bits per pixel", "Bound on log p(x)"}


@pytest.mark.parametrize("likelihood", LIKELIHOODS)
def test_only_grey_levels_read_as_means_have_bits_per_pixel(likelihood):
    figure = next(one for one in METRICS["elbo"].figures if one.title == "Bits per pixel")
    assert Place.MODEL_TABLE in figure.shows
    number = figure.read(-100.0, replace(MODEL, likelihood=likelihood))
    assert (number is not None) == (likelihood == "bernoulli")
