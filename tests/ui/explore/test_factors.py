"""Everything that colours, filters or searches by class does so by factor."""

import shutil

import numpy as np
import pytest

from tests.kinds import save_sprites
from tests.ui.charts_on import charts_on
from tests.ui.explore.test_around_the_map import headings, mosaics, on_map
from tests.ui.test_kinds_on_pages import components
from tests.ui.test_pages import fine, query
from vae_explorer import datasets
from vae_explorer.checkpoints import catalogue
from vae_explorer.colours import CLASS_COLOURS, class_colours
from vae_explorer.latents.neighbours import neighbours
from vae_explorer.ui import widgets
from vae_explorer.ui.words import literal

pytestmark = pytest.mark.thorough

EVERYTHING = "-900,-900,900,-900,900,900,-900,900"


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sprites")
    for name in ("sprites", "sprites-64", "dsprites"):
        save_sprites(folder / f"on-{name}", name)
    save_sprites(folder / "again")
    return folder


@pytest.fixture(autouse=True)
def sprite_models(saved, tmp_path, monkeypatch):
    """Models of sprites, and no data set on this machine."""
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path / "runs"))
    monkeypatch.setenv("VAE_EXPLORER_DATA", str(tmp_path / "nothing"))
    shutil.copytree(saved, tmp_path / "runs")


def values() -> np.ndarray:
    found = datasets.load("sprites", "test").factor_values
    assert found is not None
    return found


def test_every_factor_is_a_colour(open_page):
    at = open_page("explore", {"model": "on-sprites"})
    assert fine(at)
    options = at.selectbox(key=widgets.key("colour")).options
    assert options[:5] == ["Shape", "Scale", "Orientation", "X position", "Y position"]
    assert on_map(at)["dataset"]["available"]
    assert on_map(at)["legend"]["colours"] == class_colours(3)


def test_few_values_are_a_legend_to_hide_and_no_class_has_their_colours(open_page):
    link = {"model": "on-sprites", "colour": "factor-1", "hidden": "0,5"}
    at = open_page("explore", link)
    assert fine(at)
    assert not at.toast
    data = on_map(at)
    assert data["colour"] == {"kind": "category"}
    assert (data["legend"]["column"], data["legend"]["title"]) == ("factor-1", "Scale")
    assert data["legend"]["names"] == list("012345")
    assert not set(data["legend"]["colours"]) & set(CLASS_COLOURS)
    assert data["hidden"] == [0, 5]
    assert data["traits"] == ["shape", "scale", "orientation", "x position", "y position"]
    assert query(at) == link
    at.selectbox(key=widgets.key("colour")).select("class").run()
    assert (on_map(at)["legend"]["title"], on_map(at)["hidden"]) == ("Shape", [])


def test_many_values_are_a_scale_whose_ranges_are_hidden(open_page):
    hidden = {"model": "on-sprites", "colour": "factor-3", "hidden": "0,1,2,3,4,5,6", "area": EVERYTHING}
    at = open_page("explore", hidden)
    assert fine(at)
    data = on_map(at)
    assert data["colour"] == {"kind": "value", "column": "factor-3", "label": "x position (0–31)"}
    assert (data["legend"]["column"], data["legend"]["names"][-1]) == ("range-3", "28–31")
    left = int((values()[:, 3] >= 28).sum())
    assert headings(at)[0] == f"Selection: {left:,} images"


def test_a_factor_that_is_the_class_is_the_class(open_page):
    at = open_page("explore", {"model": "on-sprites", "colour": "factor-0", "hidden": "2"})
    assert fine(at)
    assert not at.toast
    assert on_map(at)["legend"]["column"] == "label"
    assert query(at) == {"model": "on-sprites", "hidden": "2"}


MISFITS = [
    ("on-sprites", "factor-5", "factors go from 0 to 4"),
    ("digits-mlp-z2", "factor-1", "of these images only the class is known"),
    ("on-dsprites", "factor-1", "the factors of dSprites are not on this machine"),
]


