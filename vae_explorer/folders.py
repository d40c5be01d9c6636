"""Folders written whole: a temporary name, fsync, rename."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from vae_explorer.errors import CheckpointError


def write_folder(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Replace a folder by these files; a kill at any moment leaves the old or the new one, whole.

    Raises:
        CheckpointError: when it cannot be written; what was there stays.
    """
    fresh, old = _beside(folder, "new"), _beside(folder, "old")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        recover(folder)
        for stale in (fresh, old):
            shutil.rmtree(stale, ignore_errors=True)
        fresh.mkdir()
        for name, data in contents.items():
            _write_file(fresh / name, data)
        if folder.exists():
            folder.rename(old)
        fresh.rename(folder)
        _sync(folder.parent)
    except OSError as error:
        recover(folder)
        shutil.rmtree(fresh, ignore_errors=True)
        raise CheckpointError(f"{folder.name} cannot be written: {error.strerror or error}.") from error
    shutil.rmtree(old, ignore_errors=True)


def recover(folder: Path) -> None:
    """Put back the old folder if a kill fell between the two renames of `write_folder`."""
    old = _beside(folder, "old")
    if old.exists() and not folder.exists():
        old.rename(folder)


def _beside(folder: Path, suffix: str) -> Path:
    return folder.with_name(f".{folder.name}.{suffix}")


def _write_file(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
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
