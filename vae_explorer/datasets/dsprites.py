"""dSprites itself (Matthey et al. 2017): its published file, read in pieces, one bit a pixel on disk from then on.

Its images stand in the order of our own sprites, so that both have the same factors and splits.
"""

import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO
from urllib.error import URLError

import numpy as np
from numpy.lib import format as npy

from vae_explorer import npz
from vae_explorer.datasets import sprites
from vae_explorer.datasets.drawn import DrawnImages
from vae_explorer.datasets.images import ImageSet
from vae_explorer.datasets.published_sets import torchvision_sets
from vae_explorer.errors import DataUnavailable
from vae_explorer.read_only import read_only, refuse_changes

NAME = "dsprites_ndarray_co1sh3sc6or40x32y32_64x64.npz"
ADDRESS = f"https://github.com/google-deepmind/dsprites-dataset/raw/master/{NAME}"
MD5 = "7da33b31b13a06f4b04a70402ce90c2e"
BITS = "dsprites-64.bits"
SIDE = 64
ROW = SIDE * SIDE // 8
AT_ONCE = 4_096
"""Images, 16 MB of them before they are packed."""


def available(root: Path) -> bool:
    """Whether the published file, or what was made of it, lies under root/dsprites; a read-only app makes nothing."""
    of_use = (BITS,) if read_only() else (NAME, BITS)
    return any((root / "dsprites" / name).is_file() for name in of_use)


def load(split: str, root: Path) -> ImageSet:
    """10,000 of the 737,280 images, 64×64 black or white, for testing, and the others for training, as of our sprites.

    Raises:
        DataUnavailable: when the file is missing or damaged.
    """
    ours, bits = sprites.load(split, root, SIDE), packed(root / "dsprites")
    assert isinstance(ours.images, DrawnImages)
    images = DrawnImages(ours.images.index, (1, SIDE, SIDE), lambda index: _unpacked(bits, index))
    return ImageSet("dsprites", split, images, ours.labels, ours.classes, ours.factors, ours.factor_values)


def download(root: Path, progress: Callable[[str, int, int], object]) -> None:
    """Fetch the published file, 26 MB, with its checksum verified.

    Raises:
        DataUnavailable: without a network, on a damaged download, or when the folder cannot be written.
    """
    refuse_changes()
    download_url = torchvision_sets().utils.download_url
    progress(NAME, 0, 1)
    try:
        download_url(ADDRESS, str(root / "dsprites"), NAME, MD5)
    except (URLError, OSError, RuntimeError) as error:
        place = root / "dsprites" / NAME
        raise DataUnavailable(
            f"dSprites could not be downloaded; check the network, or copy its published file to {place}."
        ) from error
    progress("done", 1, 1)


def packed(folder: Path, total: int = sprites.TOTAL) -> np.ndarray:
    """Every image, one bit a pixel, as a view of a file that is made when it is first asked for; uint8 [N, 512].

    Raises:
        DataUnavailable: when there is no published file, it is damaged, or there is no room for what is made of it.
    """
    path = folder / BITS
    if not path.is_file() or path.stat().st_size != total * ROW:
        if not (folder / NAME).is_file():
            raise DataUnavailable(f"dSprites is not in {folder}; download it, or point VAE_EXPLORER_DATA at it.")
        _pack(folder / NAME, path, total)
    return np.memmap(path, np.uint8, "r", shape=(total, ROW))


def _pack(source: Path, path: Path, total: int) -> None:
    refuse_changes()
    fresh = path.with_name(f".{path.name}.new")
    try:
        with zipfile.ZipFile(source) as archive, archive.open("imgs.npy") as images, fresh.open("wb") as file:
            _require_images(images, total)
            for first in range(0, total, AT_ONCE):
                file.write(_piece(images, min(AT_ONCE, total - first)))
        fresh.rename(path)
    except (*npz.UNREADABLE, zlib.error) as error:
        fresh.unlink(missing_ok=True)
        raise DataUnavailable(f"{source} is damaged or is not dSprites; download it again.") from error


def _require_images(images: IO[bytes], total: int) -> None:
    """Reads the header, which says what is to come before anything is read."""
    shape, fortran, dtype = npz.HEADERS[npy.read_magic(images)](images)
    if shape != (total, SIDE, SIDE) or dtype != np.uint8 or fortran:
        raise ValueError("other images")


def _piece(images: IO[bytes], n: int) -> bytes:
    levels = np.frombuffer(images.read(n * SIDE * SIDE), np.uint8)
    if levels.size != n * SIDE * SIDE or levels.max() > 1:
        raise ValueError("other images")
    return np.packbits(levels).tobytes()


def _unpacked(bits: np.ndarray, index: np.ndarray) -> np.ndarray:
    return np.unpackbits(bits[index]).reshape(-1, 1, SIDE, SIDE) * np.uint8(255)
