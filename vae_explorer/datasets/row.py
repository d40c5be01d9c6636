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
