"""A place for what numba compiles: where packages and home cannot be written, it would not even import umap-learn."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from vae_explorer.cache import cache_root
from vae_explorer.read_only import read_only

PLACE = "NUMBA_CACHE_DIR"
PACKAGES = ("umap", "pynndescent")


def keep_compiled(packages: Sequence[str] = PACKAGES) -> None:
    """Before numba is imported: have it write where it can; nothing where it finds a place by itself.

    That is beside the packages, in the home folder, or in our own cache, of a read-only app there alone; where that
    cannot be written either, a folder that is gone with the process, so that all is compiled in each anew.
    """
    home = Path("~/.cache").expanduser()
    beside = [Path(spec.origin).parent for spec in map(find_spec, packages) if spec and spec.origin]
    elsewhere = all(map(_writable, beside)) or _writable(home) or _writable(home.parent)
    if os.environ.get(PLACE) or (elsewhere and not read_only()):
        return
    own = cache_root() / "numba"
    os.environ[PLACE] = str(own if _made(own) else _fleeting())


def _fleeting() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="vae-explorer-numba-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _writable(folder: Path) -> bool:
    return folder.is_dir() and os.access(folder, os.W_OK)


def _made(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return _writable(folder)
