"""A model opens with the map that explains most; a choice by hand or link wins, and goes along."""

import numpy as np
import pytest

from tests.conftest import save_tiny
from tests.ui.test_pages import B4, CONV, fine, query
from vae_explorer.cache import cache_root
from vae_explorer.checkpoints import catalogue
from vae_explorer.checkpoints.plane_figures import plane_figures
from vae_explorer.projections import store
from vae_explorer.projections.settings import Settings, key
from vae_explorer.projections.store import Projection
from vae_explorer.ui import widgets
from vae_explorer.ui.map_choice import explaining_most

MODEL, PLANE = widgets.key("model"), widgets.key("plane")


@pytest.fixture
def trained(tmp_path, monkeypatch, digits):
    """A model of five units with no map beside it."""
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path / "runs"))
    monkeypatch.setenv("VAE_EXPLORER_CACHE", str(tmp_path / "cache"))
    return save_tiny(tmp_path / "runs" / "five", digits, latent_dim=5)


def fitted(checkpoint, method: str, trust: float) -> None:
    """A made-up map in the cache."""
    mu, chosen = catalogue.LATENTS.get(checkpoint).mu, Settings(method)
    xy = np.zeros((len(mu), 2), np.float32)
    store.save(cache_root() / f"{key(mu, chosen)}.npz", Projection(chosen, xy, trust, 100, 15, len(mu), 1.0))


def test_the_most_trustworthy_of_what_is_there_is_shown(open_page, trained):
    principal, units = (plane_figures(trained, which).trust.value for which in ((), (0, 1)))
    assert principal > units
    assert explaining_most(trained) == "pca"
    assert open_page("explore", {"model": "five"}).selectbox(key=PLANE).value == "pca"
    fitted(trained, "umap", 0.8)
    fitted(trained, "densmap", 0.7)
    assert explaining_most(trained) == "umap"
    (cache_root() / f"{key(catalogue.LATENTS.get(trained).mu, Settings('tsne'))}.npz").write_bytes(b"half a map")
    assert open_page("explore", {"model": "five"}).selectbox(key=PLANE).value == "umap"


SHIPPED = {"mnist-mlp-z2": "units", "digits-mlp-z2": "units", CONV: "tsne", B4: "tsne"}


@pytest.mark.parametrize(("model", "plane"), SHIPPED.items())
def test_shipped_models_open_with_what_was_measured_best(open_page, model, plane):
    at = open_page("explore", {"model": model})
    assert fine(at)
    assert at.selectbox(key=PLANE).value == plane
    assert query(at) == {"model": model}


def test_who_chose_nothing_gets_each_models_own(open_page, trained):
    at = open_page("explore")
    for model, plane in ((CONV, "tsne"), ("five", "pca"), ("mnist-mlp-z2", "units"), (B4, "tsne")):
        at.selectbox(key=MODEL).select(model).run()
        assert at.selectbox(key=PLANE).value == plane
        assert query(at) == {"model": model}


def test_a_choice_goes_along_and_so_does_one_back_to_what_was_shown(open_page):
    at = open_page("explore", {"model": CONV})
    at.selectbox(key=PLANE).select("units").run()
    assert query(at) == {"model": CONV, "plane": "units"}
    at.selectbox(key=MODEL).select(B4).run()
    assert query(at) == {"model": B4, "plane": "units"}
    at.selectbox(key=PLANE).select("tsne").run()
    at.selectbox(key=MODEL).select("mnist-mlp-z2").run()
    assert query(at) == {"model": "mnist-mlp-z2", "plane": "tsne"}


@pytest.mark.parametrize("link", [{"plane": "units"}, {"units": "3,5"}, {"view": "0,0,5"}])
def test_a_link_wins_and_one_of_units_or_of_places_alone_is_of_two_units(open_page, link):
    at = open_page("explore", {"model": CONV} | link)
    assert fine(at)
    assert at.selectbox(key=PLANE).value == "units"
    assert query(at) == {"model": CONV, "plane": "units"} | link


def test_a_link_says_the_map_once_it_says_places_on_it(open_page):
    at = open_page("explore", {"model": CONV})
    at.session_state["view"] = (0.5, 1.0, 20.0)
    at.run()
    assert query(at) == {"model": CONV, "plane": "tsne", "view": "0.5,1.0,20.0"}
