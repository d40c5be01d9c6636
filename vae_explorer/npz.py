"""Named arrays as one npz archive and back, never pickle; what is too large is refused before it is made."""

import io
import math
import zipfile
import zlib
from collections.abc import Mapping
from tokenize import TokenError

import numpy as np
from numpy.lib import format as npy
from numpy.typing import ArrayLike

from vae_explorer.errors import StorageError

SUFFIX = ".npy"
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    DeprecationWarning,
    EOFError,
    KeyError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TokenError,
    TypeError,
    ValueError,
)
"""What the readers of zip archives and npy headers raise, also of an archive that is encrypted or of another kind.

A header with an old name of a type is an error only where warnings are; else whoever reads such numbers refuses them.
"""
PACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Ways to pack whose files can be unpacked piece by piece, so that what lies about its size gives no more."""
HEADERS = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}


def pack(arrays: Mapping[str, ArrayLike], compressed: bool = False) -> bytes:
    """An archive of the arrays."""
    buffer, write = io.BytesIO(), np.savez_compressed if compressed else np.savez
    write(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def unpack(
    data: bytes, most: int, what: str, unreadable: str = "is not a readable archive of arrays."
) -> dict[str, np.ndarray]:
    """The arrays of an archive that unpacks to at most so many bytes.

    Raises:
        StorageError: when it would unpack to more or is no such archive; a sentence about `what`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > most:
                raise StorageError(f"{what} would unpack to more than {most:,} bytes.")
            return {entry.filename.removesuffix(SUFFIX): _array(archive, entry) for entry in entries}
    except UNREADABLE as error:
        raise StorageError(f"{what} {unreadable}") from error


def _array(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> np.ndarray:
    """One array, once its header is known to tell of just the bytes that are there."""
    if entry.compress_type not in PACKING:
        raise ValueError("Nothing that writes arrays packs them so.")
    with archive.open(entry) as file:
        shape, _, dtype = HEADERS[npy.read_magic(file)](file)
        if dtype.hasobject or file.tell() + math.prod(shape) * dtype.itemsize != entry.file_size:
            raise ValueError("The header tells of other bytes than there are.")
        file.seek(0)
        return npy.read_array(file, allow_pickle=False)
