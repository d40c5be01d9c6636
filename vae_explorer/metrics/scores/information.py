"""Information: what the units that count tell of the factors, on which many scores are a formula."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from vae_explorer.metrics.scores.active_rules import counted_units
from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.mutual_information import factor_entropies, mutual_information
from vae_explorer.metrics.scores.sample import Sample, sample_of_factors
from vae_explorer.metrics.scores.score import Scored

NO_UNIT_COUNTS = "No unit counts as active."
ONE_FACTOR = "It compares factors, and there is only one here."


class Information(NamedTuple):
    """Mutual information of units and factors, and what it is measured against."""

    mi: np.ndarray
    """Nats [D, F], of the units that the rule counts."""
    entropy: np.ndarray
    """Of the factors, in nats [F]; above 0."""
    active: np.ndarray
    """Which of these units are active by the variance of mu; bool [D]."""
    sample: Sample

    @property
    def names(self) -> list[str]:
        """Of the factors."""
        return [factor.name for factor in self.sample.codes.factors]


def scored_by(
    formula: Callable[[Information], Scored],
    codes: Codes,
    rng: np.random.Generator,
    n: int,
    estimator: str,
    rule: str,
) -> Scored:
    """A formula on the mutual information of units and factors; 0 with its reason where there is none.

    Args:
        estimator: a name in ESTIMATORS.
        rule: a name in ACTIVE_RULES.

    Raises:
        InvalidSetting: for n below 1.
        UnknownName: for another estimator or rule.
    """
    drawn = sample_of_factors(codes, rng, n)
    if drawn.nothing:
        return drawn.unscored()
    counts = counted_units(drawn.codes, rule)
    if not counts.any():
        return drawn.unscored(NO_UNIT_COUNTS)
    mi = mutual_information(drawn.codes, rng, estimator)[counts]
    return formula(Information(mi, factor_entropies(drawn.codes.values), drawn.codes.active[counts], drawn))


def shares(amounts: np.ndarray, axis: int) -> np.ndarray:
    """Amounts over their sum along an axis; equal ones where all are 0."""
    total = amounts.sum(axis=axis, keepdims=True)
    return np.where(total > 0, amounts / np.where(total > 0, total, 1.0), 1 / amounts.shape[axis])
