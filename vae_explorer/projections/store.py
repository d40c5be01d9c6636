"""Fitted maps on disk, one file each, named by the hash of what they were made of; never pickle."""

import json
import os
import re
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

import numpy as np

from vae_explorer import folders, npz
from vae_explorer.errors import InvalidSetting, StorageError, UnknownName
from vae_explorer.projections.settings import Settings

KEY = re.compile(r"[0-9a-f]{32}")
SHIPPED = "projections"
"""The folder beside a checkpoint's files that holds the maps shipped with it."""
MAX_BYTES = 1 << 28
UNREADABLE = "cannot be read; delete it, it will be computed again."


class Projection(NamedTuple):
    """A fitted map of N latents, and what was measured of it."""

    settings: Settings
    xy: np.ndarray
    """float32 [N, 2], in the order of the latents."""
    trustworthiness: float
    """Of 1; Venna & Kaski 2001."""
    sampled: int
    """How many points the trustworthiness was measured on."""
    neighbours: int
    """How many neighbours of each of them."""
    landmarks: int
    """How many points were fitted; the rest was placed among them."""
    seconds: float


def cache_root() -> Path:
    """Where maps made here lie: VAE_EXPLORER_CACHE, or the folder `cache` beside the app."""
    return Path(os.environ.get("VAE_EXPLORER_CACHE") or Path(__file__).parents[2] / "cache").expanduser()


def find(key: str, shipped: Path) -> Path | None:
    """The file of this key: among those shipped with a checkpoint, or else in the cache; None when there is none."""
    if not KEY.fullmatch(key):
        raise UnknownName("map", key, ())
    places = (shipped / SHIPPED / f"{key}.npz", cache_root() / f"{key}.npz")
    return next((place for place in places if place.is_file()), None)


def save(path: Path, projection: Projection) -> None:
    """Write a map whole.

    Raises:
        StorageError: when it cannot be written.
    """
    told = {name: value for name, value in projection._asdict().items() if name != "xy"}
    about = json.dumps(told | {"settings": asdict(projection.settings)})
    folders.write_file(path, npz.pack({"xy": projection.xy.astype("<f4"), "about": about}))


def read(path: Path, n: int, most: int = MAX_BYTES) -> Projection:
    """A map of n points, of at most so many bytes.

    Raises:
        StorageError: when the file is damaged, or of another number of points.
    """
    try:
        if path.stat().st_size > most:
            raise StorageError(f"The map {path.name} is larger than the {most:,} bytes it may have.")
        arrays = npz.unpack(path.read_bytes(), most, f"The map {path.name}", UNREADABLE)
        xy, about = arrays["xy"], json.loads(str(arrays["about"]))
        found = Projection(xy=xy, settings=Settings(**about.pop("settings")), **about)
    except (KeyError, TypeError, ValueError, AttributeError, OSError) as error:
        raise StorageError(f"The map {path.name} {UNREADABLE}") from error
    except (InvalidSetting, UnknownName) as error:
        raise StorageError(f"The map {path.name} is none of ours: {error}") from error
    if found.xy.shape != (n, 2) or found.xy.dtype != np.float32 or not np.isfinite(found.xy).all():
        raise StorageError(f"The map {path.name} does not fit the latents; delete it, it will be computed again.")
    return found
