"""The only reader and writer of the checkpoint folder; NumPy and JSON, never pickle.

config.json           what the model is, how it was trained, and the size and SHA-256 of every other file
weights.safetensors   the weights
history.jsonl         one line per epoch
latents.npz           a split, encoded                   (after embedding)
betas.npz             the same at every stop of β        (of a multi-rate network)
metrics.json          its figures, results of METRICS    (after embedding, evaluation)
training.safetensors  what a run needs to go on          (while it is unfinished)

Beside them, unsealed, so that they change no version: unit_names.json and the folder projections.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import safetensors.numpy
from safetensors import SafetensorError

from vae_explorer import regular_files, strict_json
from vae_explorer.checkpoints import betas_npz, latents_npz, metrics_json
from vae_explorer.checkpoints.beta_views import folder_name, view
from vae_explorer.checkpoints.betas_npz import BETAS
from vae_explorer.checkpoints.checkpoint import Checkpoint
from vae_explorer.checkpoints.latents_npz import LATENTS
from vae_explorer.checkpoints.metrics_json import METRICS, Measurements
from vae_explorer.checkpoints.recipe import Recipe
from vae_explorer.errors import CheckpointError, StorageError
from vae_explorer.folders import read_standing, write_folder
from vae_explorer.latents.beta_latents import BetaLatents
from vae_explorer.latents.encoded import Latents
from vae_explorer.projections.store import SHIPPED

FORMAT = 1
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,79}")
"""What a checkpoint's folder may be called: short enough to read, and nothing that a page could take for markup."""
MAX_BYTES = 1 << 30
MAX_JSON_BYTES = 1 << 20
MAX_TENSORS, MAX_INDEX_BYTES = 4096, 1 << 20
"""Of a safetensors file, and of the part that names them: what is more is refused before it is read."""
CONFIG, WEIGHTS, HISTORY, STATE = "config.json", "weights.safetensors", "history.jsonl", "training.safetensors"
OPTIONAL = (METRICS, LATENTS, BETAS, STATE)
FILES = frozenset({CONFIG, WEIGHTS, HISTORY, *OPTIONAL})
UNIT_NAMES = "unit_names.json"
BESIDE = frozenset({UNIT_NAMES, SHIPPED})
"""What may lie beside the files: no digest is of it, and no version."""


def save(
    folder: Path,
    recipe: Recipe,
    weights: Mapping[str, np.ndarray],
    history: list[dict[str, Any]],
    measured: Measurements | None = None,
    latents: Latents | None = None,
    state: Mapping[str, np.ndarray] | None = None,
    stops: BetaLatents | None = None,
    *,
    same_units: bool = False,
) -> Checkpoint:
    """Write a checkpoint whole: a kill at any moment leaves the old folder or the new one.

    The names of units go with the model that stood there, unless the new one's are the same units.

    Raises:
        StorageError: when the folder cannot be written; what was there stays.
    """
    contents = {
        WEIGHTS: safetensors.numpy.save(dict(weights)),
        HISTORY: "".join(json.dumps(line) + "\n" for line in history).encode(),
    }
    if measured is not None:
        contents[METRICS] = metrics_json.pack(measured)
    if latents is not None:
        contents[LATENTS] = latents_npz.pack(latents)
    if stops is not None:
        contents[BETAS] = betas_npz.pack(stops)
    if state is not None:
        contents[STATE] = safetensors.numpy.save(dict(state))
    beside = (UNIT_NAMES,) if same_units else ()
    write_folder(folder, {CONFIG: config_bytes(recipe, contents), **contents}, beside)
    return open_checkpoint(folder)


def store_measurements(checkpoint: Checkpoint, measured: Measurements) -> Checkpoint:
    """Replace what was measured of a checkpoint; every other file stays as it is.

    Raises:
        CheckpointError: when it has changed since it was opened.
        StorageError: when the folder cannot be written; what was there stays.
    """
    if checkpoint.whole is not None:
        return view(store_measurements(checkpoint.whole, measured), checkpoint.id)
    folder = checkpoint.home
    kept = {name: _read(checkpoint.folder / name, MAX_BYTES) for name in checkpoint.files}
    contents = kept | {METRICS: metrics_json.pack(measured)}
    if open_checkpoint(folder).version != checkpoint.version:
        raise CheckpointError(f"{checkpoint.id} has changed since it was opened.")
    write_folder(folder, {CONFIG: config_bytes(checkpoint.recipe, contents), **contents}, BESIDE)
    return open_checkpoint(folder)


def open_checkpoint(folder: Path) -> Checkpoint:
    """Read config.json and verify every file against it; a folder `name@2` is a multi-rate one at β = 2.

    One that is replaced meanwhile is read anew.

    Raises:
        CheckpointError: one sentence on what is missing, truncated, corrupt or of another format.
        UnknownName: for a β that it was not trained for.
    """
    home = folder.with_name(folder_name(folder.name))
    return read_standing(home, CONFIG, lambda place: _verified(home, place, folder.name))


def _verified(home: Path, place: Path, name: str) -> Checkpoint:
    sealed = _read(place / CONFIG, MAX_JSON_BYTES)
    values = _json(sealed, CONFIG)
    try:
        if values["format"] != FORMAT:
            raise CheckpointError(f"{CONFIG} is of format {values['format']}, this version reads format {FORMAT}.")
        recipe = Recipe.from_dict(values)
        seals = {str(name): (int(seal["bytes"]), str(seal["sha256"])) for name, seal in values["files"].items()}
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise CheckpointError(f"{CONFIG} is incomplete or malformed; restore or retrain the checkpoint.") from error
    _verify(place, seals)
    unmeasured = values | {"files": {name: seal for name, seal in values["files"].items() if name != METRICS}}
    versions = _digest(sealed), _digest(json.dumps(unmeasured, sort_keys=True).encode())
    return view(Checkpoint(home.name, place, recipe, tuple(sorted(seals)), *versions), name)


