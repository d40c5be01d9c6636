"""Shelf: what is read from checkpoints, each once."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from vae_explorer.checkpoints.checkpoint import Checkpoint

V = TypeVar("V")


class Shelf(Generic[V]):
    """A bounded cache of what is read from checkpoints, by id and content: each is read once, the least used leaves.

    measured: whether what is read hangs on what was measured of the model, too.
    """

    def __init__(self, read: Callable[[Checkpoint], V], size: int, measured: bool = True) -> None:
        self._read, self._size, self._measured = read, size, measured
        self._held: OrderedDict[tuple[Path, str], V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, checkpoint: Checkpoint) -> V:
        """The value of this exact content; a second caller waits for the first one's reading."""
        key = (checkpoint.folder, checkpoint.version if self._measured else checkpoint.model_version)
        with self._lock:
            if key not in self._held:
                self._held[key] = self._read(checkpoint)
            self._held.move_to_end(key)
            while len(self._held) > self._size:
                self._held.popitem(last=False)
            return self._held[key]
