"""Snapshots: the model at one step of its training, seen by the same images and the same codes each time."""

import math
import re
from pathlib import Path
from typing import NamedTuple

import numpy as np

from vae_explorer import folders, npz, regular_files
from vae_explorer.errors import MissingFile, StorageError, UnknownName

FIXED, FOLDER = "fixed.npz", "snapshots"
FILE = re.compile(r"(\d{9})\.npz")
MAX_BYTES = 1 << 27
"""Bytes that one file may unpack to."""


class Fixed(NamedTuple):
    """What stays the same from snapshot to snapshot."""

    indices: np.ndarray
    """int64 [N]: which images of the test split the map shows."""
    label: np.ndarray
    """int64 [N], class ids."""
    originals: np.ndarray
    """uint8 [M, C, H, W]: the first M of these images, which are reconstructed."""
    eps: np.ndarray
    """float32 [K, D]: the codes of the samples, as a standard normal prior draws them; a learned one makes its own
    of them, and a plain autoencoder takes them as they are."""
    values: np.ndarray
    """float32 [S]: where one unit is along a walk, in standard deviations of the prior from its mean; the others at it.

    Of a plain autoencoder, which has no prior, those of mu."""


class Snapshot(NamedTuple):
    """The model at one step. Figures are means over the N images, in nats per image."""

    step: int
    """Optimizer steps so far; 0: before training."""
    epoch: float
    """Epochs so far, with the part of one that is under way."""
    seconds: float
    """Of training so far."""
    beta: float
    """As it was set, before annealing."""
    nll: float
    rate: float | None
    """None for a plain autoencoder."""
    kl: np.ndarray | None
    """float32 [D], nats; None for a plain autoencoder."""
    mu: np.ndarray
    """float32 [N, D]."""
    xy: np.ndarray
    """float32 [N, 2]: the map, of two units mu itself, of more their PCA plane turned to the snapshot before."""
    reconstructions: np.ndarray
    """uint8 [M, C, H, W]."""
    samples: np.ndarray
    """uint8 [K, C, H, W]."""
    walks: np.ndarray
    """uint8 [U, S, C, H, W]: unit 0 to U − 1 taking each of the values."""

    @property
    def plain(self) -> bool:
        """Whether the model is a plain autoencoder."""
        return self.rate is None


def write_fixed(journal: Path, fixed: Fixed) -> None:
    """Keep what stays the same.

    Raises:
        StorageError: when it cannot be written.
    """
    folders.write_file(journal / FIXED, npz.pack(fixed._asdict(), compressed=True))


def read_fixed(journal: Path) -> Fixed:
    """What stays the same.

    Raises:
        StorageError: when it is missing or damaged.
    """
    arrays = _read(journal / FIXED)
    if set(arrays) != set(Fixed._fields) or not _is_fixed(found := Fixed(**arrays)):
        raise StorageError(f"{FIXED} does not hold what a journal needs; start the run again.")
    return found


def _is_fixed(found: Fixed) -> bool:
    whole = all(array.dtype.kind == "i" and array.ndim == 1 for array in (found.indices, found.label))
    pictures = found.originals.dtype == np.uint8 and found.originals.ndim == 4
    numbers = [(array.dtype.kind, array.ndim) for array in (found.eps, found.values)] == [("f", 2), ("f", 1)]
    finite = numbers and bool(np.isfinite(found.eps).all() and np.isfinite(found.values).all())
    return whole and pictures and finite and len(found.indices) == len(found.label) >= len(found.originals)


def write(journal: Path, snapshot: Snapshot) -> int:
    """Keep a snapshot, and say how many bytes it takes.

    Raises:
        StorageError: when it cannot be written.
    """
    values = {name: value for name, value in snapshot._asdict().items() if value is not None}
    data = npz.pack(values, compressed=True)
    folders.write_file(_path(journal, snapshot.step), data)
    return len(data)


def read(journal: Path, step: int) -> Snapshot:
    """The snapshot of a step.

    Raises:
        UnknownName: when there is none.
        StorageError: when it is damaged.
    """
    path = _path(journal, step)
    try:
        arrays = _read(path)
    except MissingFile as error:
        raise UnknownName("snapshot", str(step), map(str, steps(journal))) from error
    scalars = {"step": int, "epoch": float, "seconds": float, "beta": float, "nll": float, "rate": float}
    try:
        plain = {name: kind(arrays.pop(name)) for name, kind in scalars.items() if name in arrays}
        found = Snapshot(**{"rate": None, "kl": None, **plain, **arrays})  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError) as error:
        raise _damaged(step) from error
    if found.step != step or not _is_whole(found):
        raise _damaged(step)
    return found


def _damaged(step: int) -> StorageError:
    return StorageError(f"The snapshot of step {step} is damaged; the others can still be seen.")


def _is_whole(found: Snapshot) -> bool:
    """Whether all parts are numbers that fit each other; figures of a training that went astray need not be finite."""
    pictures = (found.reconstructions, found.samples, found.walks)
    bytes_alone = all(part.dtype == np.uint8 for part in pictures)
    ranks = [part.ndim for part in (found.mu, found.xy, *pictures)] == [2, 2, 4, 4, 5]
    numbers = all(part.dtype.kind == "f" for part in (found.mu, found.xy, *([] if found.kl is None else [found.kl])))
    if not (bytes_alone and ranks and numbers and all(map(math.isfinite, (found.epoch, found.seconds, found.beta)))):
        return False
    fits = found.xy.shape == (len(found.mu), 2) and len({part.shape[-3:] for part in pictures}) == 1
    return fits and (found.kl is None or found.kl.shape == found.mu.shape[1:])


def steps(journal: Path) -> list[int]:
    """The steps of which there is a snapshot, ascending."""
    found = [FILE.fullmatch(name) for name in regular_files.names(journal / FOLDER)]
    return sorted(int(match[1]) for match in found if match)


def remove(journal: Path, step: int) -> None:
    """Let go of a snapshot, if it is there.

    Raises:
        StorageError: when it cannot be deleted.
    """
    folders.remove_file(_path(journal, step))


def size(journal: Path, step: int) -> int:
    """Bytes that a snapshot takes; 0 when there is none."""
    found = regular_files.stamp(_path(journal, step))
    return 0 if found is None else found.size


def stamp(journal: Path, step: int) -> int:
    """What changes when a snapshot is written again; 0 when there is none."""
    found = regular_files.stamp(_path(journal, step))
    return 0 if found is None else found.modified


def _path(journal: Path, step: int) -> Path:
    return journal / FOLDER / f"{step:09d}.npz"


def _read(path: Path) -> dict[str, np.ndarray]:
    return npz.unpack(regular_files.read(path, MAX_BYTES), MAX_BYTES, path.name)