def read_weights(checkpoint: Checkpoint) -> dict[str, np.ndarray]:
    """The weights by name.

    Raises:
        CheckpointError: when the file is no safetensors file, or one holds a value that is not finite.
    """
    found = _arrays(checkpoint, WEIGHTS)
    if not all(value.dtype.kind != "f" or np.isfinite(value).all() for value in found.values()):
        raise CheckpointError(
            f"{WEIGHTS} holds values that are not finite; restore it, or train again with a lower lr."
        )
    return found


def read_state(checkpoint: Checkpoint) -> dict[str, np.ndarray]:
    """What the trainer needs to go on, by name.

    Raises:
        CheckpointError: when the run is finished, and so has none, or the file is no safetensors file.
    """
    if STATE not in checkpoint.files:
        raise CheckpointError(f"{checkpoint.id} is finished: it holds no state of training to go on from.")
    return _arrays(checkpoint, STATE)


def _arrays(checkpoint: Checkpoint, name: str) -> dict[str, np.ndarray]:
    data = _read(checkpoint.folder / name, MAX_BYTES)
    length = int.from_bytes(data[:8], "little")
    try:
        if length > MAX_INDEX_BYTES or len(strict_json.mapping(data[8 : 8 + length])) > MAX_TENSORS + 1:
            raise CheckpointError(f"{name} names more than the {MAX_TENSORS:,} tensors that it may hold.")
        return safetensors.numpy.load(data)
    except (SafetensorError, ValueError, KeyError, TypeError) as error:
        raise CheckpointError(f"{name} is not a readable safetensors file.") from error


def read_history(checkpoint: Checkpoint) -> list[dict[str, Any]]:
    """One record per epoch, in nats per image."""
    return [_json(line, HISTORY) for line in _read(checkpoint.folder / HISTORY, MAX_BYTES).splitlines()]


def read_measurements(checkpoint: Checkpoint) -> Measurements:
    """What was measured of it; nothing where it has no such file.

    Raises:
        CheckpointError: when the file holds something else.
    """
    stored = METRICS in checkpoint.files
    return metrics_json.unpack(_read(checkpoint.folder / METRICS, metrics_json.MAX_BYTES)) if stored else Measurements()


def read_latents(checkpoint: Checkpoint, most: int = MAX_BYTES) -> Latents:
    """The encoded split, of at most so many bytes.

    Raises:
        CheckpointError: when there is none yet, or its arrays do not fit each other or the model.
    """
    if LATENTS not in checkpoint.files:
        raise CheckpointError(f"{checkpoint.id} has no latents yet; run `python -m vae_explorer embed` on it.")
    latents = latents_npz.unpack(_read(checkpoint.folder / LATENTS, most), most)
    model = checkpoint.recipe.model
    if latents.mu.shape[1] != model.latent_dim:
        raise CheckpointError(f"{LATENTS} does not fit the model's latent_dim; run `embed` again.")
    if latents.plain != model.plain:
        raise CheckpointError(f"{LATENTS} does not fit the model's kind, autoencoder or VAE; run `embed` again.")
    return latents


def read_stops(checkpoint: Checkpoint, images: Latents, most: int = MAX_BYTES) -> BetaLatents:
    """The encoded split at every stop of a multi-rate network.

    images: the checkpoint's own latents, of the same images.

    Raises:
        CheckpointError: when there are none, or its arrays do not fit the images or the model.
    """
    if BETAS not in checkpoint.files:
        raise CheckpointError(f"{checkpoint.id} has no stops of β yet; run `python -m vae_explorer embed` on it.")
    return betas_npz.unpack(_read(checkpoint.folder / BETAS, most), most, *images.mu.shape)


def config_bytes(recipe: Recipe, contents: Mapping[str, bytes]) -> bytes:
    """config.json: the recipe, and the size and digest of every other file."""
    seals = {name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in contents.items()}
    return json.dumps({"format": FORMAT, **recipe.to_dict(), "files": seals}, indent=1).encode()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _verify(folder: Path, seals: Mapping[str, tuple[int, str]]) -> None:
    if not {WEIGHTS, HISTORY} <= set(seals) <= {WEIGHTS, HISTORY, *OPTIONAL}:
        raise CheckpointError(f"{CONFIG} does not list the files of a checkpoint.")
    for name, (size, digest) in seals.items():
        data = _read(folder / name, MAX_BYTES)
        if len(data) != size:
            raise CheckpointError(f"{name} is truncated: {len(data)} bytes where {size} were written.")
        if hashlib.sha256(data).hexdigest() != digest:
            raise CheckpointError(f"{name} is corrupt: its content is not what was written.")


def _read(path: Path, limit: int) -> bytes:
    try:
        return regular_files.read(path, limit)
    except StorageError as error:
        raise CheckpointError(str(error)) from error


def _json(data: bytes, name: str) -> dict[str, Any]:
    try:
        return strict_json.mapping(data)
    except ValueError as error:
        raise CheckpointError(f"{name} is not valid JSON; restore or retrain the checkpoint.") from error
