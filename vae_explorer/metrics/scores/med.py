"""MED: DCI's disentanglement, with mutual information in place of importances."""

import numpy as np

from vae_explorer.metrics.scores.active_rules import ALL_UNITS
from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.information import ONE_FACTOR, Information, scored_by, shares
from vae_explorer.metrics.scores.score import Scored


def med(
    codes: Codes, rng: np.random.Generator, *, n: int = 10_000, estimator: str = "20 bins", rule: str = ALL_UNITS
) -> Scored:
    """1 − the entropy of the factors that a unit tells of, weighted by how much it tells (Cao et al. 2022).

    Mutual information is first shared out among units, factor by factor. A part is top-1: of the purest unit of each
    factor alone, which large codes need for a fair comparison.
    """
    return scored_by(_weighted, codes, rng, n, estimator, rule)


def importances(mi: np.ndarray) -> np.ndarray:
    """The share of each unit in what is told of a factor; 0 of a factor that nothing is told of [D, F]."""
    return np.where(mi.sum(axis=0) > 0, shares(mi, 0), 0.0)


def purity(importance: np.ndarray) -> np.ndarray:
    """1 − the entropy, to the base of the number of factors, of the factors of each unit [D]."""
    share = shares(importance, 1)
    return 1 + (share * np.log(np.where(share > 0, share, 1.0))).sum(axis=1) / np.log(share.shape[1])


def weighted(importance: np.ndarray) -> float:
    """The units' purities, weighted by their importance; 0 where none has any."""
    weight = importance.sum(axis=1)
    return float((purity(importance) * weight).sum() / weight.sum()) if weight.any() else 0.0


def purest(importance: np.ndarray) -> np.ndarray:
    """Of the units that tell most of one factor the purest, of each factor; their places."""
    order, first = np.argsort(-purity(importance), kind="stable"), importance.argmax(axis=1)
    _, places = np.unique(first[order], return_index=True)
    return order[places]


def _weighted(found: Information) -> Scored:
    if len(found.names) < 2:
        return found.sample.unscored(ONE_FACTOR)
    importance = importances(found.mi)
    return found.sample.scored(weighted(importance), {"top-1": weighted(importance[purest(importance)])})
