"""Fitted maps on Explore: shipped ones at once, others on their way, stopped, failed and refused; never a blank map."""

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import save_tiny
from tests.ui.test_pages import fine, query
from vae_explorer import folders
from vae_explorer.checkpoints import catalogue
from vae_explorer.projections import PROJECTIONS
from vae_explorer.projections.desk import QUEUE
from vae_explorer.projections.settings import Settings, key
from vae_explorer.ui import widgets

CONV, DIGITS = "mnist-conv-z10-b1", "digits-mlp-z2"
FITTED = [name for name, row in PROJECTIONS.items() if row.fitted]
SHIPPED = [CONV, "mnist-conv-z10-b4", "mnist-mlp-z2", DIGITS]


@pytest.fixture(autouse=True)
def nothing_cached(tmp_path, monkeypatch) -> Iterator[Path]:
    monkeypatch.setenv("VAE_EXPLORER_CACHE", str(tmp_path / "cache"))
    yield tmp_path / "cache"
    for task in QUEUE.tasks:
        QUEUE.stop(task.key)
        task.over.wait(60)
        QUEUE.forget(task.key)


def plane(at: AppTest) -> dict[str, object]:
    """What the map is told to show."""
    told = (json.loads(component.proto.json) for component in at.get("bidi_component"))
    return next(data["plane"] for data in told if "plane" in data)


def said(at: AppTest) -> str:
    return " ".join(item.value for item in (*at.caption, *at.warning)).replace("\\", "")


def until_there(at: AppTest) -> None:
    end = time.monotonic() + 120
    while plane(at)["kind"] != "map":
        assert time.monotonic() < end
        assert fine(at)
        time.sleep(0.3)
        at.run()


@pytest.mark.parametrize("model", SHIPPED)
@pytest.mark.parametrize("method", FITTED)
def test_the_shipped_maps_are_there_at_once(open_page, model, method):
    at = open_page("explore", model=model, plane=method)
    assert fine(at)
    assert plane(at)["kind"] == "map"
    assert "trustworthiness 0." in said(at)
    assert "distances have no unit · seed 0" in said(at)
    assert not QUEUE.tasks


@pytest.mark.process
@pytest.mark.usefixtures("warm_children")
def test_another_setting_is_another_map_with_a_plane_meanwhile(open_page, nothing_cached):
    at = open_page("explore", model=DIGITS, plane="umap")
    shipped = plane(at)
    at.number_input(key=widgets.key("n_neighbors")).set_value(9).run()
    assert plane(at) == {"kind": "units", "units": [0, 1]}
    assert at.button(key="map-stop").label == "Stop"
    until_there(at)
    assert plane(at)["projection"] != shipped["projection"]
    assert query(at) == {"model": DIGITS, "plane": "umap", "n_neighbors": "9"}
    assert [path.stem for path in nothing_cached.glob("*.npz")] == [plane(at)["projection"]]
    again = open_page("explore", query(at))
    assert plane(again) == plane(at)


@pytest.mark.process
@pytest.mark.usefixtures("warm_children")
def test_a_map_is_stopped_and_computed_again(open_page):
    at = open_page("explore", model=CONV, plane="tsne", map_seed=5)
    assert plane(at)["kind"] == "pca"
    at.button(key="map-stop").click().run()
    (job,) = QUEUE.tasks
    assert job.over.wait(60)
    at.run()
    assert "t-SNE: stopped." in said(at)
    at.button(key="map-again").click().run()
    assert QUEUE.tasks[0] is not job
    assert at.button(key="map-stop")


@pytest.mark.process
@pytest.mark.usefixtures("warm_children")
def test_a_killed_process_is_said_on_the_page(open_page):
    at = open_page("explore", model=CONV, plane="tsne", map_seed=6)
    (job,) = QUEUE.tasks
    while job.process is None:
        time.sleep(0.02)
    os.kill(job.process.pid, signal.SIGKILL)
    assert job.over.wait(60)
    at.run()
    assert fine(at)
    assert plane(at)["kind"] == "pca"
    assert "ended before it was done" in said(at)
    assert at.button(key="map-again")


@pytest.mark.process
@pytest.mark.usefixtures("warm_children")
def test_who_asks_for_another_map_waits_no_longer_for_the_first(open_page):
    at = open_page("explore", model=CONV, plane="tsne", map_seed=7)
    (first,) = QUEUE.tasks
    at.number_input(key=widgets.key("map_seed")).set_value(8).run()
    assert first.over.wait(60)
    mu = catalogue.LATENTS.get(catalogue.find(CONV)).mu
    assert [task.key for task in QUEUE.tasks] == [key(mu, Settings("tsne", seed=8))]
    at.selectbox(key=widgets.key("plane")).select("units").run()
    assert fine(at)
    assert not [job for job in QUEUE.tasks if job.state == "running"]


@pytest.mark.process
@pytest.mark.usefixtures("warm_children")
def test_two_sessions_wait_for_one_process(open_page):
    one = open_page("explore", model=CONV, plane="tsne", map_seed=9)
    two = open_page("explore", model=CONV, plane="tsne", map_seed=9)
    (job,) = QUEUE.tasks
    assert len(job.askers) == 2
    one.selectbox(key=widgets.key("plane")).select("pca").run()
    assert not job.over.is_set()
    two.selectbox(key=widgets.key("plane")).select("pca").run()
    assert job.over.wait(60)


def test_what_cannot_be_laid_out_is_refused_in_one_line(open_page, tmp_path, monkeypatch, digits):
    few = digits.select(slice(3))
    save_tiny(tmp_path / "runs" / "few", few)
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path / "runs"))
    at = open_page("explore", model="few", plane="umap")
    assert fine(at)
    assert "UMAP: A fitted map needs 5 images; there are 3" in said(at)
    assert plane(at)["kind"] == "pca"
    at = open_page("explore", model=DIGITS, plane="umap", metric="correlation")
    assert "needs 3 latent units" in said(at)
    assert plane(at)["kind"] == "units"


def test_one_unit_is_a_strip_and_nothing_else(open_page, tmp_path, monkeypatch, digits):
    save_tiny(tmp_path / "runs" / "strip", digits, latent_dim=1)
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path / "runs"))
    at = open_page("explore", {"model": "strip", "plane": "umap"})
    assert plane(at) == {"kind": "units", "units": [0]}
    assert any("this model has 1 unit" in toast.value for toast in at.toast)


@pytest.mark.process
@pytest.mark.usefixtures("warm_children")
def test_a_damaged_map_is_made_anew_in_its_place(open_page, nothing_cached):
    mu = catalogue.LATENTS.get(catalogue.find(DIGITS)).mu
    path = nothing_cached / f"{key(mu, Settings('tsne', seed=5))}.npz"
    folders.write_file(path, b"PK half a map")
    at = open_page("explore", model=DIGITS, plane="tsne", map_seed=5)
    assert fine(at)
    assert plane(at)["kind"] == "units"
    (job,) = QUEUE.tasks
    assert job.over.wait(60)
    at.run()
    assert fine(at)
    assert plane(at)["kind"] == "map"
    folders.write_file(path, b"PK half a map")
    at.run()
    (again,) = QUEUE.tasks
    assert again is not job
    assert plane(at)["kind"] == "units"
