"""The unit that says the same in every other model that has seen the same images."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from vae_explorer.alignment import Alignment, alignment
from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.latents.encoded import Latents, collapsed
from vae_explorer.latents.map_points import of_points

MOST = 32
"""Other models at most, in the order of the catalogue."""


class Counterpart(NamedTuple):
    """A unit's counterpart in another model."""

    model: str
    unit: int | None
    """None where it has none."""
    correlation: float | None
    reason: str
    """Why there is none; empty where there is."""


def counterparts(checkpoint: Checkpoint, unit: int) -> list[Counterpart]:
    """One for every other model of the data set, the strongest first."""
    dataset = catalogue.EVALUATIONS.get(checkpoint).dataset
    others = [other for name, other in catalogue.usable().items() if name != checkpoint.id]
    same = [other for other in others if catalogue.EVALUATIONS.get(other).dataset == dataset][:MOST]
    return sorted((counterpart(checkpoint, other, unit) for other in same), key=_strength)


@lru_cache(maxsize=1024)
def matched(checkpoint: Checkpoint, other: Checkpoint) -> Alignment | str:
    """The units of two models matched, or one sentence why they cannot be."""
    ours, theirs = catalogue.LATENTS.get(checkpoint), catalogue.LATENTS.get(other)
    if apart := _apart(ours, theirs):
        return apart
    return alignment(of_points(ours.mu), of_points(theirs.mu), ~collapsed(ours), ~collapsed(theirs))


def _apart(ours: Latents, theirs: Latents) -> str:
    if ours.dataset != theirs.dataset:
        return "It has encoded another data set."
    our_images, their_images = (f"{len(one.label):,} {one.split} images" for one in (ours, theirs))
    if our_images != their_images:
        return f"It has encoded {their_images}, this model {our_images}; encode both on one split."
    return "" if np.array_equal(ours.label, theirs.label) else "It has encoded other images."


def counterpart(checkpoint: Checkpoint, other: Checkpoint, unit: int) -> Counterpart:
    """The unit of another model that is matched to this one's, or why there is none."""
    found = matched(checkpoint, other)
    if isinstance(found, str):
        return Counterpart(other.id, None, None, found)
    match = found.of(unit)
    if match is None:
        return Counterpart(other.id, None, None, "No unit is left to match it, or one of the two is collapsed.")
    return Counterpart(other.id, match.other, match.correlation, "")


def _strength(one: Counterpart) -> float:
    return 1.0 if one.correlation is None else -abs(one.correlation)
