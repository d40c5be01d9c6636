"""Dataset: one row of the table of data sets."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from vae_explorer.config import TrainConfig
from vae_explorer.datasets.images import Factor, ImageSet


class FirstRun(NamedTuple):
    """What a run starts from unless a person says otherwise: a result that is worth looking at, soon.

    What it reaches and how long it takes is measured in docs/benchmarks.md.
    """

    preset: str
    epochs: int
    batch_size: int = TrainConfig.batch_size


PER_MINUTE = {"mlp-z2": 200_000, "burgess-z10": 45_000, "conv-z10": 25_000, "mlp-256-256-z10": 100_000}
"""About so many images of 32×32 pass through training in a minute, on one thread."""


def first_run(shape: tuple[int, int, int], n: int) -> FirstRun:
    """A preset that takes images [C, side, side] of one's own, and as many epochs of n of them as take about a minute.

    Two units show the whole plane at once, but say little of photos.
    """
    channels, side, _ = shape
    convolved = "burgess-z10" if side in (28, 32, 64) else "conv-z10" if side % 4 == 0 else "mlp-256-256-z10"
    preset = "mlp-z2" if channels == 1 and side < 64 else convolved
    epochs = PER_MINUTE[preset] * (32 / side) ** 2 / n
    return FirstRun(preset, min(max(1, round(epochs)), 200), min(FirstRun("", 0).batch_size, n))


@dataclass(frozen=True)
class Dataset:
    """What a data set is called, what its images look like and how it is reached."""

    title: str
    first_run: FirstRun
    image_shape: tuple[int, int, int]
    classes: tuple[str, ...]
    available: Callable[[Path], bool]
    load: Callable[[str, Path], ImageSet]
    download: Callable[[Path, Callable[[str, int, int], object]], None]
    download_size: str = ""
    factors: tuple[Factor, ...] = ()
    """What is known of every image beside its class."""
    images: int = 0
    """Of both splits."""
    grey: Callable[[str, Path], ImageSet] | None = None
    """Of images that are drawn black or white: their grey levels, by which they can be drawn anew."""
