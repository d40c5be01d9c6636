"""Two ONNX files in one zip: looked through before anything is unpacked; without PyTorch."""

import zipfile
from pathlib import PurePosixPath
from typing import IO

from vae_explorer import npz
from vae_explorer.errors import CheckpointError, StorageError, require
from vae_explorer.pictures import zips
from vae_explorer.pictures.pile import MB, Bounds, is_clutter

ONNX = ".onnx"
BOUNDS = Bounds(files=1_000, file_bytes=1 << 29, total_bytes=1 << 30)


def holds_graphs(archive: zipfile.ZipFile) -> bool:
    """Whether a file of ONNX is in it."""
    return bool(_entries(archive))


def halves(file: IO[bytes]) -> dict[str, bytes]:
    """The two files by their names.

    Raises:
        StorageError: for what is no archive, or a damaged one.
        InvalidSetting: for names that lead elsewhere, links, encryption, or more than the bounds allow.
        CheckpointError: for another number of files of ONNX.
    """
    with zips.opened(file, BOUNDS) as archive:
        found = _entries(archive)
        names = [zips.require_plain(entry, BOUNDS) for entry in found]
        if len(found) != 2:
            told = ", ".join(names) or "none"
            raise CheckpointError(f"A model of ONNX is two files, an encoder’s and a decoder’s; the zip holds {told}.")
        small = all(entry.file_size <= BOUNDS.file_bytes for entry in found)
        require(small, f"An ONNX file in the zip is larger than the {BOUNDS.file_bytes // MB:,} MB that are opened.")
        try:
            return {entry.filename: archive.read(entry) for entry in found}
        except npz.UNREADABLE as error:
            raise StorageError("The archive is damaged, and cannot be read.") from error


def _entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    paths = ((entry, PurePosixPath(entry.filename)) for entry in archive.infolist())
    return [entry for entry, path in paths if path.suffix == ONNX and not is_clutter(path) and not entry.is_dir()]
