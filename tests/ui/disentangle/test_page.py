"""The Disentangle page: the cell that is looked at, what is said without factors, and scores as they are measured."""

import json
from typing import Any

import numpy as np
import pytest

from tests.ui.test_pages import fine, query
from vae_explorer import checkpoints, coding, datasets, models
from vae_explorer.checkpoints import Measurements, Recipe, catalogue
from vae_explorer.checkpoints.encoded_codes import CODES, encoded_codes
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.metrics import score_rows
from vae_explorer.metrics.evaluation import evaluation
from vae_explorer.metrics.scores import SCORES

CONV = "mnist-conv-z10-b1"


@pytest.fixture
def sprite_model(tmp_path, monkeypatch) -> str:
    """An untrained model of sprites."""
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    images = datasets.load("sprites", "test")
    model = models.build(ModelConfig("mlp", images.image_shape, 3, (16,)), 0)
    latents, recipe = (
        coding.encode_set(model, images),
        Recipe(model.config, TrainConfig(), "sprites", "mlp-z2", 1, 1.0, 9.0),
    )
    measured = Measurements(evaluation(latents))
    checkpoints.save(tmp_path / "on-sprites", recipe, models.weights(model), [], measured, latents)
    return "on-sprites"


def told(at) -> str:
    return " ".join(text.value for text in (*at.markdown, *at.caption)).replace("\\", "")


def scored(at) -> dict[str, dict[str, Any]]:
    """The lines of the table of scores, by title."""
    told = (json.loads(one.proto.json) for one in at.get("bidi_component"))
    return {line["title"]: line for data in told if "lines" in data for line in data["lines"]}


def test_a_model_of_classes_has_one_factor_and_says_what_that_leaves_out(open_page):
    at = open_page("disentangle", {"model": CONV})
    assert fine(at)
    few = sum(row.factors > 1 for row in SCORES.values())
    assert f"{few} scores compare factors, and of these images only the class is known." in told(at)
    mig = score_rows.measured("mig", CODES.get(catalogue.find(CONV)), 0)
    line = scored(at)["MIG"]
    shown = [f"{mig['value']:.3f}", f"{mig['attainable']:.3f}", "10,000"]
    assert [line[name] for name in ("value", "ceiling", "n")] == shown
    assert (line["at"], line["best"], line["dots"]) == (mig["value"], mig["attainable"], [])
    assert "Codes are mu of test images of MNIST, seed 0." in told(at)
    assert "Modularity" not in scored(at)
    assert scored(at)["Total correlation"]["value"].endswith(" nats")
    assert scored(at)["Total correlation"]["at"] is None


def test_a_link_brings_its_cell_and_its_matrix_along(open_page):
    at = open_page("disentangle", {"model": CONV, "cell": "3,0", "matrix": "correlation"})
    assert fine(at)
    assert "Unit 3 in the matrix: class 0." in told(at)
    assert query(at) == {"model": CONV, "cell": "3,0", "matrix": "correlation"}


@pytest.mark.parametrize("cell", ["3,7", "90,0"])
def test_a_cell_of_another_matrix_gives_way_to_the_strongest_and_says_so(open_page, cell):
    at = open_page("disentangle", {"model": CONV, "cell": cell})
    assert fine(at)
    assert "the strongest cell is shown" in at.toast[0].value
    assert "cell" not in query(at)


@pytest.mark.parametrize("cell", ["3", "a,b", "-1,0"])
def test_what_is_no_cell_leaves_the_address(open_page, cell):
    at = open_page("disentangle", {"model": CONV, "cell": cell})
    assert fine(at)
    assert "cell" not in query(at)


def test_sprites_bring_their_factors_and_stored_scores_are_shown(open_page, sprite_model):
    checkpoint = catalogue.find(sprite_model)
    codes = encoded_codes(checkpoint)
    assert [factor.name for factor in codes.factors] == ["shape", "scale", "orientation", "x position", "y position"]
    values = datasets.load("sprites", "test").factor_values
    assert values is not None
    assert np.array_equal(codes.values, values)
    at = open_page("disentangle", {"model": sprite_model, "cell": "0,3"})
    assert fine(at)
    assert "Modularity" in scored(at)
    assert "x position 0." in told(at)
    assert "only the class is known" not in told(at)
