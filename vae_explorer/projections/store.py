"""Fitted maps on disk, one file each, named by the hash of what they were made of; never pickle."""

import io
import json
import os
import re
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

import numpy as np

from vae_explorer import folders
from vae_explorer.errors import CheckpointError, ExplorerError, UnknownName
from vae_explorer.projections.settings import Settings

KEY = re.compile(r"[0-9a-f]{32}")
SHIPPED = "projections"
"""The folder beside a checkpoint's files that holds the maps shipped with it."""
MAX_BYTES = 1 << 28


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
        CheckpointError: when it cannot be written.
    """
    told = {name: value for name, value in projection._asdict().items() if name != "xy"}
    about = json.dumps(told | {"settings": asdict(projection.settings)})
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, xy=projection.xy.astype("<f4"), about=np.array(about))
    folders.write_file(path, buffer.getvalue())


def read(path: Path, n: int) -> Projection:
    """A map of n points.

    Raises:
        CheckpointError: when the file is damaged, or of another number of points.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CheckpointError(f"The map {path.name} is larger than the {MAX_BYTES:,} bytes it may have.")
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_BYTES:
                raise CheckpointError(f"The map {path.name} would unpack to more than {MAX_BYTES:,} bytes.")
        with np.load(path, allow_pickle=False) as arrays:
            xy, about = arrays["xy"], json.loads(str(arrays["about"]))
        found = Projection(xy=xy, settings=Settings(**about.pop("settings")), **about)
    except (KeyError, TypeError, ValueError, EOFError, OSError, MemoryError, zipfile.BadZipFile) as error:
        raise CheckpointError(f"The map {path.name} cannot be read; delete it, it will be computed again.") from error
    except ExplorerError as error:
        raise CheckpointError(f"The map {path.name} is none of ours: {error}") from error
    if found.xy.shape != (n, 2) or found.xy.dtype != np.float32 or not np.isfinite(found.xy).all():
        raise CheckpointError(f"The map {path.name} does not fit the latents; delete it, it will be computed again.")
    return found
