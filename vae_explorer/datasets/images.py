"""ImageSet: one split of a data set, a uint8 array in memory or images that are drawn when they are asked for."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from vae_explorer.datasets.drawn import DrawnImages
from vae_explorer.errors import require

MAX_FACTOR_SIZE = 1 << 16


class Order(StrEnum):
    """How the values of a factor lie to each other."""

    LINE = "line"
    CIRCLE = "circle"
    """The last meets the first again."""
    NONE = "none"


class Factor(NamedTuple):
    """What images vary in beside their class, such as a size or an angle."""

    name: str
    size: int
    """How many values it has."""
    order: Order = Order.LINE
    names: tuple[str, ...] = ()
    """What its values are called, where they have names."""


@dataclass(frozen=True)
class ImageSet:
    """Images of one split, whole in memory or drawn: no loader workers inside a web server."""

    name: str
    split: str
    images: np.ndarray | DrawnImages
    """uint8 [N, C, H, W], the first axis addressed by an array of places or a slice."""
    labels: np.ndarray
    """int64 [N], class ids."""
    classes: tuple[str, ...]
    factors: tuple[Factor, ...] = ()
    factor_values: np.ndarray | None = None
    """uint8 or uint16 [N, F], each below its factor's size; None without factors."""

    def __post_init__(self) -> None:
        values, wanted = self.factor_values, (len(self.images), len(self.factors))
        if values is None:
            require(not self.factors, f"{self.name} names factors, but no image's values of them.")
            return
        kinds = (np.dtype(np.uint8), np.dtype(np.uint16))
        fits = values.shape == wanted and values.dtype in kinds
        require(fits, f"factor_values must be uint8 or uint16 {list(wanted)}, not {values.dtype} {list(values.shape)}.")
        names = {factor.name for factor in self.factors}
        require(len(names) == len(self.factors) > 0, "Factors must have names of their own.")
        for factor, column in zip(self.factors, values.T, strict=True):
            require(
                0 < factor.size <= MAX_FACTOR_SIZE and bool((column < factor.size).all()),
                f"Values of the factor {factor.name} must be below its size, {factor.size}.",
            )

    def __len__(self) -> int:
        return len(self.images)

    @property
    def image_shape(self) -> tuple[int, int, int]:
        """(C, H, W)."""
        channels, height, width = self.images.shape[1:]
        return channels, height, width

    def without(self, label: int) -> "ImageSet":
        """The images of every other class; what is left out can be recognised as an anomaly.

        Raises:
            InvalidSetting: when there is no such class.
        """
        last = len(self.classes) - 1
        require(0 <= label <= last, f"The class to hold out must be from 0 to {last}, not {label}.")
        return self.select(self.labels != label)

    def select(self, chosen: np.ndarray | slice) -> "ImageSet":
        """Some of the images, by their places or by a mask [N]."""
        values = None if self.factor_values is None else self.factor_values[chosen]
        images = self.images.part(chosen) if isinstance(self.images, DrawnImages) else self.images[chosen]
        return replace(self, images=images, labels=self.labels[chosen], factor_values=values)
