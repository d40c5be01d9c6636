"""Where the codes of all images together lie, held against N(0, I)."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from vae_explorer.advice.case import Case
from vae_explorer.advice.finding import Finding, view_of
from vae_explorer.metrics.aggregate import Aggregate, aggregate_posterior

KIND = "aggregate-fit"
SHARE, LEAST = 0.05, 0.1
"""Of the rate, and nats: below either, the aggregate posterior is where the prior is."""


class Misfit(NamedTuple):
    """How far the aggregate posterior's Gaussian is from N(0, I)."""

    kl: float
    """Nats; at most KL(q(z) ‖ N(0, I)), to which its shape would add the rest."""
    unit: int
    """The one whose mean and deviation stray most."""
    pair: tuple[int, int] | None
    """The units that are correlated most; None of a single one."""
    correlation: float


def misfit(aggregate: Aggregate) -> Misfit:
    """½ (tr C + m·m − D − ln det C): against a Gaussian, KL(q(z) ‖ N(0, I)) is this and what the shape of q(z) adds."""
    mean, covariance = aggregate
    variances = covariance.diagonal()
    kl = 0.5 * (variances.sum() + mean @ mean - len(mean) - np.linalg.slogdet(covariance)[1])
    strays = variances + mean**2 - 1 - np.log(variances)
    ties = np.abs(covariance / np.sqrt(np.outer(variances, variances)))
    np.fill_diagonal(ties, 0)
    first, second = divmod(int(ties.argmax()), len(mean))
    pair = (first, second) if len(mean) > 1 else None
    return Misfit(float(kl), int(strays.argmax()), pair, float(ties[first, second]))


def aggregate_fit(case: Case) -> Iterator[Finding]:
    """What part of the rate says nothing of an image, but that the codes as a whole are not where the prior is."""
    if case.latents.plain or case.latents.prior is not None:
        return
    aggregate = aggregate_posterior(case.latents)
    found = misfit(aggregate)
    if found.kl < max(LEAST, SHARE * case.rate):
        return
    mean, deviation = aggregate.mean[found.unit], aggregate.covariance[found.unit, found.unit] ** 0.5
    tied = ""
    if found.pair and found.correlation > 0.1:
        tied = f"; units {found.pair[0]} and {found.pair[1]} are correlated most, by {found.correlation:.2f}"
    sentence = (
        f"Taken together, the codes of {case.source} are not spread as N(0, I): unit {found.unit} strays most, with "
        f"mean {mean:.2f} and standard deviation {deviation:.2f}{tied}. At least {found.kl:.1f} of the rate's "
        f"{case.rate:.1f} nats go into that and tell nothing of the image."
    )
    units = f"{found.pair[0]},{found.pair[1]}" if found.pair else str(found.unit)
    numbers = {"kl": found.kl, "rate": case.rate, "mean": float(mean), "deviation": float(deviation)}
    yield Finding(KIND, sentence, numbers, view_of("explore", case.id, units=units, plane="units"), (case.id,))
