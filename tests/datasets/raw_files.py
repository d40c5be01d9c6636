"""Data sets that are no part of this machine, with a few images each, in the format they are published in."""

import contextlib
import hashlib
import pickle
import struct
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import numpy as np
import pytest
from torchvision.datasets import CIFAR10

from vae_explorer.datasets import cifar10

IDX_FOLDERS = {"mnist": "MNIST", "mnist-binarised": "MNIST", "fashion-mnist": "FashionMNIST", "kmnist": "KMNIST"}
N = 20
"""Images of a file, each class twice."""
LABELS = np.arange(N, dtype=np.uint8) % 10


def idx(array: np.ndarray) -> bytes:
    """Bytes as LeCun's files hold them: a magic number, the sizes, all big-endian, and the values."""
    return struct.pack(f">{1 + array.ndim}i", 0x800 + array.ndim, *array.shape) + array.tobytes()


def write_idx(root: Path, folder: str, images: np.ndarray, labels: np.ndarray = LABELS) -> Path:
    """The four files of a data set of MNIST's kind, the same images [N, H, W] in both splits; returns their folder."""
    raw = root / folder / "raw"
    raw.mkdir(parents=True)
    for split in ("train", "t10k"):
        (raw / f"{split}-images-idx3-ubyte").write_bytes(idx(images))
        (raw / f"{split}-labels-idx1-ubyte").write_bytes(idx(labels))
    return raw


def write_cifar10(root: Path, images: np.ndarray, patch: pytest.MonkeyPatch) -> Path:
    """CIFAR-10's seven files, the same images uint8 [N, 3, 32, 32] in each, with their checksums taken for the real."""
    folder = root / cifar10.FOLDER
    folder.mkdir(parents=True)
    batch = pickle.dumps({"data": images.reshape(len(images), -1), "labels": LABELS.tolist()}, protocol=2)
    meta = pickle.dumps({"label_names": list(cifar10.CLASSES)}, protocol=2)
    for name in cifar10.FILES:
        (folder / name).write_bytes(meta if name == "batches.meta" else batch)
    md5 = hashlib.md5(batch).hexdigest()
    patch.setattr(CIFAR10, "train_list", [[name, md5] for name, _ in CIFAR10.train_list])
    patch.setattr(CIFAR10, "test_list", [[name, md5] for name, _ in CIFAR10.test_list])
    patch.setattr(CIFAR10, "meta", {**CIFAR10.meta, "md5": hashlib.md5(meta).hexdigest()})
    return folder


@contextlib.contextmanager
def mirror(served: Mapping[str, bytes]) -> Iterator[str]:
    """Files at an address of this machine, by their names; they may change while it stands."""

    class Mirror(BaseHTTPRequestHandler):
        def do_GET(self):
            data = served.get(self.path[1:])
            self.send_response(404 if data is None else 200)
            self.end_headers()
            self.wfile.write(data or b"")

        do_HEAD = do_GET

        def log_message(self, format, *args):
            """Quiet."""

    with HTTPServer(("127.0.0.1", 0), Mirror) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
