"""The unit that says the same in another model of the data set."""

from dataclasses import replace

import numpy as np
import pytest

from vae_explorer import checkpoints
from vae_explorer.checkpoints import Measurements, catalogue
from vae_explorer.metrics.evaluation import evaluation
from vae_explorer.unit_cards.matches import counterpart, counterparts

NAME = "mnist-conv-z10-b1"
ORDER = [3, 0, 1, 2, 4, 5, 9, 7, 8, 6]


@pytest.fixture
def twin(tmp_path, monkeypatch):
    """Saves a model whose units are another's in another order, of which the first runs backwards."""
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    first = catalogue.find(NAME)
    latents = catalogue.LATENTS.get(first)
    logvar, rate, kl = latents.densities()

    def save(name: str, keep: slice = slice(None), **changes) -> str:
        mu = latents.mu[keep][:, ORDER] * np.array([-1] + [1] * 9, np.float32)
        seen = latents._replace(
            mu=mu,
            logvar=logvar[keep][:, ORDER],
            kl_per_dim=kl[ORDER],
            label=latents.label[keep],
            nll=latents.nll[keep],
            rate=rate[keep],
            **changes,
        )
        recipe = replace(first.recipe)
        measured = Measurements(evaluation(seen))
        checkpoints.save(tmp_path / name, recipe, checkpoints.read_weights(first), [], measured, seen)
        return name

    return save


def test_a_unit_is_found_again_with_its_sign(twin):
    other = catalogue.find(twin("turned"))
    alive = [unit for unit in range(10) if catalogue.LATENTS.get(other).densities().kl_per_dim[unit] >= 0.01]
    assert len(alive) >= 8
    for place in alive:
        found = counterpart(other, catalogue.find(NAME), place)
        assert (found.unit, found.reason) == (ORDER[place], "")
        assert found.correlation == pytest.approx(-1 if place == 0 else 1, abs=1e-4)


def test_every_other_model_of_the_data_set_is_asked_the_strongest_first(twin):
    twin("turned")
    found = counterparts(catalogue.find(NAME), 3)
    others = {name for name in catalogue.usable() if name.startswith("mnist-")} - {NAME}
    assert {"turned"} | others == {one.model for one in found}
    assert found[0].model == "turned"
    strengths = [abs(one.correlation) for one in found if one.correlation is not None]
    assert strengths == sorted(strengths, reverse=True)


def test_models_of_other_images_are_not_matched_and_it_says_why(twin):
    few = counterpart(catalogue.find(NAME), catalogue.find(twin("few", slice(0, 500))), 0)
    assert few.unit is None
    assert few.reason == "It has encoded 500 test images, this model 10,000 test images; encode both on one split."
    digits = counterpart(catalogue.find(NAME), catalogue.find("digits-mlp-z2"), 0)
    assert (digits.unit, digits.reason) == (None, "It has encoded another data set.")


def test_a_unit_that_says_nothing_has_no_counterpart(twin):
    checkpoint = catalogue.find(twin("turned"))
    silent = catalogue.LATENTS.get(catalogue.find("mnist-conv-z10-b4")).densities().kl_per_dim.argmin()
    found = counterpart(catalogue.find("mnist-conv-z10-b4"), checkpoint, int(silent))
    assert found.unit is None
    assert "collapsed" in found.reason


def test_codes_that_were_matched_once_are_not_read_for_another_unit(monkeypatch):
    first = catalogue.find(NAME)
    known = counterparts(first, 3)
    monkeypatch.setattr(catalogue, "LATENTS", None)
    assert {one.model for one in counterparts(first, 4)} == {one.model for one in known}
