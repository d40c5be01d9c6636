"""Around the map: colours, legends, a selected area, neighbours, and what a link or another model makes of them."""

import shutil

import numpy as np
import pytest

from tests.kinds import KINDS, Kind, save_kind
from tests.ui.charts_on import charts_on
from tests.ui.test_kinds_on_pages import captions, components, told
from tests.ui.test_pages import CONV, fine, query
from vae_explorer.cache import cache_root
from vae_explorer.checkpoints import catalogue
from vae_explorer.latents import clusters, neighbours, selection
from vae_explorer.latents.clusters import Clusters
from vae_explorer.latents.encoded import Latents, column
from vae_explorer.projections import store
from vae_explorer.projections.settings import Settings, key
from vae_explorer.projections.store import Projection
from vae_explorer.ui import colour_choices, colour_field, widgets
from vae_explorer.ui.params import PARAMS
from vae_explorer.ui.words import literal

pytestmark = pytest.mark.thorough

PRETRAINED = ("mnist-mlp-z2", CONV, "mnist-conv-z10-b4", "digits-mlp-z2")
EVERYTHING = "-900,-900,900,-900,900,900,-900,900"
MIDDLE = "-0.9,-0.9,0.9,-0.9,0.9,0.9"


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    folder = tmp_path_factory.mktemp("kinds")
    for name, kind in (KINDS | {"plain": Kind()}).items():
        save_kind(folder / name, kind)
    return folder


