"""The atlas of a run: UMAPs of some of its snapshots, laid out together, so that points can be followed in time."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from vae_explorer import folders, npz, regular_files
from vae_explorer.errors import StorageError
from vae_explorer.journal import snapshots

FILE = "aligned-umap.npz"
LEAST, MOST, POINTS = 3, 20, 1000
"""Snapshots of an atlas, and the most images of each."""
MAX_BYTES = 1 << 22


class Atlas(NamedTuple):
    """T maps of the same n images."""

    steps: np.ndarray
    """int64 [T], ascending: the snapshots that were laid out."""
    stamps: np.ndarray
    """int64 [T]: what changes when one of them is written again."""
    indices: np.ndarray
    """int64 [n]: which of the N images of a snapshot."""
    xy: np.ndarray
    """float32 [T, n, 2]."""

    def places(self, steps: Sequence[int]) -> np.ndarray:
        """Where the snapshots of all steps lie among the maps, 0 to T − 1; those between two of them evenly."""
        return np.interp(range(len(steps)), np.searchsorted(steps, self.steps), range(len(self.steps)))

    def at(self, place: float) -> np.ndarray:
        """The points [n, 2] at a place among the maps, between two of them on straight lines."""
        before = min(int(place), len(self.xy) - 2)
        return self.xy[before] + np.float32(place - before) * (self.xy[before + 1] - self.xy[before])


def chosen(steps: Sequence[int]) -> list[int]:
    """At most MOST of the steps, evenly spaced among them, with the first and the last."""
    places = np.linspace(0, len(steps) - 1, min(len(steps), MOST)).round().astype(int)
    return [steps[place] for place in places]


def wanted(journal: Path) -> Atlas:
    """What an atlas of the journal as it stands would be of; without places."""
    steps = chosen(snapshots.steps(journal))
    stamps = [snapshots.stamp(journal, step) for step in steps]
    return Atlas(np.array(steps, int), np.array(stamps, int), np.zeros(0, int), np.zeros((len(steps), 0, 2)))


def same(one: Atlas, other: Atlas) -> bool:
    """Whether both are of the same snapshots."""
    return np.array_equal(one.steps, other.steps) and np.array_equal(one.stamps, other.stamps)


def write(journal: Path, atlas: Atlas) -> None:
    """Keep an atlas, of a journal that is still what it was made of.

    Raises:
        StorageError: when the journal is another by now, or nothing can be written.
    """
    if not same(atlas, wanted(journal)):
        raise StorageError("The run has changed while its maps were computed; ask for them again.")
    folders.write_file(journal / FILE, npz.pack(atlas._asdict(), compressed=True))


def stamp(journal: Path) -> int:
    """What changes when an atlas is written again; 0 when there is none."""
    found = regular_files.stamp(journal / FILE)
    return 0 if found is None else found.modified


def read(journal: Path) -> Atlas:
    """The atlas of the journal as it stands.

    Raises:
        StorageError: when there is none, or it is damaged, or of other snapshots.
    """
    try:
        atlas = Atlas(**npz.unpack(regular_files.read(journal / FILE, MAX_BYTES), MAX_BYTES, FILE))
    except (StorageError, TypeError) as error:
        raise StorageError("There is no UMAP over time of this run; ask for it on Train.") from error
    if not _whole(atlas) or not same(atlas, wanted(journal)):
        raise StorageError("The UMAP over time is of other snapshots; ask for it again on Train.")
    return atlas


def _whole(atlas: Atlas) -> bool:
    """Whether all parts fit together."""
    steps, stamps, indices, xy = atlas
    kinds = [array.dtype.kind for array in (steps, stamps, indices)] == ["i"] * 3 and xy.dtype == np.float32
    shapes = steps.shape == stamps.shape == xy.shape[:1] and (*indices.shape, 2) == xy.shape[1:] and steps.ndim == 1
    fits = kinds and shapes and len(steps) >= LEAST and len(indices) > 0
    return bool(fits and indices.min() >= 0 and np.isfinite(xy).all())
