"""Explicitness: whether a linear classifier tells a factor's values apart."""

import numpy as np

from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.logistic import probabilities
from vae_explorer.metrics.scores.parted import TOO_FEW, N, parted
from vae_explorer.metrics.scores.score import Scored
from vae_explorer.standard import standardised

CHANCE = 0.5


def explicitness(codes: Codes, rng: np.random.Generator, *, n: int = N) -> Scored:
    """Mean ROC AUC of each value against the others, by logistic regression, mean over factors (Ridgeway & Mozer 2018).

    Two thirds of the images are learned from; parts are the factors on the others. Chance is 0.5, and what is given
    where nothing can be told.
    """
    drawn = parted(codes, rng, n)
    if drawn.nothing:
        return drawn.unscored(value=CHANCE)
    found = {name: _auc(drawn.fit, drawn.test, at) for at, name in enumerate(drawn.names)}
    each = {name: auc for name, auc in found.items() if auc is not None}
    return drawn.scored(float(np.mean(list(each.values()))), each) if each else drawn.unscored(TOO_FEW, CHANCE)


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
