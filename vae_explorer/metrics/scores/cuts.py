"""Cuts: units in levels that are equally frequent."""

import numpy as np


def cut(mu: np.ndarray, like: np.ndarray, levels: int) -> np.ndarray:
    """Codes by the level that each unit is in, levels being equally frequent among others; whole numbers [N, D].

    Equal codes are never parted: a cut lies between the two different ones that are nearest to where it should be, so
    that a unit with as many values as levels keeps them.
    """
    pairs = zip(mu.T, like.T, strict=True)
    return np.stack([np.searchsorted(_edges(other, levels), unit, side="right") for unit, other in pairs], axis=1)


def _edges(unit: np.ndarray, levels: int) -> np.ndarray:
    ordered = np.sort(unit)
    steps = np.flatnonzero(np.diff(ordered)) + 1
    if not len(steps):
        return ordered[:0]
    wanted = np.arange(1, levels) * len(unit) / levels
    after = np.searchsorted(steps, wanted)
    low, high = steps[np.maximum(after - 1, 0)], steps[np.minimum(after, len(steps) - 1)]
    chosen = np.unique(np.where(wanted - low < high - wanted, low, high))
    return (ordered[chosen - 1] + ordered[chosen]) / 2
