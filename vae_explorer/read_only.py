"""VAE_EXPLORER_READ_ONLY: a demo that strangers may touch. Every writer asks here; no page is trusted."""

import os
from pathlib import Path

from vae_explorer.cache import cache_root
from vae_explorer.errors import ReadOnly, require

VARIABLE = "VAE_EXPLORER_READ_ONLY"
VALUES = {"": False, "0": False, "1": True}


def read_only() -> bool:
    """Whether nothing is written but the cache: set to 1; not at all, empty or 0, all is allowed.

    Looked at each time; child processes inherit it.

    Raises:
        InvalidSetting: for any other value.
    """
    value = os.environ.get(VARIABLE, "")
    require(value in VALUES, f"{VARIABLE} is 1 (nothing is written but the cache) or 0, not “{value[:40]}”.")
    return VALUES[value]


def refuse_changes() -> None:
    """Refuse what changes anything that others see, before any of it is done.

    Raises:
        ReadOnly: where nothing may be changed.
    """
    if read_only():
        raise ReadOnly


def refuse_write(path: Path) -> None:
    """Refuse to write, move or delete what lies there, or will, unless that is in the cache.

    Raises:
        ReadOnly: where nothing may be changed.
    """
    if read_only() and not (path.parent.resolve() / path.name).is_relative_to(cache_root().resolve()):
        raise ReadOnly
