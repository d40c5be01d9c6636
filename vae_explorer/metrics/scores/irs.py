"""IRS: how still each unit stays while all factors but its own change."""

import numpy as np

from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.sample import sample_of_factors
from vae_explorer.metrics.scores.sap import CONSTANT
from vae_explorer.metrics.scores.score import Scored


def irs(codes: Codes, rng: np.random.Generator, *, n: int = 10_000, bins: int = 20, quantile: float = 0.99) -> Scored:
    """1 − a unit's deviation at fixed values over its largest one, best factor (Suter et al. 2019).

    Factors are cut into 20 bins; the deviation at a value is the 99th percentile of the distance from its mean, and
    the mean over values counts. Units are weighted by their largest deviation, constant ones left out. Parts are the
    units, numbered from 0.
    """
    drawn = sample_of_factors(codes, rng, n)
    if drawn.nothing:
        return drawn.unscored()
    mu = drawn.codes.mu
    varied = np.flatnonzero(mu.var(axis=0) > CONSTANT)
    mu = mu[:, varied]
    largest = np.abs(mu - mu.mean(axis=0)).max(axis=0)
    deviations = [_deviation(mu, _binned(column, bins), quantile) for column in drawn.codes.values.T]
    each = np.max(1 - np.stack(deviations) / largest, axis=0)
    parts = {f"unit {unit}": float(value) for unit, value in zip(varied, each, strict=True)}
    return drawn.scored(np.average(each, weights=largest), parts)


def _binned(values: np.ndarray, bins: int) -> np.ndarray:
    """Values of a factor in bins of equal width, the last of them with its upper end."""
    least, widest = int(values.min()), int(np.ptp(values))
    return np.minimum((values.astype(np.float64) - least) * bins // widest, bins - 1)


def _deviation(mu: np.ndarray, group: np.ndarray, quantile: float) -> np.ndarray:
    """Mean over groups of a quantile of the distance from the group's mean, [D]."""
    parts = [mu[group == value] for value in np.unique(group)]
    return np.mean([np.quantile(np.abs(part - part.mean(axis=0)), quantile, axis=0) for part in parts], axis=0)
