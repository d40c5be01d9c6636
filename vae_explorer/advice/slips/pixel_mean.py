"""A mean over pixels beside a summed KL: β counts as many times as there are pixels."""

import math
from collections.abc import Iterator

from vae_explorer.advice.case import Case
from vae_explorer.advice.finding import Finding, view_of
from vae_explorer.latents.encoded import collapsed

KIND = "pixel-mean"
MARGIN = 2.0
"""How many times below the critical β a collapse is no matter of β any more."""


def pixel_mean(case: Case) -> Iterator[Finding]:
    """All units collapsed at a β at which a code pays, and would not at so many times that β as there are pixels."""
    if case.bounds is None or not collapsed(case.latents).all():
        return
    beta, critical = case.recipe.beta, case.bounds.critical_beta
    pixels = math.prod(case.recipe.model.image_shape)
    if not MARGIN * beta < critical < pixels * beta:
        return
    sentence = (
        f"The rate looks weighed far above β {beta:g}: every unit is collapsed (rate {case.rate:.2f} nats on "
        f"{case.source}), although a code pays on these images up to a β of about {critical:.0f}. An nll that is a "
        f"mean over the {pixels:,} pixels beside a KL that is summed does so: it makes β {pixels * beta:,g}. Sum both, "
        "or divide both."
    )
    numbers = {"beta": beta, "critical_beta": critical, "pixels": pixels, "rate": case.rate}
    yield Finding(KIND, sentence, numbers, view_of("traversals", case.id), (case.id,))
