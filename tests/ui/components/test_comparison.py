"""What the page hands to the comparison is what the browser modules say it is, and what is kept of the hand."""

import json

import numpy as np
import pytest

from tests.shapes import shape_of, shapes
from vae_explorer.alignment import alignment
from vae_explorer.checkpoints import catalogue
from vae_explorer.latents.encoded import collapsed, units_by_information

SHAPES = shapes("comparison/data.d.ts")
ONE, OTHER = "mnist-conv-z10-b1", "mnist-conv-z10-b4"
MODELS = f"{ONE},{OTHER}"
SPRITES = "sprites-vae-b1-s0,sprites-vae-b4-s0,sprites-ae-s0"


def told(at) -> dict:
    """The data of the comparison."""
    (data,) = [data for one in at.get("bidi_component") if "originals" in (data := json.loads(one.proto.json))]
    return data


@pytest.mark.parametrize("axes", ["units", "pca"])
def test_every_name_that_the_comparison_is_told(open_page, axes):
    data = told(open_page("compare", {"models": SPRITES, "axes": axes}))
    models = data["models"]
    assert shape_of(data) == SHAPES["ComparisonData"]
    assert shape_of(*models) == SHAPES["ComparedModel"]
    assert shape_of(*(figure for one in models for figure in one["figures"])) == SHAPES["Figure"]
    assert shape_of(data["originals"], *(row for one in models for row in one["pictures"])) == SHAPES["PictureRow"]
    assert shape_of(*(one["map"] for one in models)) == SHAPES["ComparedMap"]
    assert shape_of(*(carried for one in models for carried in one["carried"])) == SHAPES["Carried"]
    assert shape_of(*(unit for one in models for unit in [*one["units"], *one["rest"]])) == SHAPES["ComparedUnit"]
    assert shape_of(*data["units"]) == SHAPES["NamedUnit"]
    assert shape_of(data["legend"]) == SHAPES["Shown"]


def test_the_units_of_every_column_are_those_matched_to_the_first_models(open_page):
    data = told(open_page("compare", {"models": MODELS}))
    ours, theirs = (catalogue.LATENTS.get(catalogue.find(name)) for name in (ONE, OTHER))
    pairs = alignment(ours.mu, theirs.mu, ~collapsed(ours), ~collapsed(theirs))
    ranked = units_by_information(ours)
    assert [unit["unit"] for unit in data["units"]] == ranked
    first, second = data["models"]
    assert [unit["unit"] for unit in first["units"]] == ranked
    assert first["rest"] == []
    for unit, row in zip(ranked, second["units"], strict=True):
        match = pairs.of(unit)
        assert row["unit"] == (None if match is None else match.other)
        assert row["correlation"] == (None if match is None else pytest.approx(match.correlation))
        assert row["sign"] == (1 if match is None else match.sign)
    assert {unit["unit"] for unit in second["rest"]} == set(pairs.other_unmatched)
    assert theirs.kl_per_dim is not None
    shown = {unit["unit"]: unit["kl"] for unit in [*second["units"], *second["rest"]] if unit["unit"] is not None}
    assert shown == {unit: pytest.approx(kl) for unit, kl in enumerate(theirs.kl_per_dim)}


def test_a_place_of_each_map_is_told_as_a_code_of_every_model(open_page):
    first, second = told(open_page("compare", {"models": MODELS}))["models"]
    own = first["carried"][0]
    across, up = first["plane"]["units"]
    assert (own["r2"], own["origin"]) == (1, [0] * 10)
    assert (np.flatnonzero(own["across"]).tolist(), np.flatnonzero(own["up"]).tolist()) == ([across], [up])
    assert 0.3 < first["carried"][1]["r2"] < 1
    assert 0.3 < second["carried"][0]["r2"] < 1


def test_image_unit_and_difference_are_those_of_the_link(open_page):
    data = told(open_page("compare", {"models": MODELS, "point": "42", "unit": "3", "difference": "first"}))
    assert (data["point"], data["unit"], data["difference"]) == (42, 3, "first")
    at = open_page("compare", {"models": MODELS, "point": "10000", "unit": "10"})
    data = told(at)
    assert (data["point"], data["unit"]) == (0, data["units"][0]["unit"])
    assert [toast.value.replace("\\", "") for toast in at.toast] == [
        "Chosen image: back to the first, there are 10,000 images.",
        f"Unit: back to the most informative, {ONE} has 10 units.",
    ]


def test_what_is_saved_is_what_the_page_shows(open_page):
    data = told(open_page("compare", {"models": MODELS, "axes": "pca", "seed": "3", "hidden": "1"}))
    assert [one["map"]["columns"] for one in data["models"]] == [["pca-0", "pca-1"]] * 2
    assert data["legend"]["hidden"] == [1]
    assert "seed of eps 3" in data["caption"]


def test_without_a_second_model_there_is_nothing_to_compare(open_page):
    at = open_page("compare", {"models": "digits-mlp-z2"})
    assert not [one for one in at.get("bidi_component") if "originals" in json.loads(one.proto.json)]
