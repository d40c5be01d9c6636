"""What the page hands to its maps is what the browser modules say it is."""

import json

import pytest

from tests.kinds import Kind, save_kind
from tests.shapes import shape_of, shapes

SHAPES = shapes("map/data.d.ts")


def told(at) -> list[dict]:
    """The data of every map on the page."""
    components = [json.loads(component.proto.json) for component in at.get("bidi_component")]
    return [data for data in components if "neighbours" in data]


def test_every_name_that_a_map_is_told(open_page):
    maps = told(open_page("explore", model="mnist-mlp-z2"))
    assert shape_of(*maps) == SHAPES["MapData"]
    assert shape_of(*(data["dataset"] for data in maps)) == SHAPES["Originals"]
    assert {data["colour"]["kind"] for data in maps} == {"category"}


def test_every_name_of_a_colour_by_value(open_page):
    (data,) = told(open_page("explore", {"model": "mnist-mlp-z2", "colour": "nll"}))
    assert shape_of(data["colour"]) == shapes("plot/colour.d.ts")["ValueColour"]


def test_what_stands_under_a_saved_map(open_page):
    (data,) = told(open_page("explore", {"model": "digits-mlp-z2", "plane": "umap"}))
    words = "digits-mlp-z2 · Digits, 360 test images · UMAP, seed 0 · evaluation seed 0 · VAE Explorer"
    assert data["caption"] == words


@pytest.mark.parametrize(("latent_dim", "title"), [(1, "One unit"), (2, "Two units"), (3, "PCA")])
def test_a_saved_map_names_the_plane_that_it_shows(open_page, tmp_path, monkeypatch, latent_dim, title):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    save_kind(tmp_path / "some", Kind(), latent_dim)
    (data,) = told(open_page("explore", {"model": "some", "plane": "pca"}))
    assert f" · {title} · " in data["caption"]
