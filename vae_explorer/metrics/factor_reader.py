"""Trees that read factors off mu, and how well they do: what a unit does to a picture, measured in factors."""

from typing import Any, NamedTuple

import numpy as np

from vae_explorer.datasets.images import Factor, Order
from vae_explorer.metrics.scores.codes import Codes

TREES, LEAVES, SMALLEST = 40, 150, 2
"""About so many leaves a tree, each of two codes at least: finer ones read what is chance in where a code lies."""
MOST = 5_000
"""Codes to learn from, and as many at most to be judged on."""


class FactorReader(NamedTuple):
    """Learned on half of the codes and judged on the other."""

    forests: tuple[Any, ...]
    """One a factor, so that each looks at the units that tell its own."""
    factors: tuple[Factor, ...]
    judged_on: Codes
    """Codes that it has not seen."""

    def read(self, mu: np.ndarray) -> list[np.ndarray]:
        """Every factor as it is read off codes [N, D], each in the coordinates of `coordinates`."""
        return [forest.predict(mu).reshape(len(mu), -1) for forest in self.forests]

    def quality(self, mu: np.ndarray | None = None) -> np.ndarray:
        """The share of each factor's variance that is read right off the codes it is judged on, 0 to 1; [F].

        Args:
            mu: in place of these codes, such as the same with one unit taken out.
        """
        codes = self.judged_on
        pairs = zip(self.read(codes.mu if mu is None else mu), self.factors, codes.values.T, strict=True)
        return np.array([_share(read, coordinates(values, factor)) for read, factor, values in pairs])


def factor_reader(codes: Codes, seed: int) -> FactorReader:
    """Extremely randomised trees from mu to each factor (Geurts et al. 2006)."""
    order = np.random.default_rng(seed).permutation(len(codes))
    half = min(MOST, (len(codes) + 1) // 2)
    learned, judged = codes.take(order[:half]), codes.take(order[half : half + MOST] if len(codes) > 1 else order)
    forests = tuple(
        _grown(learned.mu, coordinates(values, factor), seed)
        for factor, values in zip(codes.factors, learned.values.T, strict=True)
    )
    return FactorReader(forests, codes.factors, judged)


def _grown(mu: np.ndarray, targets: np.ndarray, seed: int) -> Any:
    from sklearn.ensemble import ExtraTreesRegressor

    leaf = max(SMALLEST, len(mu) // LEAVES)
    forest = ExtraTreesRegressor(TREES, min_samples_leaf=leaf, max_features=1.0, random_state=seed, n_jobs=1)
    return forest.fit(mu, targets[:, 0] if targets.shape[1] == 1 else targets)


def coordinates(values: np.ndarray, factor: Factor) -> np.ndarray:
    """Values [N] as points whose distances mean something, [N, E]: on a line, on a circle, or one axis for each."""
    if factor.order is Order.NONE:
        return np.eye(factor.size)[values]
    if factor.order is Order.CIRCLE:
        angle = 2 * np.pi * values / factor.size
        return np.stack((np.cos(angle), np.sin(angle)), axis=1)
    return values[:, None] / max(factor.size - 1, 1)


def total_effect(before: np.ndarray, after: np.ndarray) -> float:
    """How much a change moves points [N, E]: 1 when it moves them as much as another draw would, 0 not at all.

    Half of the mean squared step over the variance: the share of the variance that hangs on what was changed, where
    it was changed to another draw of its own (total Sobol index; Jansen 1999). 0 where nothing varies.
    """
    variance = float(before.var(axis=0, dtype=np.float64).sum())
    step = float(np.square(after - before, dtype=np.float64).sum(axis=1).mean())
    return min(step / (2 * variance), 1.0) if variance > 0 else 0.0


def _share(read: np.ndarray, truth: np.ndarray) -> float:
    variance = float(truth.var(axis=0).sum())
    missed = float(np.square(read - truth).sum(axis=1).mean())
    return float(np.clip(1 - missed / variance, 0.0, 1.0)) if variance > 0 else 0.0
