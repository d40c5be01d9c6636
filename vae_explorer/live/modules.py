"""Our ES modules and the library of charts: read into a table, so that no path is ever built from an address."""

import hashlib
from functools import lru_cache
from importlib.metadata import distribution
from pathlib import Path
from typing import NamedTuple

WEB = Path(__file__).parents[1] / "web"
PLOTLY = Path(str(distribution("plotly").locate_file("plotly"))) / "package_data" / "plotly.min.js"


class Modules(NamedTuple):
    """Every module's bytes by its address below the version (`map/index.js`, `plotly.js`), and the hash of them all."""

    files: dict[str, bytes]
    version: str


def modules() -> Modules:
    """The modules as they are now; read again only when a file has changed, which happens in development."""
    paths = [*sorted(WEB.rglob("*.js")), PLOTLY]
    return _read(tuple((path, (s := path.stat()).st_mtime_ns, s.st_size) for path in paths))


def web_version() -> str:
    """What stands in every module's address: `/web/{version}/map/index.js`."""
    return modules().version


@lru_cache(maxsize=2)
def _read(stamp: tuple[tuple[Path, int, int], ...]) -> Modules:
    files = {_address(path): path.read_bytes() for path, _, _ in stamp}
    digest = hashlib.sha256()
    for name, data in files.items():
        digest.update(f"{name}:{len(data)}:".encode() + data)
    return Modules(files, digest.hexdigest()[:16])


def _address(path: Path) -> str:
    return "plotly.js" if path == PLOTLY else path.relative_to(WEB).as_posix()
