"""The folder of what was computed here and can be computed again."""

import os
from pathlib import Path


def cache_root() -> Path:
    """Where it lies: VAE_EXPLORER_CACHE, or the folder `cache` beside the app."""
    return Path(os.environ.get("VAE_EXPLORER_CACHE") or Path(__file__).parents[1] / "cache").expanduser()
