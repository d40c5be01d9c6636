"""The pictures of a folder on this machine, by their folders, and single files; links are not followed."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, NamedTuple

from vae_explorer import regular_files
from vae_explorer.errors import StorageError, require
from vae_explorer.pictures.picture import DAMAGED, TOO_LARGE, decoded
from vae_explorer.pictures.pile import Bounds, Pile, Unfit, is_clutter

if TYPE_CHECKING:
    from PIL import Image


class Upload(NamedTuple):
    """A file that was given: what it is called, and its bytes, which can be read anew."""

    name: str
    file: IO[bytes]


def folder_pile(folder: Path, bounds: Bounds) -> Pile:
    """Every file below a folder, in the order of their names.

    Raises:
        InvalidSetting: for more files than are taken.
        StorageError: when the folder cannot be read.
    """
    try:
        paths = sorted(_within(folder, bounds))
    except OSError as error:
        raise StorageError(f"The folder {folder} cannot be read: {error.strerror or error}.") from error

    def picture(place: int, side: int) -> "Image.Image":
        try:
            found = regular_files.stamp(paths[place])
            if found is not None and found.size > bounds.file_bytes:
                raise Unfit(TOO_LARGE)
            return decoded(regular_files.read(paths[place], bounds.file_bytes), bounds.pixels, side)
        except StorageError as error:
            raise Unfit(DAMAGED) from error

    folders = ["" if path.parent == folder else path.parent.name for path in paths]
    return Pile(folders, picture, [path.name for path in paths])


def uploads_pile(uploads: Sequence[Upload], bounds: Bounds) -> Pile:
    """Single files, without classes.

    Raises:
        InvalidSetting: for more files than are taken.
    """
    _require_few(len(uploads), bounds)

    def picture(place: int, side: int) -> "Image.Image":
        file = uploads[place].file
        file.seek(0)
        data = file.read(bounds.file_bytes + 1)
        if len(data) > bounds.file_bytes:
            raise Unfit(TOO_LARGE)
        return decoded(data, bounds.pixels, side)

    return Pile([""] * len(uploads), picture, [upload.name for upload in uploads])


def _within(folder: Path, bounds: Bounds) -> Iterator[Path]:
    n = 0
    for place, inside, names in os.walk(folder, onerror=_refuse):
        inside[:] = [name for name in inside if not is_clutter(PurePosixPath(name))]
        found = [Path(place, name) for name in names if not is_clutter(PurePosixPath(name))]
        kept = [path for path in found if path.is_file() and not path.is_symlink()]
        n += len(kept)
        _require_few(n, bounds)
        yield from kept


def _refuse(error: OSError) -> None:
    raise error


def _require_few(n: int, bounds: Bounds) -> None:
    require(n <= bounds.files, f"These are {n:,} files or more; at most {bounds.files:,} are taken.")
