"""Our ES modules and the library of charts: read into a table, so that no path is ever built from an address."""

import gzip
import hashlib
import time
from functools import lru_cache
from importlib.metadata import distribution
from pathlib import Path
from typing import NamedTuple

WEB = Path(__file__).parents[1] / "web"
LOOK = 1.0
"""Seconds from one look at the files to the next."""
PLOTLY = Path(str(distribution("plotly").locate_file("plotly"))) / "package_data" / "plotly.min.js"


class Modules(NamedTuple):
    """Every module's bytes by its address below the version (`map/index.js`, `plotly.js`), and the hash of them all."""

    files: dict[str, bytes]
    version: str


def modules() -> Modules:
    """The modules as they were at most a second ago; read again only when one has changed, as in development."""
    return _looked_at(int(time.monotonic() / LOOK))


@lru_cache(maxsize=512)
def packed(data: bytes) -> bytes:
    """A module's bytes as gzip; packed once, since Plotly alone would hold up every hand for a tenth of a second."""
    return gzip.compress(data, 6)


def web_version() -> str:
    """What stands in every module's address: `/web/{version}/map/index.js`."""
    return modules().version


@lru_cache(maxsize=1)
def _looked_at(moment: int) -> Modules:
    """A page asks for a hundred modules at once, and to look at all of them takes as long as to serve one."""
    paths = [*sorted(WEB.rglob("*.js")), PLOTLY]
    return _read(tuple((path, (s := path.stat()).st_mtime_ns, s.st_size) for path in paths))


@lru_cache(maxsize=2)
def _read(stamp: tuple[tuple[Path, int, int], ...]) -> Modules:
    files = {_address(path): path.read_bytes() for path, _, _ in stamp}
    digest = hashlib.sha256()
    for name, data in files.items():
        digest.update(f"{name}:{len(data)}:".encode() + data)
    return Modules(files, digest.hexdigest()[:16])


def _address(path: Path) -> str:
    return "plotly.js" if path == PLOTLY else path.relative_to(WEB).as_posix()
