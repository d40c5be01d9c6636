"""Notes: what a source writes beside its weights as JSON, and what is certain by it; pickles beside it stay closed."""

from collections.abc import Mapping
from math import prod
from pathlib import Path
from typing import Any, NamedTuple

from vae_explorer import regular_files, strict_json
from vae_explorer.bounds import is_count
from vae_explorer.errors import CheckpointError
from vae_explorer.importers.blueprint import ACTIVATION, BEFORE_HEADS

MAX_BYTES = 1 << 20
Shape = tuple[int, int, int]


class Note(NamedTuple):
    """What one source calls what it writes."""

    image_shape: str
    flags: tuple[str, ...] = ()
    """Keys that are true where the source's own networks are used."""
    own: tuple[tuple[str, str], ...] = ()
    """Answers that are certain of those."""


NOTES = {
    "model_config.json": Note(
        "input_dim", ("uses_default_encoder", "uses_default_decoder"), ((ACTIVATION, "relu"), (BEFORE_HEADS, "yes"))
    ),
    "specs.json": Note("img_size"),
}
"""By file: pythae's and disentangling-vae's."""
LATENT_DIM = "latent_dim"


def answers(folder: Path, shape: Shape, latent_dim: int) -> dict[str, str]:
    """What notes in a folder answer of weights with so many units, for images of this shape; nothing without notes.

    Raises:
        CheckpointError: when a note cannot be read, or tells of another model or other images.
        StorageError: when it is no regular file, or larger than a note.
    """
    found: dict[str, str] = {}
    for name, note in NOTES.items():
        if regular_files.is_there(folder / name):
            values = _read(folder / name)
            _check(name, note, values, shape, latent_dim)
            own = bool(note.flags) and all(values.get(flag) is True for flag in note.flags)
            found |= note.own if own else ()
    return found


def _read(path: Path) -> dict[str, Any]:
    try:
        return strict_json.mapping(regular_files.read(path, MAX_BYTES))
    except ValueError as error:
        raise CheckpointError(
            f"{path.name} holds no JSON object; save the model again, or name its file of weights alone."
        ) from error


def _check(name: str, note: Note, values: Mapping[str, Any], shape: Shape, latent_dim: int) -> None:
    units, sides = values.get(LATENT_DIM, latent_dim), values.get(note.image_shape, list(shape))
    if units != latent_dim:
        raise CheckpointError(f"{name} tells of {units!r:.40} latent units, the weights beside it have {latent_dim}.")
    counted = isinstance(sides, list) and all(is_count(side, 1, 1 << 16) for side in sides)
    if not counted or prod(sides) != prod(shape):
        told = f"{name} tells of images {sides!r:.40}, the data set has {list(shape)}"
        raise CheckpointError(f"{told}; name the one it was trained on.")
