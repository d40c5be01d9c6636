"""Columns as the browser holds them: 65,536 levels between the least and the greatest value, read back as float32."""

from typing import NamedTuple

import numpy as np

HIGHEST = 65535


class Levels(NamedTuple):
    """A column [N] on its way to the browser: class ids as uint8, measured values as uint16 levels."""

    levels: np.ndarray
    low: float
    high: float

    @property
    def values(self) -> np.ndarray:
        """What the browser makes of them, bit for bit: float32 values, ids as they are; [N]."""
        if self.levels.dtype == np.uint8:
            return self.levels
        return (self.low + (self.high - self.low) / HIGHEST * self.levels.astype(float)).astype(np.float32)


def levels(values: np.ndarray) -> Levels:
    """A column in levels; ids from 0 to 255 stay themselves.

    The error is at most (high - low) / 131070, far below a pixel of any map, at half the bytes of float32.
    """
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 0.0)
    if np.issubdtype(values.dtype, np.integer) and low >= 0 and high <= 255:
        return Levels(values.astype(np.uint8), low, high)
    shares = (values.astype(float) - low) / (high - low or 1.0)
    return Levels(np.rint(shares * HIGHEST).astype("<u2"), low, high)
