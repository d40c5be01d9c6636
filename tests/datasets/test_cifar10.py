"""CIFAR-10: read from its published files, of which no other is ever unpickled; fetched whole or not at all."""

import hashlib
import pickle
import tarfile
from pathlib import Path

import numpy as np
import pytest
from torchvision.datasets import CIFAR10

from tests.datasets.raw_files import LABELS, N, mirror, write_cifar10
from vae_explorer import datasets
from vae_explorer.datasets import cifar10
from vae_explorer.errors import DataUnavailable

IMAGES = np.random.default_rng(0).integers(0, 256, (N, 3, 32, 32), dtype=np.uint8)


def test_photos_come_as_they_lie_in_the_files(tmp_path, monkeypatch):
    write_cifar10(tmp_path, IMAGES, monkeypatch)
    train, test = (datasets.load("cifar10", split, tmp_path) for split in datasets.SPLITS)
    assert np.array_equal(train.images[:], np.tile(IMAGES, (5, 1, 1, 1)))
    assert np.array_equal(test.images[:], IMAGES)
    assert np.array_equal(test.labels, LABELS)


class Canary:
    """Unpickled, it would leave a file."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __reduce__(self):
        return Path.touch, (self.place,)


@pytest.mark.parametrize("name", cifar10.FILES)
def test_a_file_with_another_checksum_is_not_unpickled(name, tmp_path, monkeypatch):
    folder = write_cifar10(tmp_path, IMAGES, monkeypatch)
    (folder / name).write_bytes(pickle.dumps(Canary(tmp_path / "ran")))
    with pytest.raises(DataUnavailable, match="damaged; delete them and download again"):
        datasets.load("cifar10", "train", tmp_path)
    assert not (tmp_path / "ran").exists()


def test_without_its_files_it_says_where_they_belong(tmp_path):
    assert not cifar10.available(tmp_path)
    with pytest.raises(DataUnavailable, match=f"CIFAR-10 is not in .*{cifar10.FOLDER}; download it"):
        datasets.load("cifar10", "test", tmp_path)


def test_its_files_are_those_of_torchvision():
    lists = [name for name, _ in (*CIFAR10.train_list, *CIFAR10.test_list)]
    assert [*lists, CIFAR10.meta["filename"]] == list(cifar10.FILES)
    assert CIFAR10.base_folder == cifar10.FOLDER


def test_a_download_is_put_in_its_place_whole(tmp_path, monkeypatch):
    folder = write_cifar10(tmp_path / "source", IMAGES, monkeypatch)
    archive = tmp_path / CIFAR10.filename
    with tarfile.open(archive, "w:gz") as packed:
        packed.add(folder, cifar10.FOLDER)
    monkeypatch.setattr(CIFAR10, "tgz_md5", hashlib.md5(archive.read_bytes()).hexdigest())
    root = tmp_path / "data"
    with mirror({archive.name: archive.read_bytes()}) as address:
        monkeypatch.setattr(CIFAR10, "url", f"{address}{archive.name}")
        cifar10.download(root, lambda *step: None)
    assert [path.name for path in root.iterdir()] == [cifar10.FOLDER]
    assert np.array_equal(datasets.load("cifar10", "test", root).images[:], IMAGES)


def test_a_download_without_a_network_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(CIFAR10, "url", "http://127.0.0.1:9/none")
    with pytest.raises(DataUnavailable, match="CIFAR-10 could not be downloaded; check the network"):
        cifar10.download(tmp_path, lambda *step: None)
    assert list(tmp_path.iterdir()) == []
