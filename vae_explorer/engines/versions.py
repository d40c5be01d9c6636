"""What must be the same here and on a worker, for the same seed to give the same run."""

import sys
from collections.abc import Mapping
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from zlib import crc32

PACKAGE = Path(__file__).parents[1]


@lru_cache(maxsize=1)
def versions() -> dict[str, str]:
    """Of Python and PyTorch, without what they were built for, and of this project's own source, by its checksum."""
    python = "{}.{}".format(*sys.version_info)
    return {"Python": python, "PyTorch": metadata.version("torch").partition("+")[0], "VAE Explorer": _source()}


def difference(asked: Mapping[str, str], found: Mapping[str, str], host: str) -> str:
    """One sentence on the first version that is another one on a worker; empty where all are the same."""
    for name, version in asked.items():
        if found.get(name) != version:
            return (
                f"{host} has {name} {found.get(name, 'of an unknown version')} and this machine {version}; "
                "install the same version on all machines."
            )
    return ""


def _source() -> str:
    total = 0
    for path in sorted(PACKAGE.rglob("*.py")):
        total = crc32(path.read_bytes(), crc32(path.relative_to(PACKAGE).as_posix().encode(), total))
    return f"{total:08x}"
