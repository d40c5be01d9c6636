"""The one door to what lies on disk and anybody may have put there: regular files, bounded, no link followed."""

import errno
import os
import stat as modes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple

from vae_explorer.errors import MissingFile, StorageError
from vae_explorer.read_only import refuse_write

UNLED = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Of an opening that follows no link and waits for nobody at the other end of a pipe."""
APPENDED = os.O_WRONLY | os.O_APPEND | os.O_CREAT | UNLED
KINDS = {modes.S_IFDIR: "a folder", modes.S_IFIFO: "a pipe", modes.S_IFSOCK: "a socket", modes.S_IFLNK: "a link"}
ABSENT, LINKED, DEAF = (errno.ENOENT, errno.ENOTDIR), (errno.ELOOP, errno.EMLINK), (errno.ENXIO, errno.EOPNOTSUPP)
"""What systems say where there is nothing, a link that is not followed, and a socket."""


class Stamp(NamedTuple):
    """What changes when something is written again, whole or in place, however soon after."""

    number: int
    modified: int
    changed: int
    size: int


def read(path: Path, most: int) -> bytes:
    """The content of a file of at most so many bytes.

    Raises:
        MissingFile: when there is none.
        StorageError: saying what lies there instead, that it is larger, or why it cannot be read.
    """
    with opened(path) as file:
        size = size_of(path, file)
        if size > most:
            raise StorageError(f"{path.name} is larger than the {most:,} bytes it may have.")
        return _content(file, size)


def tail(path: Path, most: int) -> bytes:
    """The last bytes of a file, at most so many; none where there is no file that can be read."""
    try:
        with opened(path) as file:
            size = size_of(path, file)
            file.seek(max(0, size - most))
            return _content(file, min(size, most))
    except StorageError:
        return b""


def after(path: Path, offset: int, most: int) -> bytes:
    """The bytes of a file behind its first ones, at most so many; none where there is no file that can be read."""
    try:
        with opened(path) as file:
            size = size_of(path, file)
            file.seek(offset)
            return _content(file, min(max(0, size - offset), most))
    except StorageError:
        return b""


def append(path: Path, data: bytes) -> None:
    """Write at the end of a file, which is made if it is missing.

    Raises:
        StorageError: saying what lies there instead, or why it cannot be written.
    """
    refuse_write(path)
    try:
        with os.fdopen(os.open(path, APPENDED, 0o666), "ab", buffering=0) as file:
            size_of(path, file)
            file.write(data)
    except OSError as error:
        raise StorageError(f"{path.name} cannot be written: {error.strerror or error}.") from error


def stamp(path: Path | str) -> Stamp | None:
    """What changes when a file or a folder does; None where there is none. A link is looked at itself."""
    try:
        found = os.lstat(path)
    except (OSError, ValueError):
        return None
    return Stamp(found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_size)


def is_file(path: Path) -> bool:
    """Whether a file lies there, and no link to one."""
    return modes.S_ISREG(_mode(path))


def is_folder(path: Path) -> bool:
    """Whether a folder lies there, and no link to one."""
    return modes.S_ISDIR(_mode(path))


def is_link(path: Path) -> bool:
    """Whether a link lies there, be it to nothing."""
    return modes.S_ISLNK(_mode(path))


def is_there(path: Path) -> bool:
    """Whether anything lies there, be it a link to nothing."""
    return _mode(path) != 0


def names(folder: Path) -> list[str]:
    """What lies in a folder, by name; nothing where there is no folder that can be read."""
    try:
        return sorted(found.name for found in folder.iterdir()) if is_folder(folder) else []
    except OSError:
        return []


def _mode(path: Path) -> int:
    try:
        return path.lstat().st_mode
    except (OSError, ValueError):
        return 0


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """A file to be read, for as long as it is needed.

    Raises:
        MissingFile: when there is none.
        StorageError: saying what lies there instead, or why it cannot be read.
    """
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | UNLED), "rb", buffering=0) as file:
            yield file
    except OSError as error:
        raise _refusal(path, error) from error


def _refusal(path: Path, error: OSError) -> StorageError:
    if error.errno in ABSENT:
        place = path.parent
        there = f"{path.name} is missing from {place.name}." if place.is_dir() else f"There is no folder {place.name}."
        return MissingFile(there)
    if error.errno in (*LINKED, *DEAF):
        return _stranger(path, modes.S_IFLNK if error.errno in LINKED else modes.S_IFSOCK)
    return StorageError(f"{path.name} cannot be read: {error.strerror or error}.")


def _stranger(path: Path, kind: int) -> StorageError:
    return StorageError(f"{path.name} is {KINDS.get(kind, 'a device')} where a file belongs; remove it by hand.")


def size_of(path: Path, file: IO[bytes]) -> int:
    """The bytes of an open file.

    Raises:
        StorageError: saying what lies there instead of a file.
    """
    found = os.fstat(file.fileno())
    if not modes.S_ISREG(found.st_mode):
        raise _stranger(path, modes.S_IFMT(found.st_mode))
    return found.st_size


def _content(file: IO[bytes], size: int) -> bytes:
    """So many bytes, or fewer where the file has become shorter: what it grew to meanwhile is not read."""
    parts, left = [], size
    while left and (part := file.read(left)):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)
