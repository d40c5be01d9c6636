"""UDR: whether models that differ in their seed alone find the same units; no factors needed."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from vae_explorer.alignment import Correlation, correlations
from vae_explorer.errors import require
from vae_explorer.latents.encoded import COLLAPSED_KL
from vae_explorer.metrics.scores.score import Scored
from vae_explorer.standard import standardised

FEWEST_MODELS = 3
LASSO_ALPHA = 0.1
NO_ACTIVE_UNIT = f"No unit is active: the KL is {COLLAPSED_KL} nats at most in each."
NO_PARTNER = "No other model has an active unit."


class Relation(StrEnum):
    """How the strength between a unit of one model and a unit of another is measured."""

    LASSO = "lasso"
    SPEARMAN = "spearman"


class Encoded(NamedTuple):
    """One model's codes of the images that all models have seen."""

    mu: np.ndarray
    """[N, D], the images in the same order for every model; D may differ."""
    kl: np.ndarray
    """Mean KL of each unit in nats, [D]."""


def udr(
    models: Sequence[Encoded], rng: np.random.Generator, *, n: int = 1_000, relation: Relation = Relation.LASSO
) -> list[Scored]:
    """Of each model the median, over the others, of how far their units correspond one to one (Duan et al. 2020).

    Parts are the pairs with the others, numbered from 0; those without an active unit are left out of the median.

    Raises:
        InvalidSetting: for fewer than three models, codes that are not of the same images or not finite, n below 1.
    """
    _check(models, n)
    count = len(models[0].mu)
    said = () if n <= count else (f"Measured on {count:,} images: there are no {n:,}.",)
    places = rng.choice(count, min(n, count), replace=False)
    units = [_units(model, places) for model in models]
    return [_scored(at, units, RELATIONS[relation], len(places), said) for at in range(len(models))]


def one_to_one(strength: np.ndarray) -> float:
    """Mean of max² / sum over rows and over columns of strengths [D, E]; 1 where each has one partner of strength 1."""
    sides = [(strength.max(axis=axis), strength.sum(axis=axis)) for axis in (0, 1)]
    return float(np.mean([np.mean(most**2 / np.where(total > 0, total, 1)) for most, total in sides]))


def _check(models: Sequence[Encoded], n: int) -> None:
    require(len(models) >= FEWEST_MODELS, f"UDR needs three models of one data set at least, not {len(models)}.")
    require(n >= 1, f"A score needs an image at least, not {n:,}.")
    same = len({len(model.mu) for model in models}) == 1
    require(same, "UDR compares codes of the same images: encode all models on one split.")
    for model in models:
        fits = model.mu.ndim == 2 and model.kl.shape == model.mu.shape[1:] and len(model.mu) > 0
        require(fits, f"Codes [N, D] need one KL for each unit, not {model.kl.shape} for {model.mu.shape}.")
        finite = bool(np.isfinite(model.mu).all() and np.isfinite(model.kl).all())
        require(finite, "Codes must be finite; train this model again with a lower lr.")


def _units(model: Encoded, places: np.ndarray) -> np.ndarray:
    """Those that say something, standardised; [n, active]."""
    return standardised(model.mu[places])[:, model.kl > COLLAPSED_KL]


def _scored(at: int, units: Sequence[np.ndarray], strength: Callable, n: int, said: tuple[str, ...]) -> Scored:
    others = [other for other in range(len(units)) if other != at and units[other].shape[1]]
    if not units[at].shape[1]:
        return Scored(0.0, {}, n, " ".join((*said, NO_ACTIVE_UNIT)))
    if not others:
        return Scored(0.0, {}, n, " ".join((*said, NO_PARTNER)))
    parts = {f"model {other}": one_to_one(strength(units[at], units[other])) for other in others}
    missing = len(units) - 1 - len(others)
    told = f"Left out, as no unit is active in them: {missing} of the other models." if missing else ""
    return Scored(float(np.median(list(parts.values()))), parts, n, " ".join(s for s in (*said, told) if s))


def _lasso(mu: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Size of the weights by which units tell those of another model; [D, E]."""
    from sklearn.linear_model import Lasso

    return np.abs(np.atleast_2d(Lasso(alpha=LASSO_ALPHA).fit(mu, other).coef_)).T


def _spearman(mu: np.ndarray, other: np.ndarray) -> np.ndarray:
    return np.abs(correlations(mu, other, Correlation.SPEARMAN))


RELATIONS: dict[Relation, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    Relation.LASSO: _lasso,
    Relation.SPEARMAN: _spearman,
}
