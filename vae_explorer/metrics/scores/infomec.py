"""InfoM, InfoC and InfoE: whether units tell of one factor, factors lie in one unit, and can be read at all."""

from functools import partial

import numpy as np

from vae_explorer.metrics.scores.active_rules import WIDE_UNITS
from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.information import ONE_FACTOR, Information, scored_by, shares
from vae_explorer.metrics.scores.logistic import probabilities
from vae_explorer.metrics.scores.sample import sample_of_factors
from vae_explorer.metrics.scores.score import Scored
from vae_explorer.standard import standardised

NO_CEILING = "With one factor a perfect code is one unit, of which this is not defined: there is no ceiling."
UNDEFINED = "Not defined: with one active unit every factor can only lie in that one."
ONE_ACTIVE = "One unit is active, which by itself makes this high."
STEPS = 100


def infom(
    codes: Codes,
    rng: np.random.Generator,
    *,
    n: int = 10_000,
    estimator: str = "KSG, 10 neighbours",
    rule: str = WIDE_UNITS,
) -> Scored:
    """Mean over active units of the largest share of one factor, rescaled from 1 / factors (Hsu et al. 2023).

    A unit that tells nothing has equal shares, and counts 0; ten units of noise still score 0.6, as what little each
    seems to tell is of one factor. A part is the number of active units, which the score rewards to be few.
    """
    return scored_by(partial(_largest_shares, axis=1), codes, rng, n, estimator, rule)


def infoc(
    codes: Codes,
    rng: np.random.Generator,
    *,
    n: int = 10_000,
    estimator: str = "KSG, 10 neighbours",
    rule: str = WIDE_UNITS,
) -> Scored:
    """Mean over factors of the largest share of one active unit, rescaled from 1 / units (Hsu et al. 2023).

    Parts are the factors and the number of active units. Of one unit it is not defined, nor its ceiling of one factor.
    """
    return scored_by(partial(_largest_shares, axis=0), codes, rng, n, estimator, rule)


def infoe(codes: Codes, rng: np.random.Generator, *, n: int = 10_000) -> Scored:
    """1 − log-loss of a linear classifier over that of a constant code, mean over factors (Hsu et al. 2023).

    Of all units, on the images that it was fitted to; parts are the factors.
    """
    drawn = sample_of_factors(codes, rng, n)
    if drawn.nothing:
        return drawn.unscored()
    x, seen = standardised(drawn.codes.mu), drawn.codes
    each = {factor.name: _explained(x, seen.values[:, at]) for at, factor in enumerate(seen.factors)}
    return drawn.scored(np.mean(list(each.values())), each)


def _largest_shares(found: Information, axis: int) -> Scored:
    """Of factors in a unit by axis 1, of units in a factor by axis 0."""
    nmi = found.mi / found.entropy
    units = {"active units": float(len(nmi))}
    if len(found.names) == 1:
        return found.sample.unscored(ONE_FACTOR if axis else NO_CEILING)._replace(parts=units)
    if nmi.shape[axis] == 1:
        return found.sample.unscored(UNDEFINED)._replace(parts=units)
    least = 1 / nmi.shape[axis]
    each = (shares(nmi, axis).max(axis=axis) - least) / (1 - least)
    factors = {} if axis else dict(zip(found.names, each.tolist(), strict=True))
    return found.sample.scored(each.mean(), {**factors, **units}, ONE_ACTIVE if len(nmi) == 1 else "")


def _explained(x: np.ndarray, values: np.ndarray) -> float:
    """A balanced classifier of a constant code gives every value the same chance, so its log-loss is log(values)."""
    classes, place = np.unique(values, return_inverse=True)
    told = probabilities(x, place, x, C=np.inf, class_weight="balanced", max_iter=STEPS)[np.arange(len(x)), place]
    return float(max(0.0, 1 + np.log(told).mean() / np.log(len(classes))))
