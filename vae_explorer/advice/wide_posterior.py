"""Units whose posterior is wider than the prior."""

from collections.abc import Iterator

import numpy as np

from vae_explorer.advice.case import Case
from vae_explorer.advice.finding import Finding, units_in_words, view_of

KIND = "wide-posterior"
WIDE = 1.1
"""A σ of 1.1 costs 0.01 nats: below it, a unit is as good as collapsed."""


def wide_posterior(case: Case) -> Iterator[Finding]:
    """Units whose σ is above that of N(0, 1) on average: they pay for knowing less than nothing."""
    if case.latents.plain or case.latents.prior is not None:
        return
    sigma = np.exp(0.5 * case.latents.densities().logvar.astype(float)).mean(axis=0)
    wide = np.flatnonzero(sigma > WIDE).tolist()
    if not wide:
        return
    widest = int(sigma.argmax())
    named = units_in_words(wide)
    who = f"{named[0].upper()}{named[1:]} {'has a posterior' if len(wide) == 1 else 'have posteriors'}"
    sentence = (
        f"{who} wider than the prior: σ of unit {widest} is {sigma[widest]:.2f} on average over {case.source}, the "
        "prior's is 1. A unit that knows nothing has σ 1 and costs nothing, so no training that came to its end leaves "
        "one wider: train longer, or look at the KL in the loss."
    )
    numbers = {"units": len(wide), "widest": widest, "sigma": float(sigma[widest])}
    yield Finding(KIND, sentence, numbers, view_of("explore", case.id, colour=f"sigma-{widest}"), (case.id,))
