"""ACTIVE_RULES: which units count; published scores disagree on it."""

from collections.abc import Callable

import numpy as np

from vae_explorer.errors import UnknownName
from vae_explorer.metrics.scores.codes import Codes


def _range_above(share: float) -> Callable[[np.ndarray], np.ndarray]:
    return lambda mu: np.ptp(mu, axis=0) > share * np.ptp(mu, axis=0).max()


def _middle_half_above(share: float) -> Callable[[np.ndarray], np.ndarray]:
    def rule(mu: np.ndarray) -> np.ndarray:
        low, high = np.quantile(mu, [0.25, 0.75], axis=0)
        return high - low > share * (high - low).max()

    return rule


ALL_UNITS = "all units"
WIDE_UNITS = "range above 1/20 of the widest"
ACTIVE_RULES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    ALL_UNITS: lambda mu: np.ones(mu.shape[1], bool),
    WIDE_UNITS: _range_above(1 / 20),
    "range above 1/8 of the widest": _range_above(1 / 8),
    "interquartile range above 1/10 of the widest": _middle_half_above(1 / 10),
}


def counted_units(codes: Codes, rule: str) -> np.ndarray:
    """Which units a rule counts; bool [D].

    Raises:
        UnknownName: for a rule that is none of ACTIVE_RULES.
    """
    if rule not in ACTIVE_RULES:
        raise UnknownName("rule for active units", rule, ACTIVE_RULES)
    return ACTIVE_RULES[rule](codes.mu)
