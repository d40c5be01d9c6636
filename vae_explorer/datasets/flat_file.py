"""Images in one flat file, uint8 in an .npy: written block by block, read through a memory map, never pickle.

A map lives as long as one reading, so that the pages of a large file do not stay in the memory of this process, and the
file's length is looked at before each: beyond its end there is nothing that could be read.
"""

import io
import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np
from numpy.lib import format as npy

from vae_explorer import folders, npz, regular_files
from vae_explorer.errors import DataUnavailable, StorageError

Shape = tuple[int, ...]


class FlatFile(NamedTuple):
    """A file of images whose header fits its length."""

    path: Path
    shape: Shape
    """[N, …]."""
    start: int
    """Bytes before the first image."""

    @property
    def size(self) -> int:
        """Bytes of the whole file."""
        return self.start + math.prod(self.shape)

    def read(self, places: np.ndarray | slice) -> np.ndarray:
        """The images of these places, in their order; uint8 [n, …].

        Raises:
            DataUnavailable: when the file has gone, or is another one by now.
        """
        try:
            with regular_files.opened(self.path) as file:
                if regular_files.size_of(self.path, file) != self.size:
                    raise StorageError(f"{self.path.name} has another length than when it was opened.")
                return np.array(np.memmap(file, np.uint8, "r", self.start, self.shape)[places])
        except StorageError as error:
            raise DataUnavailable(f"{error} Make it again, or download it.") from error


def write(path: Path, shape: Shape, blocks: Iterable[np.ndarray]) -> None:
    """Write uint8 blocks [n, …], one after the other, as one file of this shape; whole or not at all.

    Raises:
        StorageError: when it cannot be written, or the blocks have other bytes than the shape says.
    """
    folders.write_pieces(path, _pieces(path, shape, blocks))


def size(shape: Shape) -> int:
    """The bytes of a file that `write` makes of this shape."""
    return len(_header(shape)) + math.prod(shape)


def opened(path: Path) -> FlatFile:
    """The file, once its header is known to tell of just the bytes that are there.

    Raises:
        MissingFile: when there is none.
        StorageError: for anything but uint8 images in the order of C.
    """
    with regular_files.opened(path) as file:
        size = regular_files.size_of(path, file)
        try:
            found = FlatFile(path, _shape(file), file.tell())
        except npz.UNREADABLE as error:
            raise StorageError(f"{path.name} is no .npy file of uint8 images in the order of C.") from error
    if size != found.size:
        raise StorageError(f"{path.name} has {size:,} bytes, not the {found.size:,} that its header tells of.")
    return found


def _shape(file: IO[bytes]) -> Shape:
    shape, fortran, dtype = npz.HEADERS[npy.read_magic(file)](file)
    if dtype != np.uint8 or fortran or len(shape) < 2 or min(shape) < 1:
        raise ValueError("other arrays")
    return shape


def _pieces(path: Path, shape: Shape, blocks: Iterable[np.ndarray]) -> Iterator[bytes]:
    yield _header(shape)
    left = math.prod(shape)
    for block in blocks:
        piece = np.ascontiguousarray(block, np.uint8).tobytes()
        left -= len(piece)
        yield piece
    if left:
        raise StorageError(f"{path.name} was to have {math.prod(shape):,} bytes of images, not {-left:+,} of that.")


def _header(shape: Shape) -> bytes:
    buffer = io.BytesIO()
    npy.write_array_header_1_0(buffer, {"descr": "|u1", "fortran_order": False, "shape": shape})
    return buffer.getvalue()
