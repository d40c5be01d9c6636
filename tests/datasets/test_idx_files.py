"""Data sets of MNIST's kind: read from the files they are published in, fetched whole or not at all."""

import gzip
import hashlib
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.datasets.raw_files import LABELS, N, idx, mirror, write_idx
from vae_explorer import datasets
from vae_explorer.datasets import fashion_mnist, kmnist, mnist
from vae_explorer.errors import DataUnavailable

KINDS = {files.name: files for files in (mnist.FILES, fashion_mnist.FILES, kmnist.FILES)}
IMAGES = np.random.default_rng(0).integers(0, 256, (N, 28, 28), dtype=np.uint8)


@pytest.mark.parametrize("name", KINDS)
def test_images_come_as_they_lie_in_the_files(name, tmp_path):
    write_idx(tmp_path, KINDS[name].folder, IMAGES)
    found = datasets.load(name, "train", tmp_path)
    assert np.array_equal(found.images[:], IMAGES[:, None])
    assert np.array_equal(found.labels, LABELS)


def test_files_are_read_as_they_are_downloaded_too(tmp_path):
    raw = write_idx(tmp_path, "KMNIST", IMAGES)
    for file in list(raw.iterdir()):
        file.with_name(f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes()))
        file.unlink()
    assert np.array_equal(datasets.load("kmnist", "test", tmp_path).images[:], IMAGES[:, None])
    packed = raw / "t10k-images-idx3-ubyte.gz"
    packed.write_bytes(packed.read_bytes()[:-20])
    with pytest.raises(DataUnavailable, match=r"t10k-images-idx3-ubyte\.gz is damaged; delete it"):
        datasets.load("kmnist", "test", tmp_path)


def test_training_labels_under_the_name_of_the_test_labels_are_told(tmp_path):
    raw = write_idx(tmp_path, "KMNIST", IMAGES)
    (raw / "t10k-labels-idx1-ubyte").write_bytes(idx(np.tile(LABELS, 6)))
    with pytest.raises(DataUnavailable, match="t10k-labels-idx1 holds 120 labels, t10k-images-idx3 20 images"):
        datasets.load("kmnist", "test", tmp_path)


@pytest.mark.parametrize("name", KINDS)
def test_names_of_classes_are_in_the_order_of_torchvision(name):
    theirs = KINDS[name]._torchvision().classes
    assert [one.partition(" - ")[0] for one in theirs] == list(KINDS[name].classes)


@pytest.mark.parametrize(
    ("images", "labels", "told"),
    [
        (IMAGES[:, :, :27], LABELS, "20 images of 28×27: they do not belong together"),
        (IMAGES, LABELS[:5], "train-labels-idx1 holds 5 labels, train-images-idx3 20 images"),
        (IMAGES, LABELS + np.uint8(1), "labels up to 10, not of 10 classes"),
        (IMAGES[:0], LABELS[:0], "0 labels"),
        (IMAGES, LABELS[:, None], "train-labels-idx1-ubyte is damaged; delete it"),
    ],
    ids=["another shape", "labels of another length", "an eleventh class", "none", "labels of two sides"],
)
def test_other_images_are_refused(images, labels, told, tmp_path):
    write_idx(tmp_path, "KMNIST", images, labels)
    with pytest.raises(DataUnavailable, match=told):
        datasets.load("kmnist", "train", tmp_path)


@pytest.mark.parametrize("name", KINDS)
def test_without_its_files_it_says_where_they_belong(name, tmp_path):
    assert not KINDS[name].available(tmp_path)
    with pytest.raises(DataUnavailable, match=f"{KINDS[name].title} is not in .*raw; download it"):
        datasets.load(name, "test", tmp_path)


@pytest.fixture
def served(monkeypatch):
    """KMNIST at an address of this machine; gives what is still to be served, by its name."""
    files = {
        f"{split}-{what}-ubyte.gz": gzip.compress(idx(array))
        for split in ("train", "t10k")
        for what, array in (("images-idx3", IMAGES), ("labels-idx1", LABELS))
    }
    source = kmnist.FILES._torchvision()
    monkeypatch.setattr(source, "resources", [(name, hashlib.md5(data).hexdigest()) for name, data in files.items()])
    with mirror(files) as address:
        monkeypatch.setattr(source, "mirrors", [address])
        yield files


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_download_is_read_and_leaves_nothing_else(served, tmp_path):
    seen: list[tuple[str, int, int]] = []
    kmnist.download(tmp_path, lambda *step: seen.append(step))
    assert [done for _, done, _ in seen] == [0, 1, 2, 3, 4]
    assert names(tmp_path / "KMNIST" / "raw") == sorted(name.removesuffix(".gz") for name in served)
    assert np.array_equal(datasets.load("kmnist", "test", tmp_path).images[:], IMAGES[:, None])


def test_a_download_that_breaks_off_leaves_whole_files_alone(served, tmp_path):
    served["t10k-images-idx3-ubyte.gz"] = b"something else"
    with pytest.raises(DataUnavailable, match="KMNIST could not be downloaded; check the network"):
        kmnist.download(tmp_path, lambda *step: None)
    assert names(tmp_path / "KMNIST" / "raw") == ["train-images-idx3-ubyte", "train-labels-idx1-ubyte"]
    assert not kmnist.available(tmp_path)


def test_what_is_not_the_published_file_is_not_kept(served, tmp_path):
    name = "t10k-images-idx3-ubyte"
    strict = replace(kmnist.FILES, digests={name: "0" * 64})
    with pytest.raises(DataUnavailable, match=f"What came as {name} is not KMNIST’s published file"):
        strict.download(tmp_path, lambda *step: None)
    assert name not in names(tmp_path / "KMNIST" / "raw")


def test_the_digests_of_mnist_are_those_of_its_files(mnist_test):
    raw = mnist.FILES.raw(datasets.data_root())
    found = {name: hashlib.sha256((raw / name).read_bytes()).hexdigest() for name in mnist.DIGESTS}
    assert found == mnist.DIGESTS


@pytest.mark.parametrize("broken", [None, object()])
def test_a_torchvision_that_does_not_load_is_one_sentence(broken, tmp_path, monkeypatch):
    write_idx(tmp_path, "MNIST", IMAGES)
    monkeypatch.setitem(sys.modules, "torchvision", broken)
    assert len(datasets.load("mnist", "test", tmp_path)) == N, "only downloads need it"
    with pytest.raises(DataUnavailable, match="torchvision cannot be loaded; install it"):
        kmnist.download(tmp_path, lambda *step: None)
