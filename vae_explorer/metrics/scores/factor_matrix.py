"""What every unit has to do with every factor: MATRICES of factors and units, and one unit along one factor."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.mutual_information import binned, factor_entropies

BINS = 20
SEED = 0
QUARTILES = (25, 50, 75)
TREES, DEPTH, GROWN_ON = 30, 10, 2_000
"""Of a random forest that is grown while a person waits: on fewer images than the score's own."""


class Matrix(NamedTuple):
    """One way to relate units and factors, each entry from 0 to 1."""

    title: str
    about: str
    """How an entry is measured."""
    measure: Callable[[Codes], np.ndarray]
    """Codes to [F, D]."""


class Profile(NamedTuple):
    """A unit's mu over the values of a factor."""

    values: np.ndarray
    """[V], those that occur."""
    quartiles: np.ndarray
    """[3, V]: a quarter, half and three quarters of the images of a value lie below."""


def information_shares(codes: Codes) -> np.ndarray:
    """Mutual information of mu in 20 equal-width bins, over each factor's entropy [F, D]."""
    entropies = factor_entropies(codes.values)
    shares = binned(codes, np.random.default_rng(SEED), BINS).T / np.where(entropies > 0, entropies, 1.0)[:, None]
    return np.clip(shares, 0.0, 1.0)


def importances(codes: Codes) -> np.ndarray:
    """How much each unit helps 30 random trees to tell a factor, of 1 for each factor [F, D]."""
    from sklearn.ensemble import RandomForestClassifier

    chosen = np.random.default_rng(SEED).permutation(len(codes))[:GROWN_ON]
    some = codes.take(chosen)
    forest = RandomForestClassifier(TREES, criterion="entropy", max_depth=DEPTH, random_state=SEED, n_jobs=1)
    return np.array([forest.fit(some.mu, column).feature_importances_ for column in some.values.T])


def correlation_ratios(codes: Codes) -> np.ndarray:
    """η: the deviation of a unit's means over a factor's values, over its own deviation [F, D] (Pearson 1905).

    It needs no order of the values, so that a shape, a class and an angle can be read too.
    """
    total = codes.mu.var(axis=0, dtype=np.float64)
    between = np.zeros((len(codes.factors), codes.mu.shape[1]))
    for factor in range(len(codes.factors)):
        rows = codes.rows(factor)
        means = np.array([codes.mu[places].mean(axis=0, dtype=np.float64) for places in rows])
        weights = np.array([len(places) for places in rows]) / len(codes)
        between[factor] = weights @ (means - codes.mu.mean(axis=0, dtype=np.float64)) ** 2
    return np.sqrt(np.clip(between / np.where(total > 0, total, 1.0), 0.0, 1.0))


MATRICES: dict[str, Matrix] = {
    "information": Matrix(
        "Mutual information",
        "Mutual information of a unit's mu (20 equal-width bins) and a factor, as a share of the factor's entropy.",
        information_shares,
    ),
    "importance": Matrix(
        "Importance for trees",
        f"How much a unit helps {TREES} random trees of depth {DEPTH} ({GROWN_ON:,} images) to tell a factor; "
        "of a factor, all units add up to 1.",
        importances,
    ),
    "correlation": Matrix(
        "Correlation ratio",
        "η: how far a unit's mean moves over a factor's values, as a share of its deviation; needs no order of values.",
        correlation_ratios,
    ),
}


def profile(codes: Codes, unit: int, factor: int) -> Profile:
    """Median and quartiles of a unit's mu over the values of a factor."""
    rows = codes.rows(factor)
    values = np.array([codes.values[places[0], factor] for places in rows])
    return Profile(values, np.array([np.percentile(codes.mu[places, unit], QUARTILES) for places in rows]).T)
