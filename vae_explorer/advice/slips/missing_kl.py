"""No KL: the loss is the nll alone."""

from collections.abc import Iterator

import numpy as np

from vae_explorer.advice.case import Case, moments
from vae_explorer.advice.finding import Finding, view_of

KIND = "missing-kl"
FAR = 2.0
"""Times 1, or the part of it, that E[mu² + σ²] is."""
SHARP = 0.02
"""σ of a unit beside the deviation of its mu, at most: the code tells fifty places or more apart."""


def missing_kl(case: Case) -> Iterator[Finding]:
    """Units that nothing holds at the scale of N(0, 1), with a σ that has all but vanished."""
    found = moments(case)
    second = float(np.median(found.second))
    sharp = float(np.median(np.sqrt(found.within / np.maximum(found.between, 1e-12))))
    if abs(np.log(second)) < np.log(FAR) or sharp > SHARP:
        return
    sentence = (
        f"The codes look as if the loss had no KL: E[mu² + σ²] is {second:.1f} at the median over "
        f"{len(found.second)} units on {case.source}, where a KL holds it at 1 whatever β is, σ has shrunk to "
        f"{sharp:.1g} of mu's standard deviation, and the rate is {case.rate:.1f} nats. "
        f"Look whether β · rate with β {case.recipe.beta:g} is in the loss that is minimised."
    )
    numbers = {"second_moment": second, "sigma_share": sharp, "rate": case.rate}
    yield Finding(KIND, sentence, numbers, view_of("explore", case.id), (case.id,))
