"""Our ES modules: read from one folder into a table, so that no path is ever built from an address."""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

WEB = Path(__file__).parents[1] / "web"


class Modules(NamedTuple):
    """Every module's bytes by its address below the version (`map/index.js`), and the hash of them all."""

    files: dict[str, bytes]
    version: str


def modules() -> Modules:
    """The modules as they are now; read again only when a file has changed, which happens in development."""
    return _read(WEB, tuple(sorted((path, (s := path.stat()).st_mtime_ns, s.st_size) for path in WEB.rglob("*.js"))))


def web_version() -> str:
    """What stands in every module's address: `/web/{version}/map/index.js`."""
    return modules().version


@lru_cache(maxsize=2)
def _read(root: Path, stamp: tuple[tuple[Path, int, int], ...]) -> Modules:
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path, _, _ in stamp}
    digest = hashlib.sha256()
    for name, data in files.items():
        digest.update(f"{name}:{len(data)}:".encode() + data)
    return Modules(files, digest.hexdigest()[:16])
