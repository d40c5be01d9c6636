"""The contract of every row of DATASETS, and MNIST without a network."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import numpy as np
import pytest

from tests.datasets.raw_files import IDX_FOLDERS, N, write_cifar10, write_idx
from vae_explorer import datasets
from vae_explorer.datasets import DATASETS, SPLITS, dsprites, mnist, sprites_million
from vae_explorer.datasets.digits import _rows
from vae_explorer.errors import DataUnavailable, UnknownName

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize("split", SPLITS)
@pytest.mark.parametrize("name", DATASETS)
def test_every_data_set_is_uint8_images_with_labels(name, split, request, monkeypatch, tmp_path):
    if name.startswith("mnist"):
        request.getfixturevalue("mnist_test")
    elif name in IDX_FOLDERS:
        monkeypatch.setenv("VAE_EXPLORER_DATA", str(tmp_path))
        write_idx(tmp_path, IDX_FOLDERS[name], np.full((N, 28, 28), 255, np.uint8))
    elif name == "cifar10":
        monkeypatch.setenv("VAE_EXPLORER_DATA", str(tmp_path))
        write_cifar10(tmp_path, np.full((N, 3, 32, 32), 255, np.uint8), monkeypatch)
    if name == "sprites-million":
        monkeypatch.setenv("VAE_EXPLORER_DATA", str(tmp_path))
        monkeypatch.setattr(sprites_million, "SIZES", {"train": 500, "test": 100})
        DATASETS[name].download(tmp_path, lambda *_: None)
    if name == "dsprites":
        monkeypatch.setattr(dsprites, "packed", lambda folder: np.full((737_280, 512), 255, np.uint8))
    images, row = datasets.load(name, split), DATASETS[name]
    some = images.images[:1_000]
    assert some.dtype == np.uint8
    assert images.image_shape == row.image_shape
    assert images.labels.dtype == np.int64
    assert len(images) == len(images.labels) > 0
    assert set(images.labels.tolist()) == set(range(len(row.classes)))
    assert some.max() > 200
    assert (images.name, images.split, images.classes) == (name, split, row.classes)
    assert images.factors == row.factors


def test_mnist_has_its_published_sizes(mnist_test):
    assert len(mnist_test) == 10_000
    assert np.bincount(mnist_test.labels).tolist() == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]


def test_binarised_pixels_are_black_or_white_by_their_grey_level(mnist_test):
    drawn, again = (datasets.load("mnist-binarised", "test").images[:] for _ in range(2))
    assert set(np.unique(drawn).tolist()) == {0, 255}
    assert np.array_equal(drawn, again)
    grey = mnist_test.images[:]
    middle = (grey > 100) & (grey < 156)
    assert (drawn[middle] > 0).mean() == pytest.approx(grey[middle].mean() / 255, abs=0.01)
    assert not drawn[grey == 0].any()
    assert drawn[grey == 255].all()


def test_digits_splits_are_disjoint_and_fixed(digits, digits_train):
    assert len(digits) + len(digits_train) == 1797
    again = datasets.load("digits", "test")
    assert np.array_equal(again.images[:], digits.images[:])


def test_absent_data_says_what_to_do(tmp_path):
    with pytest.raises(DataUnavailable, match="VAE_EXPLORER_DATA"):
        datasets.load("mnist", "test", tmp_path)


def test_damaged_data_says_what_to_do(tmp_path):
    raw = tmp_path / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for stem in ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1"):
        (raw / f"{stem}-ubyte").write_bytes(b"\x00\x00\x08\x03 not enough")
    with pytest.raises(DataUnavailable, match="damaged"):
        datasets.load("mnist", "test", tmp_path)


def test_a_download_without_a_network_is_one_clear_error(tmp_path, monkeypatch):
    monkeypatch.setattr("torchvision.datasets.MNIST.mirrors", ["http://127.0.0.1:9/"])
    seen = []
    with pytest.raises(DataUnavailable, match="network"):
        mnist.download(tmp_path, lambda *step: seen.append(step))
    assert seen == [("train-images-idx3-ubyte.gz", 0, 4)]
    assert not mnist.available(tmp_path)


def test_a_download_with_a_wrong_checksum_is_refused(tmp_path, monkeypatch):
    class Mirror(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.add(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"something else")

        def log_message(self, format, *args):
            """Quiet."""

    asked: set[str] = set()
    with HTTPServer(("127.0.0.1", 0), Mirror) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setattr("torchvision.datasets.MNIST.mirrors", [f"http://127.0.0.1:{server.server_port}/"])
        with pytest.raises(DataUnavailable):
            mnist.download(tmp_path / "data", lambda *step: None)
        server.shutdown()
    assert asked == {"/train-images-idx3-ubyte.gz"}
    assert not mnist.available(tmp_path / "data")


def test_unknown_names_list_the_known():
    with pytest.raises(UnknownName, match="mnist, mnist-binarised, digits"):
        datasets.load("imagenet", "test")
    with pytest.raises(UnknownName, match="train, test"):
        datasets.load("digits", "validation")


def test_the_digits_are_those_of_scikit_learn(digits, digits_train):
    from sklearn.datasets import load_digits

    bunch: Any = load_digits()
    assert np.array_equal(_rows(), np.column_stack([bunch.data, bunch.target]))
    assert sorted(np.concatenate([digits.labels, digits_train.labels])) == sorted(bunch.target)
