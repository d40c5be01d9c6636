"""Pictures of one's own: kept whole under a name that says what they are, read back, deleted, and never a path."""

import json
from pathlib import Path

import numpy as np
import pytest

from vae_explorer import datasets, folders, npz
from vae_explorer.config import TrainConfig
from vae_explorer.datasets import own
from vae_explorer.datasets.row import first_run
from vae_explorer.errors import DataUnavailable, InvalidSetting, StorageError, UnknownName
from vae_explorer.run_settings import RunSettings

CLASSES = ("cat", "dog")


def pictures(n: int = 40, channels: int = 3, side: int = 32, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    images = np.random.default_rng(seed).integers(0, 256, (n, channels, side, side), dtype=np.uint8)
    return images, np.arange(n, dtype=np.int64) % 2


@pytest.fixture(autouse=True)
def root(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("VAE_EXPLORER_DATA", str(tmp_path))
    return tmp_path


def kept(root: Path, title: str = "pets", **made: int) -> str:
    return own.keep(title, *pictures(**made), CLASSES, root)


def test_a_set_is_a_data_set_like_any_other(root):
    images, labels = pictures()
    name = kept(root)
    row = datasets.table()[name]
    assert (row.title, row.image_shape, row.classes) == ("pets", (3, 32, 32), CLASSES)
    assert row.available(root)
    parts = {split: datasets.load(name, split) for split in datasets.SPLITS}
    assert {split: len(part) for split, part in parts.items()} == {"train": 30, "test": 10}
    assert {part.name for part in parts.values()} == {name}
    found = np.concatenate([part.images[:] for part in parts.values()])
    found_labels = np.concatenate([part.labels for part in parts.values()])
    places = [int(np.flatnonzero((images == one).all(axis=(1, 2, 3)))[0]) for one in found]
    assert sorted(places) == list(range(40))
    assert np.array_equal(found_labels, labels[places])


def test_the_split_is_the_same_every_time(root, tmp_path):
    name = kept(root)
    assert kept(tmp_path / "other") == name
    again = datasets.dataset(name).load("test", root)
    read = own.find(name, tmp_path / "other")
    assert read is not None
    assert np.array_equal(read.load("test", root).images[:], again.images[:])


def test_another_data_root_does_not_move_it(root, tmp_path):
    assert len(datasets.load(kept(root), "test", tmp_path / "elsewhere")) == 10


def test_built_in_rows_come_first_and_cannot_be_shadowed(root):
    name = kept(root, "mnist")
    assert list(datasets.table()) == [*datasets.DATASETS, name]
    assert datasets.dataset("mnist") is datasets.DATASETS["mnist"]


def test_a_name_is_of_one_set_of_pictures(root):
    name = kept(root)
    assert kept(root) == name
    for title in ("pets", "PETS"):
        with pytest.raises(InvalidSetting, match=f"There is a data set {title} already; delete it"):
            kept(root, title, seed=1)
    own.delete("pets", root)
    assert kept(root, seed=1) != name


@pytest.mark.parametrize("title", ["MNIST", "fashion-mnist", "CIFAR10"])
def test_pictures_are_not_kept_under_the_name_of_a_published_set(title):
    with pytest.raises(InvalidSetting, match=r"There is a data set .* already; choose another name"):
        datasets.require_title(title)


@pytest.mark.parametrize("title", ["", ".", "..", "../up", "/etc", ".hidden", "a/b", "a\\b", "-x", "a" * 25, "<b>"])
def test_what_is_no_name_is_refused_before_anything_is_written(title, root):
    with pytest.raises(InvalidSetting, match="A name is at most 24 letters"):
        kept(root, title)
    assert list(root.iterdir()) == []


@pytest.mark.parametrize("name", ["own-", "own-../pets", "own-..", "own-/etc-000000", "own-pets", "own-pets-00000g"])
def test_a_name_from_outside_is_no_path(name, root):
    (root / "pets").mkdir()
    with pytest.raises(UnknownName, match="There is no data set"):
        datasets.dataset(name)


def test_of_pictures_of_another_machine_it_says_what_to_do(root):
    name = kept(root / "there")
    with pytest.raises(DataUnavailable, match=f"Nothing is known here of the pictures {name}; add them as pets, or"):
        datasets.dataset(name)
    assert kept(root) == name
    assert datasets.dataset(name).available(root)


@pytest.mark.parametrize("n", [0, 1, 19])
def test_too_few_pictures_are_refused(n, root):
    with pytest.raises(InvalidSetting, match=r"at least 20 pictures; here (is|are) "):
        kept(root, n=n)


def test_a_deleted_set_is_gone_but_its_models_know_its_classes(root):
    name = kept(root)
    assert own.delete(name, root) == name
    assert name not in datasets.table()
    row = datasets.dataset(name)
    assert (row.title, row.classes, row.available(root)) == ("pets", CLASSES, False)
    with pytest.raises(DataUnavailable, match="pets were deleted; add them again"):
        datasets.load(name, "train")
    assert [path.name for path in (root / "own" / name.removeprefix("own-")).iterdir()] == [own.ABOUT]
    with pytest.raises(UnknownName, match="data set of your own"):
        own.delete(name, root)
    assert kept(root) == name
    assert datasets.dataset(name).available(root)


def test_a_full_disk_leaves_nothing(root, monkeypatch):
    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders, "_write_file", full)
    with pytest.raises(StorageError, match="cannot be written: No space left on device"):
        kept(root)
    assert list((root / "own").iterdir()) == []
    assert own.sets(root) == []


ABOUT = {"title": "pets", "image_shape": [3, 32, 32], "classes": ["cat", "dog"], "train": 30, "test": 10}


@pytest.mark.parametrize(
    "change",
    [
        {"image_shape": [3, 32]},
        {"image_shape": [2, 32, 32]},
        {"image_shape": [3, 4096, 4096]},
        {"classes": []},
        {"classes": [1, 2]},
        {"classes": None},
        {"title": "../up"},
        {"title": 3},
        {"train": -1},
        {"test": "many"},
    ],
)
def test_a_folder_that_says_something_else_is_no_set(change, root):
    name = kept(root)
    path = root / "own" / name.removeprefix("own-") / own.ABOUT
    path.write_text(json.dumps(ABOUT | change))
    assert own.sets(root) == []
    path.write_text("no JSON")
    assert own.sets(root) == []
    path.write_text(json.dumps(ABOUT))
    assert [one.name for one in own.sets(root)] == [name]


@pytest.mark.parametrize(
    "data",
    [
        b"no archive",
        npz.pack({"images": pictures(10)[0]}),
        npz.pack({"images": pictures(9)[0], "labels": np.zeros(9, np.int64)}),
        npz.pack({"images": pictures(10)[0], "labels": np.full(10, 2)}),
        npz.pack({"images": pictures(10)[0], "labels": np.zeros(10, np.float64)}),
        npz.pack({"images": pictures(1_000)[0], "labels": np.zeros(10, np.int64)}),
    ],
    ids=["no archive", "no labels", "too few", "a third class", "no whole numbers", "too many"],
)
def test_damaged_files_are_one_sentence(data, root):
    name = kept(root)
    (root / "own" / name.removeprefix("own-") / "test.npz").write_bytes(data)
    with pytest.raises(DataUnavailable, match=r"The files of pets .* are damaged; delete it and add"):
        datasets.load(name, "test")


@pytest.mark.parametrize(
    ("shape", "preset"),
    [
        ((1, 28, 28), "mlp-z2"),
        ((1, 64, 64), "burgess-z10"),
        ((3, 32, 32), "burgess-z10"),
        ((3, 128, 128), "conv-z10"),
        ((3, 30, 30), "mlp-256-256-z10"),
    ],
)
def test_the_first_run_fits_shape_and_number(shape, preset, root):
    name = own.keep("x", np.zeros((50, *shape), np.uint8), np.zeros(50, np.int64), ("all",), root)
    settings = RunSettings(datasets.dataset(name).first_run.preset, name)
    assert settings.preset == preset
    assert settings.train.batch_size == 40
    assert 1 <= settings.train.epochs <= 200


def test_more_pictures_have_fewer_epochs_and_the_usual_batches():
    few, many = (first_run((3, 32, 32), n) for n in (2_700, 50_000))
    assert few.epochs > many.epochs >= 1
    assert few.batch_size == many.batch_size == TrainConfig().batch_size
