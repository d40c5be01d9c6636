"""The original images behind a model's latents: whether they are on this machine, and the image sets themselves."""

import threading
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from vae_explorer import datasets
from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.datasets.images import ImageSet

_LOADING = threading.Lock()


class Originals(NamedTuple):
    """Which images a model's latents were made of, or one sentence why they cannot be shown."""

    dataset: str
    split: str
    fitting: bool
    """Whether the data set's images have the size that the model takes."""
    note: str

    @property
    def available(self) -> bool:
        """Whether they can be shown."""
        return not self.note


def originals(checkpoint: Checkpoint) -> Originals:
    """Where the original images of a checkpoint's latents are; looked up anew at each call, for data come and go."""
    latents = catalogue.LATENTS.get(checkpoint)
    row = datasets.dataset(latents.dataset)
    fitting = row.image_shape == checkpoint.recipe.model.image_shape
    note = "" if row.available(datasets.data_root()) else f"{row.title} itself is not on this machine."
    if not fitting:
        note = f"This model’s images are not those of {row.title} as it is here: their sizes differ."
    return Originals(latents.dataset, latents.split, fitting, note)


def image_set(name: str, split: str) -> ImageSet:
    """One split of a data set, held in memory.

    Raises:
        UnknownName: for a name or split that is not known.
        DataUnavailable: when its files are not on this machine or are damaged.
    """
    with _LOADING:
        return _image_set(name, split, datasets.data_root())


@lru_cache(maxsize=4)
def _image_set(name: str, split: str, root: Path) -> ImageSet:
    return datasets.load(name, split, root)
