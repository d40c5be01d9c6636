"""Pile: pictures that are read one by one, and the bounds within which they are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from vae_explorer.texts import shortened

if TYPE_CHECKING:
    from PIL import Image

MB = 1_000_000
LONGEST = 40
"""Letters of a name that is shown."""
CLUTTER = ("__MACOSX", "Thumbs.db", "desktop.ini")


class Bounds(NamedTuple):
    """What a source may hold."""

    files: int = 50_000
    file_bytes: int = 64 * MB
    """Of one picture as it lies in its file; a larger one is skipped."""
    total_bytes: int = 4_000 * MB
    """Of all files together, unpacked."""
    ratio: int = 200
    """How many times its packed size a file may have; pictures hardly shrink."""
    pixels: int = 50_000_000
    """Of one picture as it is decoded; a larger one is skipped."""
    held_bytes: int = 1_000 * MB
    """Of arrays that are held in memory: what an npz unpacks to, and what is gathered."""


BOUNDS = Bounds()


@dataclass(frozen=True)
class Pile:
    """So many pictures, by their places."""

    folders: Sequence[str]
    """Of each, the folder that it lies in, or its label; empty for none."""
    picture: Callable[[int, int], "Image.Image"]
    """A place, and the side it will be reduced to or 0 -> the picture; raises Unfit for what is none."""
    names: Sequence[str] = ()
    """Of each, what its file is called; empty for arrays."""

    def __len__(self) -> int:
        return len(self.folders)


class Unfit(Exception):
    """A file among others that gives no picture: it is skipped, and counted by this reason."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def is_clutter(path: PurePosixPath) -> bool:
    """Whether a file was put there by a system, or is hidden: nobody counts it among pictures."""
    return any(part.startswith(".") or part in CLUTTER for part in path.parts)


def plain(name: str) -> str:
    """A name from outside as a line of text that can be shown; never markup to whoever shows it literally."""
    return shortened("".join(letter for letter in name if letter.isprintable()).strip(), LONGEST)
