"""SAP: how far the unit that tells a factor best by a line is ahead of the second."""

import warnings

import numpy as np

from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.mig import gaps
from vae_explorer.metrics.scores.parted import N, parted
from vae_explorer.metrics.scores.score import Scored

CONSTANT = 1e-12
"""Variance of mu up to which a unit counts as constant, and tells nothing."""


def sap(codes: Codes, rng: np.random.Generator, *, n: int = N, c: float = 0.01) -> Scored:
    """Mean over factors of the gap in accuracy between the two best units (Kumar et al. 2018), which are the parts.

    A line cannot tell the middle values of a factor from one number, so that a perfect code scores far below 1.
    """
    drawn = parted(codes, rng, n)
    if drawn.nothing:
        return drawn.unscored()
    each = range(len(drawn.names))
    found = [[_accuracy(drawn.fit, drawn.test, unit, at, c) for at in each] for unit in range(codes.mu.shape[1])]
    return drawn.by_factor(gaps(np.array(found), np.ones(len(each))))


def _accuracy(fit: Codes, test: Codes, unit: int, factor: int, c: float) -> float:
    """Of a unit's scalar as it is, on unseen images; with few features by the primal, which is sooner."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.svm import LinearSVC

    if fit.mu[:, unit].var() <= CONSTANT:
        return 0.0
    machine = LinearSVC(C=c, class_weight="balanced", dual="auto")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        machine.fit(fit.mu[:, [unit]], fit.values[:, factor])
    return float(machine.score(test.mu[:, [unit]], test.values[:, factor]))
