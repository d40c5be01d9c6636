"""Images that are drawn, or read, when they are asked for: what would never fit in memory as a whole."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True)
class DrawnImages:
    """So many images of one shape, by their places: reads like an array whose first axis they are."""

    index: np.ndarray
    """int64 [N], the address of each."""
    image_shape: tuple[int, int, int]
    """(C, H, W)."""
    draw: Callable[[np.ndarray], np.ndarray]
    """Addresses [n] to uint8 [n, C, H, W], alike every time."""

    def __len__(self) -> int:
        return len(self.index)

    def __getitem__(self, places: np.ndarray | slice) -> np.ndarray:
        return self.draw(self.index[places])

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """(N, C, H, W)."""
        return len(self), *self.image_shape

    def part(self, places: np.ndarray | slice) -> "DrawnImages":
        """Some of them, by their places or by a mask [N], not drawn yet."""
        return replace(self, index=self.index[places])
