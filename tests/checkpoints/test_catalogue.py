import dataclasses
import os
import shutil
import threading

import numpy as np
import pytest

from tests.conftest import save_tiny
from vae_explorer import checkpoints, measurement
from vae_explorer.cache import cache_root
from vae_explorer.checkpoints import catalogue, verification
from vae_explorer.checkpoints.inventory import Inventory
from vae_explorer.checkpoints.shelf import Shelf
from vae_explorer.errors import CheckpointError, UnknownName
from vae_explorer.metrics.results import Result
from vae_explorer.projections import store
from vae_explorer.projections.cloud import Cloud
from vae_explorer.projections.settings import Settings, key
from vae_explorer.projections.store import Projection


@pytest.fixture
def runs(tmp_path, monkeypatch, digits):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    save_tiny(tmp_path / "fine", digits)
    save_tiny(tmp_path / "broken", digits)
    (tmp_path / "broken" / checkpoints.WEIGHTS).write_bytes(b"")
    (tmp_path / ".fine.new").mkdir()
    (tmp_path / "empty").mkdir()
    return tmp_path


def test_a_broken_checkpoint_is_listed_with_its_reason_and_the_others_work(runs):
    entries = {entry.id: entry for entry in catalogue.entries()}
    assert entries["fine"].checkpoint is not None
    assert "truncated" in entries["broken"].reason
    assert "missing" in entries["empty"].reason
    assert ".fine.new" not in entries
    assert "fine" in catalogue.usable()
    assert "broken" not in catalogue.usable()


def test_latents_of_an_unknown_data_set_or_class_are_refused_at_the_door(runs, digits):
    strange = dataclasses.replace(digits, name="elsewhere")
    save_tiny(runs / "strange", strange)
    path = save_tiny(runs / "foreign", digits).folder / checkpoints.CONFIG
    path.write_text(path.read_text().replace('"dataset": "digits"', '"dataset": "nowhere"'))
    save_tiny(runs / "eleven", dataclasses.replace(digits, labels=digits.labels + 1))
    entries = {entry.id: entry for entry in catalogue.entries()}
    assert "elsewhere" in entries["strange"].reason
    assert "nowhere" in entries["foreign"].reason
    assert "labels are not classes" in entries["eleven"].reason


def test_a_folder_that_breaks_in_an_unforeseen_way_harms_no_other(runs, digits, monkeypatch):
    original = verification.read_latents

    def failing(checkpoint):
        if checkpoint.id == "odd":
            raise RecursionError("unforeseen")
        return original(checkpoint)

    save_tiny(runs / "odd", digits)
    save_tiny(runs / "no link www.example", digits)
    monkeypatch.setattr(verification, "read_latents", failing)
    entries = {entry.id: entry for entry in catalogue.entries()}
    assert "log tells more" in entries["odd"].reason
    assert "letters, digits" in entries["no link www.example"].reason
    assert entries["fine"].checkpoint is not None


def test_the_default_comes_first_and_is_listed_even_when_its_folder_is_gone(runs, monkeypatch):
    assert catalogue.entries()[0].id == catalogue.DEFAULT_ID
    monkeypatch.setattr(catalogue, "HOME", runs)
    assert "missing" in catalogue.entries()[0].reason


def test_find_says_what_is_wrong(runs):
    assert catalogue.find("fine").id == "fine"
    with pytest.raises(CheckpointError, match=r"broken: weights\.safetensors is truncated"):
        catalogue.find("broken")
    for name in ("nothing", "../fine", "", "x" * 10_000):
        with pytest.raises(UnknownName):
            catalogue.find(name)


def test_a_changed_checkpoint_is_seen(runs, digits):
    before = catalogue.find("fine").version
    save_tiny(runs / "fine", digits, seed=5)
    assert catalogue.find("fine").version != before


