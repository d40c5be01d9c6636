"""What is known of the images of a checkpoint's encoded split: their class, and factors where the data set has some."""

from typing import NamedTuple

import numpy as np

from vae_explorer import datasets
from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.checkpoints.originals import image_set
from vae_explorer.datasets.images import Factor
from vae_explorer.errors import DataUnavailable
from vae_explorer.latents.traits import Trait, numbered

CLASS = "class"


class KnownFactors(NamedTuple):
    """The factors of the encoded images, which stand with the data set, or why they are not known."""

    factors: tuple[Factor, ...]
    values: np.ndarray
    """[N, F]."""
    note: str
    """Why there are none of a data set that has some, to be put behind a comma; empty else."""


def known_factors(checkpoint: Checkpoint) -> KnownFactors:
    """Looked up anew at each call, for data come and go."""
    latents = catalogue.LATENTS.get(checkpoint)
    row, n = datasets.dataset(latents.dataset), len(latents.label)
    if not row.factors:
        return KnownFactors((), np.zeros((n, 0), np.uint8), "")
    values = _values(latents.dataset, latents.split)
    if values is None:
        return KnownFactors((), np.zeros((n, 0), np.uint8), f"the factors of {row.title} are not on this machine")
    if len(values) != n:
        other = f"these are other images than {row.title} has here, so their factors are not known"
        return KnownFactors((), np.zeros((n, 0), np.uint8), other)
    return KnownFactors(row.factors, values, "")


def traits(checkpoint: Checkpoint) -> tuple[Trait, ...]:
    """The class first, by the name of the factor that it is where it is one; then every other known factor."""
    latents = catalogue.LATENTS.get(checkpoint)
    row, known = datasets.dataset(latents.dataset), known_factors(checkpoint)
    same = class_factor(latents.dataset)
    name = CLASS if same is None else row.factors[same].name
    others = [place for place in range(len(known.factors)) if place != same]
    return (
        Trait("label", name, latents.label, row.classes),
        *(_trait(place, known.factors[place], known.values[:, place]) for place in others),
    )


def class_factor(dataset: str) -> int | None:
    """The place of the factor that is the class; None where none is."""
    row = datasets.dataset(dataset)
    return next((place for place, factor in enumerate(row.factors) if factor.names == row.classes), None)


def _trait(place: int, factor: Factor, values: np.ndarray) -> Trait:
    column = f"factor-{place}"
    if factor.names:
        return Trait(column, factor.name, values, factor.names)
    return numbered(column, factor.name, values, factor.size)


def _values(dataset: str, split: str) -> np.ndarray | None:
    if not datasets.dataset(dataset).available(datasets.data_root()):
        return None
    try:
        return image_set(dataset, split).factor_values
    except DataUnavailable:
        return None
