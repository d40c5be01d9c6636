"""Named arrays as the bytes of one file and back, never pickle; what does not fit is refused before it is made."""

import io
import zipfile
from collections.abc import Mapping

import numpy as np

from vae_explorer.errors import CheckpointError


def pack(arrays: Mapping[str, np.ndarray]) -> bytes:
    """A compressed archive of the arrays."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def unpack(data: bytes, most: int, what: str) -> dict[str, np.ndarray]:
    """The arrays of an archive that unpacks to at most so many bytes.

    Raises:
        CheckpointError: when it is no such archive.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > most:
                raise CheckpointError(f"{what} would unpack to more than {most:,} bytes.")
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}
    except (KeyError, TypeError, ValueError, EOFError, OSError, MemoryError, zipfile.BadZipFile) as error:
        raise CheckpointError(f"{what} is not a readable archive of arrays.") from error
