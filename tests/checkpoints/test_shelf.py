"""A shelf is bounded by what it holds, in number and in bytes."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from vae_explorer.checkpoints.shelf import Shelf


def asked(shelf: Shelf[Any], *names: str) -> None:
    for name in names:
        checkpoint: Any = SimpleNamespace(folder=Path(name), version="1", model_version="1")
        shelf.get(checkpoint)


def test_each_is_read_once_and_the_least_used_leaves():
    read: list[str] = []
    shelf = Shelf(lambda checkpoint: read.append(checkpoint.folder.name), 2)
    asked(shelf, "a", "b", "a", "c", "a", "b")
    assert read == ["a", "b", "c", "b"]


def test_arrays_leave_when_they_are_too_many_bytes_but_for_the_last_one():
    read: list[str] = []

    def arrays(checkpoint: Any) -> tuple[np.ndarray, None, tuple[np.ndarray]]:
        read.append(checkpoint.folder.name)
        return np.zeros(10), None, (np.zeros(10),)

    shelf = Shelf(arrays, 16, most=350)
    asked(shelf, "a", "b", "a", "c", "a", "b")
    assert read == ["a", "b", "c", "b"]
    shelf = Shelf(arrays, 16, most=10)
    read.clear()
    asked(shelf, "a", "a", "b", "a")
    assert read == ["a", "b", "a"]
