"""MNIST with every pixel drawn once, black or white, by its grey level: the setting of the papers on bounds.

Salakhutdinov & Murray 2008 published one such draw; this one has the same law, and a fixed seed for each split.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np

from vae_explorer.datasets import mnist
from vae_explorer.datasets.images import ImageSet

SEEDS = {"train": 0, "test": 1}


def load(split: str, root: Path) -> ImageSet:
    """The 60,000 training or 10,000 test digits, 28×28, pixels 0 or 255.

    Raises:
        DataUnavailable: when the files of MNIST are missing or damaged.
    """
    grey = mnist.load(split, root)
    draws = np.random.default_rng(SEEDS[split]).random(grey.images.shape, dtype=np.float32)
    drawn = np.where(draws * 255 < grey.images[:], np.uint8(255), np.uint8(0))
    return replace(grey, name="mnist-binarised", images=drawn)
