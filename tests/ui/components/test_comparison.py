"""What the page hands to the menu of a comparison is what the browser modules say it is."""

import json

from tests.shapes import shape_of, shapes

SHAPES = shapes("comparison/data.d.ts")
MODELS = "mnist-conv-z10-b1,mnist-conv-z10-b4"


def told(at) -> dict:
    """The data of the menu."""
    (data,) = [data for one in at.get("bidi_component") if "originals" in (data := json.loads(one.proto.json))]
    return data


def test_every_name_that_the_menu_is_told(open_page):
    data = told(open_page("compare", {"models": MODELS}))
    models = data["models"]
    assert shape_of(data) == SHAPES["ComparisonData"]
    assert shape_of(*models) == SHAPES["ComparedModel"]
    assert shape_of(*(figure for one in models for figure in one["figures"])) == SHAPES["Figure"]
    assert shape_of(data["originals"], *(row for one in models for row in one["pictures"])) == SHAPES["PictureRow"]
    assert shape_of(*(one["map"] for one in models)) == SHAPES["ComparedMap"]
    assert shape_of(data["legend"]) == SHAPES["Shown"]


def test_the_picture_shows_what_the_page_shows(open_page):
    at = open_page("compare", {"models": MODELS, "axes": "pca", "seed": "3", "hidden": "1"})
    data = told(at)
    shown = {metric.value for metric in at.metric}
    assert {figure["text"] for one in data["models"] for figure in one["figures"]} == shown
    assert {one["map"]["caption"] for one in data["models"]} <= {caption.value for caption in at.caption}
    pictures = [json.loads(one.proto.json) for one in at.get("bidi_component")]
    sources = [one["source"] for one in pictures if "choices" in one]
    assert [
        data["originals"]["source"],
        *(row["source"] for one in data["models"] for row in one["pictures"]),
    ] == sources
    assert data["legend"]["hidden"] == [1]
    assert "seed of eps 3" in data["caption"]


def test_without_a_second_model_there_is_nothing_to_save(open_page):
    at = open_page("compare", {"models": "digits-mlp-z2"})
    assert not [one for one in at.get("bidi_component") if "originals" in json.loads(one.proto.json)]
