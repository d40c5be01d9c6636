"""Modularity: whether a unit tells of one factor alone."""

import numpy as np

from vae_explorer.metrics.scores.active_rules import ALL_UNITS
from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.information import ONE_FACTOR, Information, scored_by
from vae_explorer.metrics.scores.score import Scored


def modularity(
    codes: Codes, rng: np.random.Generator, *, n: int = 10_000, estimator: str = "20 bins", rule: str = ALL_UNITS
) -> Scored:
    """Mean over units of how little their other factors weigh beside their first (Ridgeway & Mozer 2018).

    A unit that tells nothing counts 0, so dead units drag it down; a part is the mean over active units.
    """
    return scored_by(_mean, codes, rng, n, estimator, rule)


def per_unit(mi: np.ndarray) -> np.ndarray:
    """1 − (Σ MI² − max MI²) / (max MI² · (factors − 1)); 0 of a unit without any [D]."""
    squared = mi**2
    most = squared.max(axis=1)
    others = (squared.sum(axis=1) - most) / (mi.shape[1] - 1)
    return np.where(most > 0, 1 - others / np.where(most > 0, most, 1.0), 0.0)


def _mean(found: Information) -> Scored:
    if len(found.names) < 2:
        return found.sample.unscored(ONE_FACTOR)
    each = per_unit(found.mi)
    over_active = {"over active units": float(each[found.active].mean())} if found.active.any() else {}
    return found.sample.scored(each.mean(), over_active)
