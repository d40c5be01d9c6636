"""Cards measured once for each model: held in memory, kept on disk, measured anew where either is of no use."""

import contextlib
import json
import threading
from functools import lru_cache
from pathlib import Path

import numpy as np

from vae_explorer import folders, regular_files, strict_json
from vae_explorer.cache import cache_root
from vae_explorer.checkpoints import Checkpoint
from vae_explorer.checkpoints.originals import originals
from vae_explorer.checkpoints.shelf import Shelf
from vae_explorer.errors import StorageError, require
from vae_explorer.unit_cards.card import UnitCard, unit_card
from vae_explorer.unit_cards.subject import Subject, subject

MAX_BYTES = 1 << 22
FORMAT = 2
"""Another, and what is kept on disk is measured anew."""
_MEASURING = threading.Lock()
_SUBJECTS: Shelf[Subject] = Shelf(subject, 2, measured=False)


def card(checkpoint: Checkpoint, unit: int) -> UnitCard:
    """A unit's card, from memory, from disk or measured now.

    Raises:
        InvalidSetting: for a unit that the model does not have.
    """
    width = checkpoint.recipe.model.latent_dim
    require(0 <= unit < width, f"This model has units 0 to {width - 1}, not {unit}.")
    return _card(checkpoint, unit, originals(checkpoint).note)


def forget() -> None:
    """Drop what is held in memory: the next card comes from disk, as in another process."""
    _card.cache_clear()


@lru_cache(maxsize=512)
def _card(checkpoint: Checkpoint, unit: int, absent: str) -> UnitCard:
    with _MEASURING:
        path = cache_root() / "cards" / f"{checkpoint.id}-{checkpoint.model_version}-{unit}.json"
        kept = _kept(path, checkpoint)
        if kept is not None and (kept.nll is not None or absent):
            return kept
        found = unit_card(_SUBJECTS.get(checkpoint), unit)
        with contextlib.suppress(StorageError):  # of use is what was measured, not that it is kept
            folders.write_file(path, json.dumps({"format": FORMAT, **found.to_dict()}).encode())
        return found


def _kept(path: Path, checkpoint: Checkpoint) -> UnitCard | None:
    """What is on disk; None where there is nothing of use."""
    try:
        values = strict_json.mapping(regular_files.read(path, MAX_BYTES))
        if values.pop("format") != FORMAT:
            return None
        kept = UnitCard.from_dict(values)
    except (StorageError, ValueError, TypeError, KeyError, AttributeError):
        return None
    model = checkpoint.recipe.model
    return kept if _fits(kept, model.latent_dim, model.image_shape[1:]) else None


def _fits(kept: UnitCard, units: int, size: tuple[int, ...]) -> bool:
    """Whether a card that somebody may have written is of the numbers that a page shows."""
    try:
        slope, moved = np.array(kept.slope, float), np.array([one or 0.0 for one in kept.moved], float)
        effects = np.array([[one or 0.0 for one in effect[1:]] for effect in kept.factors], float)
        figures = np.array([kept.unit, kept.n, kept.seed, kept.nll or 0.0, kept.nll_without or 0.0], float)
    except (ValueError, TypeError, OverflowError):
        return False
    texts = kept.absent, *(effect.name for effect in kept.factors)
    shapes = slope.shape == size and moved.shape == (units,) and effects.shape in ((0,), (len(kept.factors), 3))
    return shapes and all(isinstance(text, str) for text in texts) and figures.ndim == 1
