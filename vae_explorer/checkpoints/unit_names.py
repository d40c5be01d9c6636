"""unit_names.json: what a person calls the units of a model; beside the sealed files, for a name changes no version."""

import json
import logging
import threading
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from vae_explorer import folders, regular_files, strict_json
from vae_explorer.checkpoints.folder import UNIT_NAMES, Checkpoint, open_checkpoint
from vae_explorer.errors import CheckpointError, require
from vae_explorer.regular_files import Stamp
from vae_explorer.texts import visible

LOG = logging.getLogger(__name__)
MOST = 40
"""Characters of a name."""
MAX_BYTES = 1 << 20
SHOWN = 30
"""Characters of a refused name that its refusal repeats."""
NONE: Mapping[int, str] = MappingProxyType({})
_STORING = threading.Lock()


def read_unit_names(checkpoint: Checkpoint) -> Mapping[int, str]:
    """The names by unit, as they stand at this moment; none where the file is damaged, which the log tells once."""
    path = folders.standing(checkpoint.home) / UNIT_NAMES
    stamp = regular_files.stamp(path)
    return NONE if stamp is None else _read(path, stamp, checkpoint.recipe.model.latent_dim)


def store_unit_name(checkpoint: Checkpoint, unit: int, name: str) -> None:
    """Call a unit so; an empty name takes its name away, and the name that stands is not written another time.

    Raises:
        InvalidSetting: for a unit that the model has not, or a name that is too long or not printable.
        CheckpointError: when the model was trained anew or is gone since it was opened.
        StorageError: when it cannot be written; the names that were there stay.
    """
    most, given = checkpoint.recipe.model.latent_dim - 1, checked_name(name)
    require(0 <= unit <= most, f"unit must be from 0 to {most}, not {unit}.")
    folder = checkpoint.home
    with _STORING:
        if open_checkpoint(folder).recipe != (checkpoint.whole or checkpoint).recipe:
            raise CheckpointError(f"{checkpoint.id} was trained anew since it was opened; open it again.")
        standing = read_unit_names(checkpoint)
        if given == standing.get(unit, ""):
            return
        names = {**standing, unit: given}
        kept = {str(key): names[key] for key in sorted(names) if names[key]}
        data = json.dumps(kept, ensure_ascii=False, indent=1).encode()
        folders.write_file(folder / UNIT_NAMES, data, make_folder=False)


def checked_name(name: str) -> str:
    """A name without the blanks around it, of composed characters.

    Raises:
        InvalidSetting: when it is longer than 40 characters, or of more than one line, or has characters that show
            nothing or turn the text around them.
    """
    trimmed = name.strip()
    seen = visible(trimmed, SHOWN)
    told = f"A unit's name has at most {MOST} characters, not {len(trimmed):,} as “{seen}”; shorten it."
    require(len(trimmed) <= MOST, told)
    told = f"A unit's name is one line of characters that can be seen, not “{seen}”; leave the others out."
    require(trimmed.isprintable(), told)
    return unicodedata.normalize("NFC", trimmed)


@lru_cache(maxsize=256)
def _read(path: Path, stamp: Stamp, latent_dim: int) -> Mapping[int, str]:
    try:
        return MappingProxyType(_names(strict_json.mapping(regular_files.read(path, MAX_BYTES)), latent_dim))
    except Exception as error:  # whatever lies there, the model is shown
        LOG.warning("%s holds no names of units and is left alone: %s", path, error)
        return NONE


def _names(values: Mapping[str, Any], latent_dim: int) -> dict[int, str]:
    units = {str(unit): unit for unit in range(latent_dim)}
    for unit, name in values.items():
        sound = unit in units and isinstance(name, str) and name != "" and checked_name(name) == name
        require(sound, f"“{visible(unit, SHOWN)}” is no unit of {latent_dim}, or its name is none.")
    return {units[unit]: name for unit, name in values.items()}
