"""A million sprites, 28×28 like MNIST: drawn once, a byte a pixel on disk, and read from there as they are wanted.

They are 1,010,000 of the combinations of the five factors of our sprites and how bright they are, by a fixed shuffle.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from vae_explorer.datasets import flat_file, sprites
from vae_explorer.datasets.drawn import DrawnImages
from vae_explorer.datasets.images import Factor, ImageSet
from vae_explorer.errors import DataUnavailable, MissingFile, StorageError

NAME = "sprites-million"
SIDE = 28
SHAPE = (1, SIDE, SIDE)
LEVELS = np.array((102, 153, 204, 255), np.uint16)
FACTORS = (*sprites.FACTORS, Factor("brightness", len(LEVELS)))
SIZES = {"train": 1_000_000, "test": 10_000}
AT_ONCE = 10_000
"""Images, 8 MB of them."""


def available(root: Path) -> bool:
    """Whether both files lie under root/sprites-million, as long as they have to be."""
    return all(_length(_path(root, split)) == flat_file.size((n, *SHAPE)) for split, n in SIZES.items())


def load(split: str, root: Path) -> ImageSet:
    """10,000 of the images for testing or the 1,000,000 for training; none of them is read yet.

    Raises:
        DataUnavailable: when the file is missing or damaged.
    """
    path, values = _path(root, split), sprites.factor_values(addresses(split), FACTORS)
    try:
        file = flat_file.opened(path)
        if file.shape != (len(values), *SHAPE):
            raise StorageError(f"{path.name} holds other images.")
    except MissingFile as error:
        told = f"The million sprites are not in {path.parent}; draw them, or point VAE_EXPLORER_DATA at them."
        raise DataUnavailable(told) from error
    except StorageError as error:
        raise DataUnavailable(f"{error} Delete {path}, and draw the million sprites again.") from error
    images = DrawnImages(np.arange(len(values)), SHAPE, file.read)
    return ImageSet(NAME, split, images, values[:, 0].astype(np.int64), sprites.SHAPE_NAMES, FACTORS, values)


def download(root: Path, progress: Callable[[str, int, int], object]) -> None:
    """Draw them into two files, 0.8 GB; each is there whole or not at all, and what is there is not drawn again.

    Raises:
        StorageError: when the folder cannot be written, or there is no room.
    """
    total, done = sum(SIZES.values()), 0
    for split, n in SIZES.items():
        path = _path(root, split)
        if _length(path) != flat_file.size((n, *SHAPE)):
            flat_file.write(path, (n, *SHAPE), _told(blocks(addresses(split)), done, total, progress))
        done += n
    progress("done", 1, 1)


def addresses(split: str) -> np.ndarray:
    """Which combinations of the factors a split has, in the order of its images; int64 [N]."""
    first = 0 if split == "test" else SIZES["test"]
    drawn = np.random.default_rng(0).permutation(sprites.TOTAL * len(LEVELS))
    return drawn[first : first + SIZES[split]].copy()


def blocks(index: np.ndarray, at_once: int = AT_ONCE) -> Iterator[np.ndarray]:
    """The images of these addresses, so many at once; uint8 [n, 1, 28, 28] each."""
    for first in range(0, len(index), at_once):
        some = index[first : first + at_once]
        drawn = sprites.draw(some // len(LEVELS), SIDE)
        yield (drawn * LEVELS[some % len(LEVELS), None, None, None] // 255).astype(np.uint8)


def _told(
    made: Iterator[np.ndarray], done: int, total: int, progress: Callable[[str, int, int], object]
) -> Iterator[np.ndarray]:
    for block in made:
        progress("Drawing", done, total)
        done += len(block)
        yield block


def _path(root: Path, split: str) -> Path:
    return root / NAME / f"{split}.npy"


def _length(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1
