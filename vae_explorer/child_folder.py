"""A temporary folder for a child process, which is deleted however its processes end."""

import contextlib
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from vae_explorer.cache import cache_root
from vae_explorer.read_only import read_only

PREFIX, LOCK, TEMPORARY = "vae-explorer-", "lock", "temporary"
GRACE = 3600
"""Seconds in which a folder without a lock is left alone: it may have just been made."""


@contextlib.contextmanager
def child_folder() -> Iterator[Path]:
    """A folder of one's own, held while it is in use; those that others were killed over are deleted first."""
    root = _root()
    sweep(root)
    made = tempfile.TemporaryDirectory(prefix=PREFIX, dir=root, ignore_cleanup_errors=True)
    with made as place, _held(Path(place) / LOCK):
        yield Path(place)


def _root() -> Path:
    """Where such folders lie: of a read-only app in the cache, where alone it writes."""
    if not read_only():
        return Path(tempfile.gettempdir())
    root = cache_root() / TEMPORARY
    root.mkdir(parents=True, exist_ok=True)
    return root


def sweep(root: Path) -> None:
    """Delete the folders that nobody holds any more; links and what is another user's are left alone."""
    own = os.getuid() if hasattr(os, "getuid") else None
    for folder in root.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):
            found = folder.lstat()
            if stat.S_ISDIR(found.st_mode) and found.st_uid == own and _is_left(folder):
                shutil.rmtree(folder, ignore_errors=True)


def _is_left(folder: Path) -> bool:
    try:
        handle = os.open(folder / LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return time.time() - folder.lstat().st_mtime > GRACE
    try:
        return _locked(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def _held(lock: Path) -> Iterator[None]:
    """The kernel gives the lock back when its holder dies."""
    handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _locked(handle)
        yield
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    try:
        import fcntl  # there is none on Windows, where nothing is swept
    except ImportError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
