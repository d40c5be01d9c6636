"""Explicitness: whether a linear classifier tells a factor's values apart."""

import numpy as np

from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.logistic import probabilities, standardised
from vae_explorer.metrics.scores.sample import sample_of_factors
from vae_explorer.metrics.scores.score import Scored

CHANCE = 0.5
TOO_FEW = "Too few images to learn from some and be tested on others."


def explicitness(codes: Codes, rng: np.random.Generator, *, n: int = 15_000) -> Scored:
    """Mean ROC AUC of each value against the others, by logistic regression, mean over factors (Ridgeway & Mozer 2018).

    Two thirds of the images are learned from; parts are the factors on the others. Chance is 0.5, and what is given
    where nothing can be told.
    """
    drawn = sample_of_factors(codes, rng, n)
    if drawn.nothing:
        return drawn.unscored(value=CHANCE)
    order, train = rng.permutation(len(drawn.codes)), len(drawn.codes) * 2 // 3
    fit, test = drawn.codes.take(order[:train]), drawn.codes.take(order[train:])
    found = {factor.name: _auc(fit, test, at) for at, factor in enumerate(drawn.codes.factors)}
    each = {name: auc for name, auc in found.items() if auc is not None}
    return drawn.scored(np.mean(list(each.values())), each) if each else drawn.unscored(TOO_FEW, CHANCE)


def _auc(fit: Codes, test: Codes, factor: int) -> float | None:
    """None where the images of one part all have the same value."""
    from sklearn.metrics import roc_auc_score

    known = np.unique(fit.values[:, factor])
    is_value = test.values[:, factor, None] == known
    both = is_value.any(axis=0) & ~is_value.all(axis=0)
    if len(known) < 2 or not both.any():
        return None
    x, of = standardised(fit.mu), standardised(test.mu, fit.mu)
    told = probabilities(x, fit.values[:, factor], of)
    return float(roc_auc_score(is_value[:, both], told[:, both]))