@pytest.fixture
def kinds(saved, tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    shutil.copytree(saved, tmp_path, dirs_exist_ok=True)


def latents_of(model: str) -> Latents:
    return catalogue.LATENTS.get(catalogue.find(model))


def on_map(at) -> dict:
    return told(at, "axes")


def mosaics(at) -> list[dict]:
    return [one for one in components(at) if "source" in one]


def headings(at) -> list[str]:
    return [text.value.removeprefix("## ") for text in at.markdown if text.value.startswith("## ")]


@pytest.mark.parametrize("model", [*KINDS, "plain"])
def test_every_kind_takes_every_colour_it_is_offered(open_page, kinds, model):
    at = open_page("explore", {"model": model, "point": "7"})
    options = colour_choices.choices(catalogue.find(model), "class", 7)
    for colour in options:
        at.selectbox(key=widgets.key("colour")).select(colour).run()
        assert fine(at), colour
        assert not at.toast, colour
        data = on_map(at)
        shown = data["colour"].get("column", data["legend"]["column"])
        assert shown == {"class": "label", "distance": "distance-7"}.get(colour, colour)
        assert len(data["legend"]["names"]) == len(data["legend"]["colours"])


def test_distances_are_offered_once_there_is_an_image_to_measure_from(open_page):
    for link, times in (({"model": CONV}, 0), ({"model": CONV, "point": "7"}, 1)):
        options = open_page("explore", link).selectbox(key=widgets.key("colour")).options
        assert sum(option.startswith("Distance") for option in options) == times


@pytest.mark.parametrize("model", PRETRAINED)
@pytest.mark.parametrize("colour", ["nll", "mu-1", "sigma-0", "kmeans-10", "hdbscan", "distance"])
def test_every_shipped_model_is_coloured_selected_and_compared(open_page, model, colour):
    link = {"model": model, "colour": colour, "point": "3", "area": MIDDLE}
    at = open_page("explore", link)
    assert fine(at)
    assert not at.toast
    assert query(at) == link | ({"plane": "units"} if "conv" in model else {})
    assert len(on_map(at)["neighbours"]["indices"]) == 10


def test_how_many_clusters_is_chosen_beside_the_colour_and_kept_in_the_address(open_page):
    at = open_page("explore", {"model": CONV})
    assert not [one for one in at.number_input if one.label == "Clusters"]
    at.selectbox(key=widgets.key("colour")).select("kmeans-10").run()
    at.number_input(key=colour_field.K).set_value(12).run()
    assert fine(at)
    assert query(at)["colour"] == "kmeans-12"
    assert len(on_map(at)["legend"]["names"]) == 12
    assert at.selectbox(key=widgets.key("colour")).value == "kmeans-12"


def test_clusters_are_the_legend(open_page):
    at = open_page("explore", {"model": CONV, "colour": "kmeans-7", "hidden": "6"})
    data, found = on_map(at), clusters.clusters(latents_of(CONV).mu, "kmeans-7")
    assert data["colour"] == {"kind": "category"}
    assert (data["legend"]["column"], data["legend"]["title"]) == ("kmeans-7", "Cluster")
    assert tuple(data["legend"]["names"]) == found.names
    assert data["hidden"] == [6]
    assert data["classes"] == list("0123456789")
    assert at.selectbox(key=widgets.key("colour")).value == "kmeans-7"
    at.selectbox(key=widgets.key("colour")).select("nll").run()
    assert (on_map(at)["legend"]["column"], on_map(at)["hidden"]) == ("label", [])
    assert not at.toast


def test_it_is_said_where_colours_of_clusters_repeat_and_noise_has_no_middle(open_page, monkeypatch):
    def found(checkpoint, name):
        return Clusters(np.zeros(360, np.int64), (*clusters._names(21), "noise"), 360)

    monkeypatch.setattr(colour_choices, "clustered", found)
    legend = on_map(open_page("explore", {"model": "digits-mlp-z2", "colour": "hdbscan"}))["legend"]
    assert legend["note"] == "Colours repeat after T."
    assert legend["centred"] == list(range(21))
    assert on_map(open_page("explore"))["legend"]["note"] == ""


def test_a_value_is_told_with_its_column_and_words(open_page):
    data = on_map(open_page("explore", {"model": CONV, "colour": "sigma-3"}))
    assert data["colour"] == {"kind": "value", "column": "sigma-3", "label": "σ of unit 3"}
    data = on_map(open_page("explore", {"model": CONV, "colour": "distance", "point": "42"}))
    assert data["colour"] == {"kind": "value", "column": "distance-42", "label": "Latent distance to image 42"}


MISFITS = [
    ("ae", {"colour": "rate"}, "Colour: back to the default, a plain autoencoder has no rate."),
    ("ae", {"colour": "sigma-1"}, "Colour: back to the default, a plain autoencoder has no σ."),
    ("plain", {"colour": "mu-3"}, "Colour: back to the default, units go from 0 to 2."),
    ("plain", {"colour": "distance"}, "Colour: back to the default, no image is chosen."),
    ("ae", {"measure": "kl"}, "Measure of neighbours: back to the default, a plain autoencoder has no posterior."),
    ("plain", {"hidden": "10"}, "Hidden categories: back to the default, the legend has 10 entries."),
    ("plain", {"spot": "1,2"}, "Place on the map: back to the default, only a fitted map has one."),
]


@pytest.mark.parametrize(("model", "link", "note"), MISFITS)
def test_what_does_not_fit_is_one_note(open_page, kinds, model, link, note):
    at = open_page("explore", {"model": model} | link)
    assert fine(at)
    assert [toast.value for toast in at.toast] == [literal(note)]
    assert query(at) == {"model": model}


BAD = [("colour", "kmeans-1"), ("colour", "kmeans-21"), ("colour", "mu-01"), ("colour", "mu-٣"), ("colour", "logvar-1"),
       ("area", "1,2,3,4"), ("area", "1,2,3,4,5,6,7"), ("area", ",".join("1" * 130)), ("area", "0,0,1,nan,2,2"),
       ("spot", "1"), ("spot", "1,2,3"), ("spot", "1e9,0"), ("lattice", "1.5"), ("lattice", "-1"), ("refine", "1"),
       ("thumbnails", ""), ("contours", "yes"), ("measure", "cosine"), ("n_neighbors", "1"), ("n_neighbors", "15.5"),
       ("min_dist", "1"), ("metric", "hamming"), ("perplexity", "4"), ("map_seed", "-1"), ("plane", "mds")]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), BAD)
def test_bad_values_are_refused(name, text):
    with pytest.raises(ValueError, match="expected"):
        PARAMS[name].read(text)


GOOD = [("colour", "kmeans-20"), ("colour", "mu-0"), ("colour", "sigma-511"), ("area", (0.0, 1.5, 2, 3, 4, -5)),
        ("spot", (1.25, -3)), ("lattice", 0.5), ("n_neighbors", 200), ("perplexity", 5), ("plane", "umap")]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), GOOD)