def test_a_shelf_reads_once_and_stays_bounded(runs, digits):
    found = [save_tiny(runs / f"n{i}", digits, seed=i) for i in range(3)]
    read = []
    shelf = Shelf(lambda checkpoint: read.append(checkpoint.id) or checkpoint.id, size=2)
    threads = [threading.Thread(target=shelf.get, args=(found[0],)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read == ["n0"]
    for one in (found[1], found[0], found[2], found[0], found[1]):
        assert shelf.get(one) == one.id
    assert read == ["n0", "n1", "n2", "n1"]


def test_what_does_not_hang_on_measured_figures_is_not_read_again_when_one_is_stored(tiny):
    whole, model = (Shelf(lambda one: one.version, 2, measured=measured) for measured in (True, False))
    before = whole.get(tiny), model.get(tiny)
    stored = measurement.store(tiny, {"toy": Result("toy", "digits", "test", 360, 0, {}, 1.0)})
    assert (whole.get(stored), model.get(stored)) == (stored.version, before[1])
    assert stored.version != before[0]


def test_a_chart_is_built_once_and_again_when_the_checkpoint_changes(runs, digits, tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_CACHE", str(tmp_path / "cache"))
    checkpoint = catalogue.find("fine")
    mu = catalogue.LATENTS.get(checkpoint).mu
    digest, xy = key(mu, Settings("tsne")), mu[:, :2].copy()
    store.save(cache_root() / f"{digest}.npz", Projection(Settings("tsne"), xy, 1.0, 1, 1, 1, 1.0))
    built, lock = [], threading.Lock()

    def noted(points, blur=0.0):
        with lock:
            built.append(points.shape)
        return Cloud(points, blur)

    monkeypatch.setattr(catalogue, "Cloud", noted)
    names = ["pca", digest] * 8
    threads = [threading.Thread(target=catalogue.chart, args=(checkpoint, name)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(built) == sorted([mu.shape, xy.shape])
    fitted = catalogue.chart(checkpoint, digest)
    assert fitted.lift(xy[:5]) == pytest.approx(mu[:5])
    save_tiny(runs / "fine", digits, seed=5)
    changed = catalogue.find("fine")
    assert catalogue.chart(changed, "pca").latents.points == pytest.approx(catalogue.LATENTS.get(changed).mu)
    with pytest.raises(UnknownName, match="map"):
        catalogue.chart(changed, "0" * 32)


STRANGE = ("x" * 252, "line\nbreak", "<b>bold", "[link](www.example)", "\udcff\udcfe", "..b", "")


def test_what_no_checkpoint_may_be_called_and_links_are_named_alone(runs):
    for name in filter(None, STRANGE):
        (runs / name).mkdir()
    (runs / "led-away").symlink_to(runs / "fine")
    (runs / "file").touch()
    os.mkfifo(runs / "pipe")
    entries = {entry.id: entry for entry in catalogue.entries()}
    assert entries["fine"].checkpoint is not None
    assert "it is a link" in entries["led-away"].reason
    named = [entry for entry in entries.values() if "folder's name" in entry.reason]
    assert len(named) == len(STRANGE) - 2  # one with a dot in front is of nobody's business
    assert all(entry.id.isprintable() and len(entry.id) <= 81 for entry in entries.values())
    assert not {"file", "pipe"} & set(entries)
    for name in STRANGE:
        with pytest.raises(UnknownName):
            catalogue.find(name)


@pytest.mark.parametrize("place", ["x" * 3_000, "file/runs"])
def test_a_runs_folder_that_cannot_be_is_named_and_the_shipped_models_work(tmp_path, monkeypatch, place):
    (tmp_path / "file").touch()
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path / place))
    reasons = [entry.reason for entry in catalogue.entries() if entry.checkpoint is None]
    assert catalogue.find(catalogue.DEFAULT_ID)
    assert [reason.endswith("cannot be read: File name too long.") for reason in reasons] == [True] * ("x" in place)


def test_a_change_is_seen_at_the_next_look(runs, digits):
    def usable() -> set[str]:
        return {name for name, one in catalogue.usable().items() if one.folder.parent == runs}

    assert usable() == {"fine"}
    save_tiny(runs / "broken", digits)
    (runs / "fine").rename(runs / "moved")
    assert usable() == {"moved", "broken"}
    (runs / "broken" / checkpoints.LATENTS).unlink()
    assert usable() == {"moved"}
    shutil.rmtree(runs / "moved")
    assert usable() == set()


def test_files_are_verified_once_and_again_when_one_is_changed_in_place(runs, digits):
    seen = []
    inventory = Inventory(lambda folder: seen.append(folder.name) or verification.verified(folder))
    for _ in range(2):
        inventory.entries(runs, known=1)
        assert inventory.entry(runs / "fine", known=1).checkpoint is not None
    inventory.entries(runs, known=2)
    assert sorted(seen) == ["broken", "empty", "fine"]
    weights = runs / "fine" / checkpoints.WEIGHTS
    weights.write_bytes(weights.read_bytes()[:-1] + b"\1")
    assert "corrupt" in inventory.entry(runs / "fine", known=2).reason
    assert "corrupt" in next(entry for entry in inventory.entries(runs, known=2) if entry.id == "fine").reason


NAN, MANY = "not finite", "more than the 4,096 tensors"


@pytest.mark.parametrize("told", [NAN, MANY])
def test_weights_that_are_no_numbers_or_far_too_many_are_not_listed_as_good(runs, told):
    fine = catalogue.find("fine")
    names = [str(place) for place in range(100_000)] if told == MANY else list(checkpoints.read_weights(fine))
    weights = {name: np.full(1, np.nan, np.float32) for name in names}
    checkpoints.save(runs / "odd", fine.recipe, weights, [], latents=catalogue.LATENTS.get(fine))
    assert told in {entry.id: entry for entry in catalogue.entries()}["odd"].reason
