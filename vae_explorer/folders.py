"""Folders and files written whole: a temporary name, fsync, rename. Whoever writes anything for good does so here."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import TypeVar

from vae_explorer import regular_files
from vae_explorer.errors import ExplorerError, StorageError
from vae_explorer.read_only import refuse_write
from vae_explorer.texts import visible

T = TypeVar("T")
NEW, OLD, GONE = "new", "old", "gone"
SHOWN = 120
"""Characters of a path that cannot be read."""
MOST_REPLACED = 8
"""Times that a folder may be replaced while it is read."""
MAX_CARRIED = 1 << 26
"""Bytes of a file that is taken into the folder that replaces its own."""


def write_folder(folder: Path, contents: Mapping[str, bytes], beside: Collection[str] = ()) -> None:
    """Replace a folder by these files; a kill at any moment leaves the old or the new one, whole.

    Folders and files inside it whose names are in `beside` are kept.

    Raises:
        StorageError: when it cannot be written; what was there stays.
    """
    refuse_write(folder)
    fresh, old = _beside(folder, NEW), _beside(folder, OLD)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        recover(folder)
        for stale in (fresh, old):
            shutil.rmtree(stale, ignore_errors=True)
        fresh.mkdir()
        for name, data in contents.items():
            _write_file(fresh / name, (data,))
        for name in beside:
            _carry(folder / name, fresh / name)
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
        _sync(folder.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            recover(folder)
        shutil.rmtree(fresh, ignore_errors=True)
        raise StorageError(f"{folder.name} cannot be written: {error.strerror or error}.") from error
    shutil.rmtree(old, ignore_errors=True)


def require_writable(folder: Path) -> None:
    """Make the place that a folder is to be written in, and try it: before hours of work, not after.

    Raises:
        StorageError: when it cannot be written.
    """
    refuse_write(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder.parent):
            pass
    except OSError as error:
        raise StorageError(f"{folder} cannot be written: {error.strerror or error}.") from error


def write_file(path: Path, data: bytes, *, make_folder: bool = True) -> None:
    """Write one file whole, into a folder that is made if it is missing, unless that is not wanted.

    Raises:
        StorageError: when it cannot be written; what was there stays.
    """
    write_pieces(path, (data,), make_folder=make_folder)


def write_pieces(path: Path, pieces: Iterable[bytes], *, make_folder: bool = True) -> None:
    """As `write_file`, of a file that is made piece by piece; what interrupts the making leaves what was there.

    Raises:
        StorageError: when it cannot be written; what was there stays.
    """
    refuse_write(path)
    fresh = _beside(path, NEW)
    try:
        if make_folder:
            path.parent.mkdir(parents=True, exist_ok=True)
        _write_file(fresh, pieces)
        fresh.rename(path)
        _sync(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise StorageError(f"{path.name} cannot be written: {error.strerror or error}.") from error
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def remove_file(path: Path) -> None:
    """Delete a file, if it is there.

    Raises:
        StorageError: when it cannot be deleted.
    """
    refuse_write(path)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(f"{path.name} cannot be deleted: {error.strerror or error}.") from error


def tidy(folder: Path) -> None:
    """Delete the files that kills have left half written in a folder; for its writer alone."""
    refuse_write(folder)
    for name in filter(half_written, regular_files.names(folder)):
        if regular_files.is_file(folder / name):
            remove_file(folder / name)


def half_written(name: str) -> bool:
    """Whether a file of this name was left by a kill."""
    return name.startswith(".") and name.endswith(f".{NEW}")


def recover(folder: Path) -> None:
    """Put back the old folder if a kill fell between the two renames of `write_folder`; for writers alone."""
    refuse_write(folder)
    old = _beside(folder, OLD)
    if old.exists() and not folder.exists():
        old.rename(folder)


def standing(folder: Path) -> Path:
    """Where the folder's files are to be read: between the two renames of `write_folder`, in the old one."""
    old = _beside(folder, OLD)
    return old if not regular_files.is_there(folder) and regular_files.is_folder(old) else folder


def read_standing(folder: Path, first: str, read: Callable[[Path], T]) -> T:
    """What is read of a folder in one place or the other, anew where `write_folder` replaces it meanwhile.

    first: a file in it that is never changed but with the folder, which tells one from the next.

    Raises:
        What `read` raises of a folder that stays.
    """
    for _ in range(MOST_REPLACED):
        place = standing(folder)
        seen = place, regular_files.stamp(place / first)
        try:
            return read(place)
        except ExplorerError:
            now = standing(folder)
            if seen == (now, regular_files.stamp(now / first)):
                raise
    return read(standing(folder))


def remove(folder: Path) -> None:
    """Delete a folder, if it is there, with what a kill left beside it; a kill at any moment leaves it whole or gone.

    Raises:
        StorageError: when it cannot be deleted.
    """
    refuse_write(folder)
    gone = _beside(folder, GONE)
    try:
        recover(folder)
        shutil.rmtree(gone, ignore_errors=True)
        if folder.exists():
            folder.rename(gone)
            _sync(folder.parent)
    except OSError as error:
        raise StorageError(f"{folder.name} cannot be deleted: {error.strerror or error}.") from error
    for suffix in (GONE, NEW, OLD):
        shutil.rmtree(_beside(folder, suffix), ignore_errors=True)


def move(folder: Path, target: Path) -> None:
    """Give a folder, if it is there, another name that is free.

    Raises:
        StorageError: when it cannot be renamed.
    """
    refuse_write(folder)
    refuse_write(target)
    try:
        recover(folder)
        if folder.exists():
            folder.rename(target)
            _sync(folder.parent)
    except OSError as error:
        raise StorageError(f"{folder.name} cannot be renamed: {error.strerror or error}.") from error


def names(root: Path) -> set[str]:
    """The names of the folders under a root, and of links to some, with those that stand in their old place.

    Raises:
        StorageError: when there is a root that cannot be read.
    """
    try:
        with os.scandir(root) as entries:
            found = [entry.name for entry in entries if entry.is_dir()]
    except (FileNotFoundError, NotADirectoryError):
        return set()
    except OSError as error:
        told = f"The folder {visible(str(root), SHOWN)} cannot be read: {error.strerror or error}."
        raise StorageError(told) from error
    moved = {name[1 : -len(OLD) - 1] for name in found if name.startswith(".") and name.endswith(f".{OLD}")}
    return {name for name in found if not name.startswith(".")} | moved


def _beside(folder: Path, suffix: str) -> Path:
    return folder.with_name(f".{folder.name}.{suffix}")


def _carry(found: Path, target: Path) -> None:
    if regular_files.is_folder(found):
        shutil.copytree(found, target, symlinks=True)
    elif regular_files.is_file(found):
        _write_file(target, (regular_files.read(found, MAX_CARRIED),))


def _write_file(path: Path, pieces: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
