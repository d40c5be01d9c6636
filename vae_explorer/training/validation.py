"""Images that a run is not trained on, and its figures on them after each epoch. No PyTorch.

Scores are of the test split, so nothing may be chosen by it. Where an epoch is chosen (`keep best`, `patience`), a part
of the training images is held out for that; where none is, a few test images are looked at, and nothing is chosen.
"""

import math
from collections.abc import Mapping
from typing import Any, NamedTuple, Self

import numpy as np

from vae_explorer.bounds import is_count, is_number
from vae_explorer.config import VALIDATION_SHARE
from vae_explorer.datasets.images import ImageSet

MOST_HELD = 5000
MOST_SEEN, FEWEST_SEEN = 500, 32
"""Test images that are looked at where none are held out: a twentieth of the training images, within these bounds."""
SEED = 0
"""Of the held-out part: the same images for every run of a data set, so that runs of all seeds compare."""
MOST_IMAGES = 10**9
SPLITS = ("test", "validation")


class Validation(NamedTuple):
    """Means over images that were not trained on, at the end of an epoch, in nats per image."""

    nll: float
    rate: float | None
    """None for a plain autoencoder."""
    split: str
    """`validation`: held out of the training images; `test`: the first of the test split."""
    n: int

    @property
    def bound(self) -> float:
        """nll + rate, of a plain autoencoder the nll."""
        return self.nll + (self.rate or 0.0)

    @classmethod
    def parsed(cls, values: Mapping[str, Any]) -> Self:
        """The figures that `_asdict` gave.

        Raises:
            ValueError, TypeError: for anything else.
        """
        found = cls(**values)
        numbers = [found.nll, *([] if found.rate is None else [found.rate])]
        fine = all(is_number(value, -math.inf, math.inf) for value in numbers)
        if not (fine and found.split in SPLITS and is_count(found.n, 1, MOST_IMAGES)):
            raise ValueError("no figures of a split")
        return found


class Parts(NamedTuple):
    """The images of a run."""

    train: ImageSet
    watched: ImageSet
    """Not trained on."""
    split: str
    """Of the watched ones: `validation` or `test`."""


def parts(images: ImageSet, fixed: ImageSet, test: ImageSet, share: float) -> Parts:
    """What is trained on and what is watched; share: of the training images, to be held out.

    fixed: the training images as they are evaluated, which differ from `images` where pixels are drawn anew.
    """
    if not share:
        n = min(len(test), MOST_SEEN, max(FEWEST_SEEN, int(VALIDATION_SHARE * len(images))))
        return Parts(images, test.select(slice(n)), "test")
    held = max(1, min(MOST_HELD, round(share * len(images))))
    order = np.random.default_rng(SEED).permutation(len(images))
    return Parts(images.select(np.sort(order[held:])), fixed.select(np.sort(order[:held])), "validation")
