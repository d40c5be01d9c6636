"""Shelf: what is read from checkpoints, each once."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np

from vae_explorer.checkpoints.checkpoint import Checkpoint

V = TypeVar("V")
MOST_BYTES = 1 << 28
"""Of the arrays on one shelf, but for the one that was asked for last."""


class Shelf(Generic[V]):
    """A bounded cache of what is read from checkpoints, by id and content: each is read once, the least used leaves.

    measured: whether what is read hangs on what was measured of the model, too.
    most: bytes of the arrays that are held beside the one that was asked for last.
    """

    def __init__(
        self, read: Callable[[Checkpoint], V], size: int, measured: bool = True, most: int = MOST_BYTES
    ) -> None:
        self._read, self._size, self._measured, self._most = read, size, measured, most
        self._held: OrderedDict[tuple[Path, str], V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, checkpoint: Checkpoint) -> V:
        """The value of this exact content; a second caller waits for the first one's reading."""
        key = (checkpoint.folder, checkpoint.version if self._measured else checkpoint.model_version)
        with self._lock:
            if key not in self._held:
                self._held[key] = self._read(checkpoint)
                self._make_room()
            self._held.move_to_end(key)
            return self._held[key]

    def _make_room(self) -> None:
        """For what was put there last."""
        while len(self._held) > self._size:
            self._held.popitem(last=False)
        total = sum(map(array_bytes, self._held.values()))
        while total > self._most and len(self._held) > 1:
            total -= array_bytes(self._held.popitem(last=False)[1])


def array_bytes(value: object) -> int:
    """The bytes of an array, or of all arrays in a tuple."""
    if isinstance(value, tuple):
        return sum(array_bytes(part) for part in value)
    return value.nbytes if isinstance(value, np.ndarray) else 0
