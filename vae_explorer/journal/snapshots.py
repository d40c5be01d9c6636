"""Snapshots: the model at one step of its training, seen by the same images and the same codes each time."""

import re
from pathlib import Path
from typing import NamedTuple

import numpy as np

from vae_explorer import folders, npz
from vae_explorer.errors import StorageError, UnknownName

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
    if set(arrays) != set(Fixed._fields) or len(arrays["indices"]) != len(arrays["label"]):
        raise StorageError(f"{FIXED} does not hold what a journal needs; start the run again.")
    return Fixed(**arrays)


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
    if not path.is_file():
        raise UnknownName("snapshot", str(step), map(str, steps(journal)))
    arrays = _read(path)
    scalars = {"step": int, "epoch": float, "seconds": float, "beta": float, "nll": float, "rate": float}
    try:
        plain = {name: kind(arrays.pop(name)) for name, kind in scalars.items() if name in arrays}
        return Snapshot(**{"rate": None, "kl": None, **plain, **arrays})  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise StorageError(f"{path.name} does not hold a snapshot; the others can still be seen.") from error


def steps(journal: Path) -> list[int]:
    """The steps of which there is a snapshot, ascending."""
    place = journal / FOLDER
    found = [FILE.fullmatch(path.name) for path in place.iterdir()] if place.is_dir() else []
    return sorted(int(match[1]) for match in found if match)


def remove(journal: Path, step: int) -> None:
    """Let go of a snapshot, if it is there."""
    _path(journal, step).unlink(missing_ok=True)


def size(journal: Path, step: int) -> int:
    """Bytes that a snapshot takes; 0 when there is none."""
    try:
        return _path(journal, step).stat().st_size
    except OSError:
        return 0


def stamp(journal: Path, step: int) -> int:
    """What changes when a snapshot is written again; 0 when there is none."""
    try:
        return _path(journal, step).stat().st_mtime_ns
    except OSError:
        return 0


def _path(journal: Path, step: int) -> Path:
    return journal / FOLDER / f"{step:09d}.npz"


def _read(path: Path) -> dict[str, np.ndarray]:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise StorageError(f"{path.name} cannot be read: {error.strerror}.") from error
    return npz.unpack(data, MAX_BYTES, path.name)
