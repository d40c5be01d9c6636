"""What files that were dropped are, by what they hold and not by what they are called."""

from collections.abc import Sequence
from enum import StrEnum
from typing import IO

from vae_explorer.errors import ExplorerError
from vae_explorer.importers import graph_zip
from vae_explorer.importers.beginnings import INDEX, LENGTH, PICKLE, ZIP, header_length
from vae_explorer.jobs import model_zip
from vae_explorer.pictures import zips
from vae_explorer.pictures.pile import BOUNDS

LONGEST_HEADER = 100_000_000
ONNX, NEWEST, NEXT = 0x08, 64, b"\x12\x1a\x22\x2a\x32\x3a\x42\x72"
"""An ONNX file begins with the version of its form, and goes on with a field that may follow it."""
MOST_GRAPHS = 2


class Content(StrEnum):
    """What files may hold."""

    PICTURES = "pictures"
    WEIGHTS = "weights"
    GRAPHS = "graphs"
    """An encoder and a decoder of ONNX, as two files or in one zip."""
    MODEL = "model"
    """A zip of a model, as Library gives it."""


def content(files: Sequence[IO[bytes]]) -> Content:
    """Of one file, what it begins with, or what the directory of a zip names; many files are pictures.

    Nothing is unpacked.
    """
    if len(files) <= MOST_GRAPHS and all(_is_graph(file) for file in files):
        return Content.GRAPHS
    if len(files) != 1:
        return Content.PICTURES
    file = files[0]
    file.seek(0)
    head = file.read(LENGTH)
    found = _zipped(file) if head.startswith(ZIP) else _single(head)
    file.seek(0)
    return found


def _is_graph(file: IO[bytes]) -> bool:
    file.seek(0)
    head = file.read(3)
    file.seek(0)
    return len(head) == 3 and head[0] == ONNX and head[1] < NEWEST and head[2] in NEXT


def _single(head: bytes) -> Content:
    """A pickle, or the length of a JSON header and the header, as safetensors begins."""
    length = header_length(head)
    header = length is not None and length <= LONGEST_HEADER
    return Content.WEIGHTS if header or head.startswith(PICKLE) else Content.PICTURES


def _zipped(file: IO[bytes]) -> Content:
    """torch.save writes a folder that holds data.pkl."""
    try:
        with zips.opened(file, BOUNDS) as archive:
            if any(name.count("/") == 1 and name.endswith(f"/{INDEX}") for name in archive.namelist()):
                return Content.WEIGHTS
            if model_zip.holds_model(archive):
                return Content.MODEL
            return Content.GRAPHS if graph_zip.holds_graphs(archive) else Content.PICTURES
    except ExplorerError:
        return Content.PICTURES  # whose form says what is wrong with it
