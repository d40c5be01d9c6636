"""The BetaVAE score: whether a linear classifier tells, of pairs of images, which factor they share."""

import warnings

import numpy as np

from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.information import ONE_FACTOR
from vae_explorer.metrics.scores.partners import BATCH, asked, partners
from vae_explorer.metrics.scores.sample import sample_of_factors
from vae_explorer.metrics.scores.score import Scored


def beta_vae(codes: Codes, rng: np.random.Generator, *, n: int = 10_000, batch: int = BATCH) -> Scored:
    """Accuracy of logistic regression (Higgins et al. 2017): n batches to learn from, half as many to be tested on.

    A batch is described by the mean absolute difference of its pairs' codes. Parts are the factors that were shared.
    """
    drawn = sample_of_factors(codes, rng, n)
    if drawn.nothing or len(drawn.codes.factors) == 1:
        return drawn.unscored(drawn.nothing or ONE_FACTOR)
    seen = len(drawn.codes)
    x, y = differences(drawn.codes, rng, seen, batch)
    if len(np.unique(y)) == 1:
        return drawn.unscored("Too few images: all batches share the same factor.")
    of, truth = differences(drawn.codes, rng, max(1, seen // 2), batch)
    right = _classified(x, y, of) == truth
    each = enumerate(factor.name for factor in drawn.codes.factors)
    parts = {name: float(right[truth == at].mean()) for at, name in each if (truth == at).any()}
    return drawn.scored(right.mean(), parts)


def differences(codes: Codes, rng: np.random.Generator, count: int, batch: int) -> tuple[np.ndarray, np.ndarray]:
    """Mean absolute differences [count, D] of batches of pairs that share a factor's value, and the factor [count]."""
    fixed = asked(codes, count, rng)
    found = []
    for factor in range(len(codes.factors)):
        first = rng.integers(len(codes), size=(int((fixed == factor).sum()), batch))
        second = partners(codes, factor, first, rng)
        found.append(np.abs(codes.mu[first] - codes.mu[second]).mean(axis=1))
    return np.concatenate(found), fixed


def _classified(x: np.ndarray, y: np.ndarray, of: np.ndarray) -> np.ndarray:
    """By the library's defaults, converged or not, as in the protocol."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return LogisticRegression().fit(x, y).predict(of)
