"""A multi-rate checkpoint at one of its βs: what every page and route takes for a model of its own, `name@2`."""

import math
from dataclasses import replace

from vae_explorer.beta_range import BetaRange
from vae_explorer.checkpoints.checkpoint import Checkpoint
from vae_explorer.errors import UnknownName

AT = "@"
"""Stands in no folder's name."""
MOST_CHARACTERS = 20
"""Of a β."""


def view_id(name: str, beta: float) -> str:
    """What a multi-rate checkpoint is called at a β."""
    return f"{name}{AT}{beta:g}"


def folder_name(id: str) -> str:
    """The checkpoint's own name in the id of any view of it."""
    return id.partition(AT)[0]


def named_beta(id: str) -> float | None:
    """The β that an id names; None where it names none, or no number above 0."""
    try:
        beta = float(id.partition(AT)[2][:MOST_CHARACTERS])
    except ValueError:
        return None
    return beta if math.isfinite(beta) and beta > 0 else None


def view(checkpoint: Checkpoint, id: str) -> Checkpoint:
    """The checkpoint at the β that an id names; the checkpoint itself where it names none.

    Raises:
        UnknownName: when it is no multi-rate one, or was not trained for this β.
    """
    if AT not in id:
        return checkpoint
    betas, beta = checkpoint.recipe.model.betas, named_beta(id)
    if betas is None or beta is None or not betas.holds(beta) or id != view_id(checkpoint.id, beta):
        raise UnknownName("model", id, _known(checkpoint, betas))
    recipe = replace(checkpoint.recipe, train=replace(checkpoint.recipe.train, beta=beta))
    at_beta = f"{AT}{beta:g}"
    versions = {name: getattr(checkpoint, name) + at_beta for name in ("version", "model_version")}
    return replace(checkpoint, id=id, recipe=recipe, whole=checkpoint, **versions)


def at_beta(checkpoint: Checkpoint, beta: float) -> Checkpoint:
    """A multi-rate checkpoint at another of its βs; as it opens, at 1."""
    whole = checkpoint.whole or checkpoint
    return whole if beta == 1 else view(whole, view_id(whole.id, beta))


def near_beta(checkpoint: Checkpoint, beta: float) -> Checkpoint:
    """A multi-rate checkpoint at the stop nearest to a β; any other as it is."""
    betas = checkpoint.recipe.model.betas
    return checkpoint if betas is None else at_beta(checkpoint, betas.nearest_stop(betas.clamped(beta)))


def _known(checkpoint: Checkpoint, betas: BetaRange | None) -> tuple[str, ...]:
    ends = () if betas is None else (view_id(checkpoint.id, betas.low), "…", view_id(checkpoint.id, betas.high))
    return (checkpoint.id, *ends)
