"""What the runs take of the disk."""

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from vae_explorer import folders
from vae_explorer.errors import InvalidSetting
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
    try:
        found = path.lstat()
    except OSError:
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0


def storage() -> Storage:
    """What is used and what is left; links are neither followed nor counted."""
    root = records.root()
    names = {name for name in folders.names(root) if not (root / name).is_symlink()} | _jobs()
    return Storage(len(names), _used(root), shutil.disk_usage(_there(root)).free)


def _jobs() -> set[str]:
    with suppress(InvalidSetting):
        return set(records.names())
    return set()


def _used(root: Path) -> int:
    return sum(file_size(Path(place, name)) for place, _, names in os.walk(root) for name in names)


def _there(path: Path) -> Path:
    return next(place for place in (path, *path.parents) if place.is_dir())
