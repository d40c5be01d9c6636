"""scikit-learn's bundled handwritten digits: the data set that is always there (Alpaydin & Kaynak 1998)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from vae_explorer.datasets.images import ImageSet

TEST_SIZE = 360


def available(root: Path) -> bool:
    """Always: the images come with scikit-learn."""
    return True


def download(root: Path, progress: Callable[[str, int, int], object]) -> None:
    """Nothing to fetch."""


def load(split: str, root: Path) -> ImageSet:
    """The 8×8 grey digits resized to 28×28: 1,437 for training, 360 for testing, by a fixed shuffle."""
    from sklearn.datasets import load_digits

    bunch: Any = load_digits()
    order = np.random.default_rng(0).permutation(len(bunch.target))
    chosen = order[:TEST_SIZE] if split == "test" else order[TEST_SIZE:]
    images = np.stack([_resize(image) for image in bunch.images[chosen]])[:, None]
    return ImageSet("digits", split, images, bunch.target[chosen].astype(np.int64), tuple("0123456789"))


def _resize(image: np.ndarray) -> np.ndarray:
    from PIL import Image

    grey = Image.fromarray((image * (255 / 16)).round().astype(np.uint8))
    return np.asarray(grey.resize((28, 28), Image.Resampling.BICUBIC))
