"""The pictures of a zip archive, by their folders: looked through before anything is unpacked."""

import stat
import struct
import zipfile
from pathlib import PurePosixPath, PureWindowsPath
from typing import IO, TYPE_CHECKING

from vae_explorer import npz
from vae_explorer.errors import StorageError, require
from vae_explorer.pictures.picture import DAMAGED, TOO_LARGE, decoded
from vae_explorer.pictures.pile import MB, Bounds, Pile, Unfit, is_clutter, plain

if TYPE_CHECKING:
    from PIL import Image

ENCRYPTED = 0x1
SPARED = MB
"""Bytes of a file that may shrink as it likes."""
DIRECTORY_ENTRY = 512
"""Bytes of an entry in the archive's directory, at most, on average."""
END, END_64 = struct.Struct("<4s4H2LH"), struct.Struct("<4sQ2H2L4Q4s16x")
"""The record that an archive ends with, and what stands before it in one of more than 65,535 files or 4 GB."""


def opened(file: IO[bytes], bounds: Bounds) -> zipfile.ZipFile:
    """An archive whose directory is not too large to be read.

    Raises:
        StorageError: for what is no such archive.
        InvalidSetting: for too many files.
    """
    try:
        _require_small(file, bounds)
        archive = zipfile.ZipFile(file)
    except npz.UNREADABLE as error:
        raise StorageError("This is no zip archive that can be read, or it is cut off.") from error
    _require_few(len(archive.infolist()), bounds)
    return archive


def pile(archive: zipfile.ZipFile, bounds: Bounds) -> Pile:
    """The pictures of an archive.

    Raises:
        InvalidSetting: for names that lead elsewhere, links, encryption, or more than the bounds allow.
    """
    entries = [entry for entry in archive.infolist() if entry.filename and not entry.is_dir()]
    paths = [PurePosixPath(entry.filename.replace("\\", "/")) for entry in entries]
    for entry in entries:
        require_plain(entry, bounds)
    total = sum(entry.file_size for entry in entries)
    most = bounds.total_bytes // MB
    require(total <= bounds.total_bytes, f"The archive would unpack to more than {most:,} MB; give it in parts.")
    kept = [place for place, path in enumerate(paths) if not is_clutter(path)]

    def picture(place: int, side: int) -> "Image.Image":
        return decoded(_read(archive, entries[kept[place]], bounds), bounds.pixels, side)

    found = [paths[place] for place in kept]
    return Pile([path.parent.name for path in found], picture, [path.name for path in found])


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, bounds: Bounds) -> bytes:
    if entry.file_size > bounds.file_bytes:
        raise Unfit(TOO_LARGE)
    try:
        with archive.open(entry) as file:
            return file.read(entry.file_size)  # never more, whatever it says of its size
    except npz.UNREADABLE as error:
        raise Unfit(DAMAGED) from error


def require_plain(entry: zipfile.ZipInfo, bounds: Bounds) -> str:
    """An entry that can be read, whatever it says; gives its name to be shown.

    Raises:
        InvalidSetting: for a place outside the archive, a link, encryption, or what would unpack to far more.
    """
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    elsewhere = path.is_absolute() or ".." in path.parts or bool(PureWindowsPath(entry.filename).drive)
    link = stat.S_ISLNK(entry.external_attr >> 16)
    bomb = entry.file_size > max(SPARED, bounds.ratio * entry.compress_size)
    name = plain(path.name)
    require(not elsewhere, f"The archive names a place outside itself, as {name} does; make it of a folder anew.")
    require(not link, f"The archive holds a link, {name}; put the file itself into it.")
    require(not entry.flag_bits & ENCRYPTED, f"The archive is encrypted, as {name} is; make it without a password.")
    require(entry.compress_type in npz.PACKING, f"{name} is packed in an unusual way; make an ordinary zip of them.")
    require(not bomb, f"{name} would unpack to more than {bounds.ratio} times its size, as nothing does that is read.")
    return name


def _require_few(n: int, bounds: Bounds) -> None:
    require(n <= bounds.files, f"The archive holds {n:,} files; at most {bounds.files:,} are taken.")


def _require_small(file: IO[bytes], bounds: Bounds) -> None:
    """Of a directory that would be read whole before anything is known of it, its end says how large it is."""
    size = file.seek(0, 2)
    file.seek(max(0, size - END_64.size - END.size - 0xFFFF))
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) < at + END.size:
        raise zipfile.BadZipFile
    n, length = _directory(tail, at)
    _require_few(n, bounds)
    few = length <= bounds.files * DIRECTORY_ENTRY
    require(few, f"The archive's directory is too large; at most {bounds.files:,} files are taken.")


def _directory(tail: bytes, at: int) -> tuple[int, int]:
    """Entries and bytes of the directory, by the record that stands at this place."""
    if at >= END_64.size:
        *_, n, length, _, locator = END_64.unpack_from(tail, at - END_64.size)
        if locator == b"PK\6\7":
            return n, length
    _, _, _, _, n, length, _, _ = END.unpack_from(tail, at)
    return n, length
