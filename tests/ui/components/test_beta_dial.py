"""The dial of β: what the page hands to it, and what choosing a β does on every page with a model."""

import json

import pytest

from tests.kinds import KINDS, save_kind
from tests.shapes import shape_of, shapes

SHAPES = shapes("dial/data.d.ts")
PAGES = ("explore", "traversals", "interpolate", "disentangle", "unit")


@pytest.fixture
def dial(open_page, tmp_path, monkeypatch):
    """The data of the dial of a page, with the page; None where there is none."""
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    for name in ("multi-rate", "mixed"):
        save_kind(tmp_path / name, KINDS[name])

    def opened(page: str, model: str = "multi-rate", **query: str):
        at = open_page(page, {"model": model, **query})
        components = [json.loads(component.proto.json) for component in at.get("bidi_component")]
        return next((data for data in components if "stops" in data), None), at

    return opened


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_a_model_has_a_dial_for_a_multi_rate_network(dial, page):
    data, _ = dial(page)
    assert shape_of(data) == SHAPES["DialData"]
    assert (data["beta"], len(data["stops"])) == (1.0, 37)


def test_a_model_of_one_beta_has_none(dial):
    assert dial("explore", "mixed")[0] is None


def test_a_link_says_the_beta(dial):
    data, at = dial("explore", beta="4")
    assert data["beta"] == 4.0
    assert at.session_state["model"] == "multi-rate"


def test_a_beta_that_was_not_trained_is_clamped_and_said(dial):
    data, at = dial("explore", beta="99")
    assert data["beta"] == 16.0
    assert any("the nearest is shown" in toast.value for toast in at.toast)


def test_a_beta_between_stops_goes_to_the_nearest(dial):
    assert dial("traversals", beta="3.9")[0]["beta"] == 4.0
