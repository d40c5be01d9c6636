"""What the runs take of the disk."""

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from vae_explorer import folders, regular_files
from vae_explorer.errors import ExplorerError, StorageError
from vae_explorer.jobs import records


class Storage(NamedTuple):
    """Of the runs folder and its disk, in bytes."""

    runs: int
    """Folders of runs and of jobs, each name once."""
    used: int
    """By all that lies in the runs folder, journals and settings too."""
    free: int


def file_size(path: Path) -> int:
    """Bytes of a file; 0 of what is none, or gone by now."""
    found = regular_files.stamp(path) if regular_files.is_file(path) else None
    return 0 if found is None else found.size


def storage() -> Storage:
    """What is used and what is left; links are neither followed nor counted."""
    root = records.root()
    names = {*_runs(root), *_jobs()}
    return Storage(len(names), _used(root), shutil.disk_usage(_there(root)).free)


def _runs(root: Path) -> list[str]:
    with suppress(StorageError):
        return [name for name in folders.names(root) if not regular_files.is_link(root / name)]
    return []


def _jobs() -> list[str]:
    with suppress(ExplorerError):
        return records.names()
    return []


def _used(root: Path) -> int:
    return sum(file_size(Path(place, name)) for place, _, names in os.walk(root) for name in names)


def _there(path: Path) -> Path:
    return next(place for place in (path, *path.parents) if regular_files.is_folder(place))
