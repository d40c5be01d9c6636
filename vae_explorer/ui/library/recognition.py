"""What files that were dropped are, by what they hold and not by what they are called."""

import zipfile
from collections.abc import Sequence
from enum import StrEnum
from typing import IO

LONGEST_HEADER = 100_000_000
PICKLE, ZIP = b"\x80", b"PK"


class Content(StrEnum):
    """What files may hold."""

    PICTURES = "pictures"
    WEIGHTS = "weights"


def content(files: Sequence[IO[bytes]]) -> Content:
    """Weights, if it is one file that begins as PyTorch or safetensors write them; pictures else.

    Nothing is unpacked: of a zip the directory is read.
    """
    if len(files) != 1:
        return Content.PICTURES
    file = files[0]
    file.seek(0)
    head = file.read(9)
    file.seek(0)
    weights = head[:1] == PICKLE or _is_torch_zip(file, head) or _is_safetensors(head)
    file.seek(0)
    return Content.WEIGHTS if weights else Content.PICTURES


def _is_torch_zip(file: IO[bytes], head: bytes) -> bool:
    """torch.save writes a folder that holds data.pkl."""
    if head[:2] != ZIP:
        return False
    try:
        with zipfile.ZipFile(file) as archive:
            return any(name.count("/") == 1 and name.endswith("/data.pkl") for name in archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def _is_safetensors(head: bytes) -> bool:
    """The length of a JSON header, and the header."""
    return len(head) == 9 and int.from_bytes(head[:8], "little") <= LONGEST_HEADER and head[8:] == b"{"