def test_good_values_survive_the_url(name, value):
    assert PARAMS[name].read(PARAMS[name].write(value)) == value


def test_layers_reach_the_map(open_page):
    at = open_page("explore")
    usual = {
        "lattice": 0,
        "names": "on",
        "contours": "off",
        "thumbnails": "on",
        "refine": "off",
        "spot": None,
        "area": None,
    }
    assert {name: on_map(at)[name] for name in usual} == usual
    assert on_map(at)["neighbours"] is None
    link = {
        "model": "mnist-mlp-z2",
        "lattice": "0.4",
        "names": "off",
        "contours": "on",
        "thumbnails": "off",
        "refine": "on",
    }
    at = open_page("explore", link)
    assert on_map(at)["lattice"] == 0.4
    assert [on_map(at)[name] for name in ("names", "contours", "thumbnails", "refine")] == ["off", "on", "off", "on"]
    assert query(at) == link


def test_a_selection_is_shown_with_its_reconstructions_classes_and_mean(open_page):
    at = open_page("explore", {"model": "digits-mlp-z2", "area": MIDDLE})
    latents = latents_of("digits-mlp-z2")
    corners = np.array(MIDDLE.split(","), float).reshape(-1, 2)
    inside = selection.within(corners, selection.places(*latents.mu.T), np.ones(360, bool))
    shown = selection.spread(inside, 24).tolist()
    assert len(inside) > 24
    assert headings(at) == [f"Selection: {len(inside)} images"]
    originals, again, mean = mosaics(at)
    assert originals["source"]["indices"] == shown
    assert np.array_equal(np.array(again["source"]["z"], np.float32), latents.mu[shown])
    np.testing.assert_allclose(mean["source"]["z"], [latents.mu[inside].mean(0)], rtol=1e-5)
    bars = charts_on(at)[0]["data"][0]
    assert sum(int(text or 0) for text in bars["text"]) == len(inside)
    assert on_map(at)["area"] == corners.ravel().tolist()
    assert len(at.get("download_button")) == 2


def test_hidden_categories_are_not_selected(open_page):
    at = open_page("explore", {"model": "digits-mlp-z2", "area": EVERYTHING, "hidden": "0,1,2,3,4,5,6,7,8"})
    nines = int((latents_of("digits-mlp-z2").label == 9).sum())
    assert headings(at) == [f"Selection: {nines} images"]
    at = open_page("explore", {"model": CONV, "area": EVERYTHING, "colour": "kmeans-2", "hidden": "0"})
    others = int((clusters.clusters(latents_of(CONV).mu, "kmeans-2").ids == 1).sum())
    assert headings(at) == [f"Selection: {others:,} images"]


def test_an_area_without_points_and_no_image_show_nothing(open_page):
    at = open_page("explore", {"model": "digits-mlp-z2", "area": "900,900,901,900,901,901"})
    assert fine(at)
    assert not headings(at)
    assert not mosaics(at)


@pytest.mark.parametrize("model", [*KINDS, "plain"])
@pytest.mark.parametrize("plane", ["units", "pca"])
def test_every_kind_is_selected_on_every_plane(open_page, kinds, model, plane):
    at = open_page("explore", {"model": model, "plane": plane, "area": EVERYTHING, "point": "3"})
    assert fine(at)
    assert headings(at) == ["Selection: 40 images", "Neighbours of image 3"]
    again, mean = mosaics(at)[1:3]
    label = latents_of(model).label
    conditional = model in ("cvae", "conditional-ae")
    indices = mosaics(at)[0]["source"]["indices"]
    assert again["source"]["y"] == (label[indices].tolist() if conditional else None)
    assert mean["source"]["y"] == ([0] if conditional else None)
    assert mean["caption"].endswith(", as class 0") == conditional


