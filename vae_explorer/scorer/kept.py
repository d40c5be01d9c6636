"""Results whose checkpoint cannot be written, such as a shipped one: kept in the cache, by its exact content."""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from vae_explorer import folders, regular_files
from vae_explorer.cache import cache_root
from vae_explorer.checkpoints import Checkpoint, Measurements, metrics_json
from vae_explorer.errors import CheckpointError, StorageError
from vae_explorer.metrics.results import Result, merged

MAX_BYTES = 1 << 22


def read(checkpoint: Checkpoint) -> tuple[Result, ...]:
    """What is kept of it; nothing where that cannot be read."""
    try:
        return metrics_json.unpack(regular_files.read(_path(checkpoint), MAX_BYTES)).results
    except (StorageError, CheckpointError):
        return ()


def add(checkpoint: Checkpoint, found: Mapping[str, Result]) -> None:
    """Keep results, each in place of an older one.

    Raises:
        StorageError: when the cache cannot be written either.
    """
    results = merged(read(checkpoint), (one._replace(beta=checkpoint.at) for one in found.values()))
    folders.write_file(_path(checkpoint), metrics_json.pack(Measurements(results=results)))


def _path(checkpoint: Checkpoint) -> Path:
    folder = checkpoint.home.with_name(checkpoint.id).resolve()
    key = hashlib.sha256(f"{folder}|{checkpoint.version}".encode()).hexdigest()[:32]
    return cache_root() / "scores" / f"{key}.json"
