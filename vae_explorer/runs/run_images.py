"""The images of a run: what it is trained on, and what it is not and is looked at after each epoch."""

from pathlib import Path

from vae_explorer import datasets
from vae_explorer.datasets.images import ImageSet
from vae_explorer.runs.plans import Plan
from vae_explorer.training.validation import Parts, parts


def load(planned: Plan, test: ImageSet, data_root: Path | None) -> Parts:
    """Without the class that is held out; as grey levels where their pixels are drawn anew.

    Raises:
        DataUnavailable: when they are not on this machine.
    """
    fixed = _training(planned, datasets.load(planned.dataset, "train", data_root))
    grey = datasets.dataset(planned.dataset).grey
    images = fixed
    if planned.train.redraw and grey is not None:
        images = _training(planned, grey("train", data_root or datasets.data_root()))
    return parts(images, fixed, test, planned.train.validation)


def _training(planned: Plan, images: ImageSet) -> ImageSet:
    held = planned.train.held_out
    return images if held is None else images.without(held)
