"""What is known of every encoded image: its class, and the factors that it was drawn from."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

FEW = 10
"""Values that each get an entry in a legend and a colour; more of them are shown as a scale."""
RANGES = 8
"""Entries of the legend of a scale."""


class Trait(NamedTuple):
    """One thing that is known of every image."""

    column: str
    """`label` of the class, `factor-3` of a factor."""
    name: str
    """In words: `class`, `x position`."""
    values: np.ndarray
    """Whole numbers from 0, [N]."""
    names: tuple[str, ...]
    """What its values are called, in order."""
    worded: bool = True
    """Whether these are names, and not the numbers of values in their order."""

    @property
    def few(self) -> bool:
        """Whether every value gets an entry in a legend."""
        return self.worded or len(self.names) <= FEW

    @property
    def extent(self) -> str:
        """The first and the last of its numbers."""
        return f"{self.names[0]}–{self.names[-1]}"

    def brief(self, value: int) -> str:
        """A value in few words: `class 7`, `scale 2`."""
        return f"{self.name} {self.names[value]}"

    def text(self, value: int) -> str:
        """A value in words, a number among those that there are: `class 7`, `scale 2 (0–5)`."""
        return self.brief(value) if self.worded else f"{self.brief(value)} ({self.extent})"


def numbered(column: str, name: str, values: np.ndarray, size: int) -> Trait:
    """A trait whose values have no names, but an order."""
    return Trait(column, name, values, tuple(map(str, range(size))), worded=False)


def range_ids(values: np.ndarray, size: int) -> np.ndarray:
    """Which of the ranges of a scale of so many values each value [N] lies in; uint8 [N]."""
    return (values.astype(np.int64) * RANGES // size).astype(np.uint8)


def range_names(size: int) -> tuple[str, ...]:
    """The first and last value of every range of a scale of so many values."""
    starts = [-(-part * size // RANGES) for part in range(RANGES + 1)]
    ends = [(low, end - 1) for low, end in pairwise(starts)]
    return tuple(f"{low}–{high}" if low < high else str(low) for low, high in ends)


def next_with(trait: Trait, value: int, index: int) -> int:
    """The first image of a value after `index`, starting over at the end; `index` itself when there is none."""
    places = np.flatnonzero(trait.values == value)
    if not len(places):
        return index
    after = places[places > index]
    return int(after[0] if len(after) else places[0])