@pytest.mark.parametrize(("model", "colour", "reason"), MISFITS)
def test_a_factor_that_is_not_known_is_one_note(open_page, model, colour, reason):
    at = open_page("explore", {"model": model, "colour": colour})
    assert fine(at)
    assert [toast.value for toast in at.toast] == [literal(f"Colour: back to the default, {reason}.")]
    assert query(at) == {"model": model}


def test_without_its_data_set_a_model_is_told_by_class_and_says_so(open_page):
    at = open_page("explore", {"model": "on-dsprites"})
    assert fine(at)
    options = at.selectbox(key=widgets.key("colour")).options
    assert options[:2] == ["Shape", "nll (nats)"]
    assert [one.value for one in at.caption if "factors" in one.value] == [
        "The originals and their factors are not on this machine, so images are told apart by class alone; everything "
        "else works. dSprites is 26 MB."
    ]


def test_neighbours_and_selections_tell_all_factors(open_page):
    at = open_page("explore", {"model": "on-sprites", "point": "5", "area": EVERYTHING, "counted": "factor-2"})
    assert fine(at)
    latents, known = catalogue.LATENTS.get(catalogue.find("on-sprites")), values()
    nearest = int(neighbours(latents, 5, 1).indices[0])
    shape, scale, orientation, x, y = known[nearest].tolist()
    name = datasets.dataset("sprites").classes[shape]
    said = [f"shape {name}", f"scale {scale}", f"orientation {orientation}", f"x position {x}", f"y position {y}"]
    assert mosaics(at)[-1]["labels"][0][:-1] == [f"image {nearest}", *said]
    (histogram,) = charts_on(at)
    assert histogram["data"][0]["y"] == np.bincount(known[:, 2], minlength=40).tolist()
    at.selectbox(key=widgets.key("counted")).select("label").run()
    assert fine(at)
    assert "counted" not in query(at)


def test_another_model_keeps_the_factor(open_page):
    at = open_page("explore", {"model": "on-sprites", "colour": "factor-4"})
    at.selectbox(key=widgets.key("model")).select("on-sprites-64").run()
    assert query(at)["colour"] == "factor-4"
    at.selectbox(key=widgets.key("model")).select("digits-mlp-z2").run()
    assert fine(at)
    assert not at.toast
    assert "colour" not in query(at)


def test_an_end_is_the_next_image_of_a_value(open_page):
    at = open_page("interpolate", {"model": "on-sprites", "a": "0", "b": "1"})
    at.selectbox(key=widgets.key("a-trait")).select("scale").run()
    at.button_group(key=widgets.key("a-factor-1")).select("3").run()
    at.selectbox(key=widgets.key("b-trait")).select("x position").run()
    at.selectbox(key=widgets.key("b-factor-3")).select("17").run()
    assert fine(at)
    a, b = int(query(at)["a"]), int(query(at)["b"])
    assert a == int(np.flatnonzero(values()[1:, 1] == 3)[0]) + 1
    assert b == int(np.flatnonzero(values()[2:, 3] == 17)[0]) + 2
    assert any(one.value.endswith(f"y position {values()[b, 4]} (0–31)") for one in at.caption)


def test_compared_maps_share_a_factor_and_its_legend(open_page):
    link = {"models": "on-sprites,again", "colour": "factor-2", "hidden": "7"}
    at = open_page("compare", link)
    assert fine(at)
    assert not at.toast
    assert query(at) == link
    (shared,) = [one for one in components(at) if "counts" in one]
    assert (shared["kind"], shared["legend"]["names"][-1]) == ("value", "35–39")
    assert sum(shared["counts"]) == len(values())
    (compared,) = [one for one in components(at) if "originals" in one]
    assert compared["colour"]["column"] == "factor-2"
    assert (compared["legend"]["column"], compared["legend"]["hidden"]) == ("range-2", [7])


def test_compare_leaves_the_colour_of_explore_as_it_is(open_page):
    at = open_page("compare", {"models": "on-sprites,again", "colour": "nll"})
    assert fine(at)
    assert next(one["colour"] for one in components(at) if "originals" in one) == {"kind": "category"}
    assert query(at)["colour"] == "nll"
