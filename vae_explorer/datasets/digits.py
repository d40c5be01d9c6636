"""scikit-learn's bundled handwritten digits: the data set that is always there (Alpaydin & Kaynak 1998)."""

import gzip
from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from vae_explorer.datasets.images import ImageSet
from vae_explorer.errors import DataUnavailable

TEST_SIZE = 360


def available(root: Path) -> bool:
    """Always: the images come with scikit-learn."""
    return True


def download(root: Path, progress: Callable[[str, int, int], object]) -> None:
    """Nothing to fetch."""


def load(split: str, root: Path) -> ImageSet:
    """The 8×8 grey digits resized to 28×28: 1,437 for training, 360 for testing, by a fixed shuffle."""
    rows, images = _rows(), _enlarged()
    order = np.random.default_rng(0).permutation(len(rows))
    chosen = order[:TEST_SIZE] if split == "test" else order[TEST_SIZE:]
    return ImageSet("digits", split, images[chosen], rows[chosen, -1].astype(np.int64), tuple("0123456789"))


@lru_cache(maxsize=1)
def _enlarged() -> np.ndarray:
    """All images, uint8 [1797, 1, 28, 28]."""
    return np.stack([_resize(image) for image in _rows()[:, :-1].reshape(-1, 8, 8)])[:, None]


@lru_cache(maxsize=1)
def _rows() -> np.ndarray:
    """8×8 grey levels from 0 to 16 and the class of each image, [1797, 65].

    Read from scikit-learn's file, which is found without importing it: that takes longer than to train a first epoch.
    """
    found = find_spec("sklearn")
    if found is None or found.origin is None:
        raise DataUnavailable("The digits come with scikit-learn, which is not installed.")
    path = Path(found.origin).with_name("datasets") / "data" / "digits.csv.gz"
    try:
        with gzip.open(path, "rt", encoding="ascii") as file:
            return np.loadtxt(file, delimiter=",")
    except (OSError, EOFError, ValueError) as error:
        raise DataUnavailable(f"The digits cannot be read from {path}; install scikit-learn again.") from error


def _resize(image: np.ndarray) -> np.ndarray:
    from PIL import Image

    grey = Image.fromarray((image * (255 / 16)).round().astype(np.uint8))
    return np.asarray(grey.resize((28, 28), Image.Resampling.BICUBIC))