def test_a_selection_on_a_fitted_map_is_made_of_its_places(open_page, kinds, tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_CACHE", str(tmp_path / "cache"))
    latents = latents_of("plain")
    xy = np.stack([np.arange(40), np.zeros(40)], axis=1).astype(np.float32)
    fitted = Projection(Settings("umap"), xy, 0.9, 40, 15, 40, 1.0)
    store.save(cache_root() / f"{key(latents.mu, fitted.settings)}.npz", fitted)
    at = open_page("explore", {"model": "plain", "plane": "umap", "area": "4.5,-1,9.5,-1,9.5,1,4.5,1"})
    assert fine(at)
    assert headings(at) == ["Selection: 5 images"]
    assert mosaics(at)[0]["source"]["indices"] == [5, 6, 7, 8, 9]


@pytest.mark.parametrize("measure", ["euclidean", "kl"])
def test_neighbours_are_shown_in_order_with_index_class_and_distance(open_page, measure):
    at = open_page("explore", {"model": "digits-mlp-z2", "point": "42", "measure": measure})
    latents = latents_of("digits-mlp-z2")
    found = neighbours.neighbours(latents, 42, 10, measure)
    row = mosaics(at)[0]
    assert headings(at) == ["Neighbours of image 42"]
    assert row["source"]["indices"] == found.indices.tolist()
    assert on_map(at)["neighbours"] == {"indices": found.indices.tolist(), "measure": measure}
    unit = " nats" if measure == "kl" else ""
    index, distance = found.indices[0], found.distances[0]
    assert row["labels"][0] == [f"image {index}", f"class {latents.label[index]}", f"{distance:.3g}{unit}"]


def test_a_measure_is_chosen_where_there_are_two(open_page, kinds):
    at = open_page("explore", {"model": "plain", "point": "4"})
    at.selectbox(key=widgets.key("measure")).select("kl").run()
    assert query(at) == {"model": "plain", "point": "4", "measure": "kl"}
    assert "between posteriors" in mosaics(at)[0]["caption"]
    at = open_page("explore", {"model": "ae", "point": "4"})
    assert not any(box.label == "Measure" for box in at.selectbox)


def test_reconstructions_stand_in_for_absent_originals_and_say_so(open_page, tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_DATA", str(tmp_path))
    at = open_page("explore", {"model": CONV, "area": MIDDLE, "point": "7"})
    assert fine(at)
    assert {one["source"]["kind"] for one in mosaics(at)} == {"codes"}
    assert "not on this machine" in mosaics(at)[0]["caption"]
    assert "reconstructions" in mosaics(at)[-1]["caption"]
    assert "not on this machine" in captions(at)


def test_places_are_forgotten_with_the_map_they_were_on(open_page):
    link = {"model": CONV, "plane": "units", "area": MIDDLE, "view": "0,0,5"}
    at = open_page("explore", link)
    assert query(at) == link
    at.selectbox(key=widgets.key("colour")).select("kmeans-10").run()
    assert query(at) == link | {"colour": "kmeans-10"}
    at.selectbox(key=widgets.key("plane")).select("pca").run()
    assert query(at) == {"model": CONV, "plane": "pca", "colour": "kmeans-10"}
    for box, chosen in ((widgets.key("units-0"), latents_units(CONV)[4]), (widgets.key("model"), "mnist-conv-z10-b4")):
        at = open_page("explore", link)
        at.selectbox(key=box).select(chosen).run()
        assert "area" not in query(at)
        assert "view" not in query(at)
        assert not at.toast


def latents_units(model: str) -> list[int]:
    from vae_explorer.latents.encoded import units_by_information

    return units_by_information(latents_of(model))


def test_another_model_forgets_a_unit_it_was_coloured_by(open_page):
    at = open_page("explore", {"model": CONV, "colour": "mu-9"})
    at.selectbox(key=widgets.key("model")).select("mnist-mlp-z2").run()
    assert not at.toast
    assert query(at) == {"model": "mnist-mlp-z2"}


def test_hidden_clusters_are_no_hidden_classes_on_another_page(open_page):
    at = open_page("explore", {"model": CONV, "colour": "kmeans-10", "hidden": "3"})
    at.switch_page("compare.py").run()
    assert fine(at)
    assert at.session_state["hidden"] == ()


def test_the_distance_of_the_table_is_that_of_the_map():
    latents = latents_of("digits-mlp-z2")
    found = neighbours.neighbours(latents, 42, 10)
    np.testing.assert_allclose(column(latents, "distance-42")[found.indices], found.distances, rtol=1e-5)
