"""MIG: how far each factor's first unit is ahead of its second."""

import numpy as np

from vae_explorer.metrics.scores.active_rules import ALL_UNITS
from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.information import Information, scored_by
from vae_explorer.metrics.scores.score import Scored

SHAPE = "shape"
"""The factor without order, that some protocols leave out."""


def mig(
    codes: Codes, rng: np.random.Generator, *, n: int = 10_000, estimator: str = "20 bins", rule: str = ALL_UNITS
) -> Scored:
    """Mean over factors of the gap between the two units that tell most of one (Locatello et al. 2019).

    Parts are the gap of each factor, and the mean without the shape where that is a factor.
    """
    return scored_by(_mean_gap, codes, rng, n, estimator, rule)


def gaps(mi: np.ndarray, entropy: np.ndarray) -> np.ndarray:
    """The largest mutual information less the second largest, which is 0 of a single unit, over the entropy [F]."""
    first, *others = np.sort(mi, axis=0)[::-1]
    return (first - (others[0] if others else 0.0)) / entropy


def _mean_gap(found: Information) -> Scored:
    each = dict(zip(found.names, gaps(found.mi, found.entropy).tolist(), strict=True))
    others = [gap for name, gap in each.items() if name != SHAPE]
    without = {f"without {SHAPE}": float(np.mean(others))} if others and SHAPE in each else {}
    return found.sample.scored(np.mean(list(each.values())), {**each, **without})
