"""Fitted maps on disk, one file each, named by the hash of what they were made of; never pickle."""

import json
import math
import re
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

import numpy as np

from vae_explorer import folders, npz, regular_files, strict_json
from vae_explorer.bounds import is_count, is_number
from vae_explorer.cache import cache_root
from vae_explorer.errors import ExplorerError, StorageError, UnknownName, require
from vae_explorer.projections.settings import Settings

KEY = re.compile(r"[0-9a-f]{32}")
SHIPPED = "projections"
"""The folder beside a checkpoint's files that holds the maps shipped with it."""
MAX_BYTES = 1 << 28
MOST_POINTS = 10**9
UNREADABLE = "cannot be read; choose it again on Explore, and it is computed anew."


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


def places(key: str, shipped: Path) -> list[Path]:
    """Where something lies by this key: among what was shipped with a checkpoint, and in the cache."""
    if not KEY.fullmatch(key):
        raise UnknownName("map", key, ())
    found = (shipped / SHIPPED / f"{key}.npz", cache_root() / f"{key}.npz")
    return [place for place in found if regular_files.is_there(place)]


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
        arrays = npz.unpack(regular_files.read(path, most), most, "The map", UNREADABLE)
        xy, about = arrays["xy"], strict_json.mapping(str(arrays["about"]))
        found = Projection(xy=xy, settings=Settings(**about.pop("settings")), **about)
        _require_sound(found)
    except (KeyError, TypeError, ValueError, AttributeError, ExplorerError) as error:
        raise StorageError(f"The map {UNREADABLE}") from error
    if found.xy.shape != (n, 2):
        raise StorageError("The map does not fit the latents; choose it again on Explore, and it is computed anew.")
    return found


def _require_sound(found: Projection) -> None:
    require(found.xy.dtype == np.float32 and bool(np.isfinite(found.xy).all()), "xy are finite numbers.")
    counts = found.sampled, found.neighbours, found.landmarks
    require(all(is_count(count, 0, MOST_POINTS) for count in counts), "sampled, neighbours and landmarks are counts.")
    measured = is_number(found.trustworthiness, -math.inf, 1) and is_number(found.seconds, 0, math.inf)
    require(measured, "trustworthiness and seconds are numbers.")
