"""What the columns are told: matched units, planes, and how a place of one map is a code of each model."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from vae_explorer.alignment import Alignment, Match
from vae_explorer.checkpoints.carriage import Carriage, carriage
from vae_explorer.latents.encoded import collapsed
from vae_explorer.projections.planes import Plane, pca_plane
from vae_explorer.ui import titles
from vae_explorer.ui.components.latent_map import plane_data
from vae_explorer.ui.scene import Scene
from vae_explorer.ui.seed_figures import match_words, seeds_of
from vae_explorer.unit_cards.matches import matched

UNMATCHED = "no unit of this model is left to match it, or one of the two is collapsed"
DECIMALS = 6


def column(one: Scene, found: Sequence[Scene], axes: str) -> dict[str, Any]:
    """A model among those it is compared with, the first of which gives the order of the units."""
    return {
        "conditional": one.y is not None,
        "plain": one.plain,
        "plane": plane_data(one, axes),
        "carried": [_carried(carriage(one.checkpoint, _plane(one, axes), other.checkpoint)) for other in found],
    } | (_own(one) if one.checkpoint == found[0].checkpoint else _matched(found[0], one))


def _own(first: Scene) -> dict[str, Any]:
    """The units of the first model, which need no match."""
    return {"units": [_unit(first, unit) for unit in first.ranked], "rest": []}


def _matched(first: Scene, one: Scene) -> dict[str, Any]:
    found = matched(first.checkpoint, one.checkpoint)
    pairs = found if isinstance(found, Alignment) else Alignment((), (), tuple(one.ranked))
    others = [other for other in seeds_of(one.checkpoint) if other != first.checkpoint]  # which matches itself
    seeds = [matched(first.checkpoint, other) for other in others]
    rows = [_row(one, pairs.of(unit)) | {"seeds": _over_seeds(seeds, unit)} for unit in first.ranked]
    return {"units": rows, "rest": [_unit(one, unit) for unit in one.ranked if unit in pairs.other_unmatched]}


def _row(one: Scene, match: Match | None) -> dict[str, Any]:
    """The unit that is matched to one of the first model, and which way it runs."""
    if match is None:
        return {"unit": None, "words": UNMATCHED, "sign": 1, "correlation": None} | _nothing()
    return _unit(one, match.other) | {"sign": match.sign, "correlation": match.correlation}


def _over_seeds(seeds: Sequence[Alignment | str], unit: int) -> str:
    """How strongly a unit of the first model is matched over the seeds of another."""
    matches = [found.of(unit) for found in seeds if isinstance(found, Alignment)]
    return match_words(None if match is None else match.correlation for match in matches)


def _nothing() -> dict[str, Any]:
    return {"home": 0.0, "deviation": 0.0, "kl": None, "idle": True}


def _unit(one: Scene, unit: int) -> dict[str, Any]:
    """A unit as it is measured, matched to none."""
    kl = one.latents.kl_per_dim
    return {
        "unit": unit,
        "words": titles.unit_name(one.checkpoint, unit),
        "sign": 1,
        "correlation": None,
        "seeds": "",
        "home": float(one.spread.mean[unit]),
        "deviation": float(one.spread.deviation[unit]),
        "kl": None if kl is None else float(kl[unit]),
        "idle": bool(collapsed(one.latents)[unit]),
    }


def _plane(one: Scene, axes: str) -> Plane:
    """The plane of a map through the codes that its empty ground stands for: all other units at home."""
    if axes == "pca" and one.latent_dim > 2:
        return pca_plane(one.latents.mu)
    rest = one.spread.mean.copy()
    rest[list(one.units)] = 0
    return Plane(rest, np.eye(one.latent_dim)[list(one.units)])


def _carried(found: Carriage) -> dict[str, Any]:
    arrays = {"origin": found.origin, "across": found.across, "up": found.up}
    return {name: np.round(array, DECIMALS).tolist() for name, array in arrays.items()} | {"r2": found.r2}
