"""What a file that was dropped is, by what it holds; by its name only where that is nothing known."""

from enum import StrEnum
from pathlib import PurePath, PurePosixPath
from typing import IO

from vae_explorer.errors import InvalidSetting, StorageError
from vae_explorer.importers import graph_zip
from vae_explorer.importers.beginnings import INDEX, LENGTH, PICKLE, ZIP, header_length
from vae_explorer.jobs import model_zip
from vae_explorer.pictures import picture, zips
from vae_explorer.pictures.pile import BOUNDS, is_clutter

LONGEST_HEADER = 100_000_000
ONNX, NEWEST, NEXT = 0x08, 64, b"\x12\x1a\x22\x2a\x32\x3a\x42\x72"
"""An ONNX file begins with the version of its form, and goes on with a field that may follow it."""
PYTORCH = dict.fromkeys((".pth", ".pt", ".ckpt"), "PyTorch file")
NOUNS = PYTORCH | {
    ".safetensors": "safetensors file",
    ".onnx": "ONNX file",
    ".npz": "npz archive",
    ".zip": "zip archive",
    **dict.fromkeys(sorted(picture.SUFFIXES), "picture"),
}
"""What a name's ending promises."""


class Content(StrEnum):
    """What a file may hold, in words."""

    PICTURE = "a picture"
    PICTURES = "a zip of pictures"
    ARRAYS = "arrays of pictures"
    WEIGHTS = "weights"
    GRAPH = "half of an ONNX model"
    GRAPHS = "an ONNX model"
    """An encoder and a decoder in one zip."""
    MODEL = "a model of this app"
    """A zip of a model, as Library gives it."""
    DAMAGED = "a damaged file"
    """Not what its name promises."""
    UNKNOWN = "no kind that is known here"


def content(name: str, file: IO[bytes]) -> Content:
    """What a file begins with, or what the directory of a zip names; nothing is unpacked."""
    file.seek(0)
    head = file.read(LENGTH)
    found = _zipped(file, suffix(name)) if head.startswith(ZIP) else _single(head)
    file.seek(0)
    return Content.DAMAGED if found is Content.UNKNOWN and suffix(name) in NOUNS else found


def suffix(name: str) -> str:
    """The ending of a name, in small letters."""
    return PurePath(name).suffix.lower()


def _single(head: bytes) -> Content:
    """A pickle, or the length of a JSON header and the header, as safetensors begins; ONNX, or a picture."""
    length = header_length(head)
    if head.startswith(PICKLE) or (length is not None and length <= LONGEST_HEADER):
        return Content.WEIGHTS
    if len(head) > 2 and head[0] == ONNX and head[1] < NEWEST and head[2] in NEXT:
        return Content.GRAPH
    return Content.PICTURE if head.startswith(picture.BEGINNINGS) else Content.UNKNOWN


def _zipped(file: IO[bytes], ending: str) -> Content:
    """torch.save writes a folder that holds data.pkl, NumPy one .npy for each array."""
    try:
        with zips.opened(file, BOUNDS) as archive:
            names = archive.namelist()
            if any(name.count("/") == 1 and name.endswith(f"/{INDEX}") for name in names):
                return Content.WEIGHTS
            if model_zip.holds_model(archive):
                return Content.MODEL
            if graph_zip.holds_graphs(archive):
                return Content.GRAPH if _graphs(names) == 1 else Content.GRAPHS
            return Content.ARRAYS if names and all(name.endswith(".npy") for name in names) else Content.PICTURES
    except StorageError:
        return Content.DAMAGED
    except InvalidSetting:  # so many files that their form says how many are taken
        return Content.WEIGHTS if ending in PYTORCH else Content.PICTURES


def _graphs(names: list[str]) -> int:
    """How many files of ONNX there are that nobody hid."""
    return sum(path.suffix == graph_zip.ONNX and not is_clutter(path) for path in map(PurePosixPath, names))
