"""SLIPS: mistakes in a loss that the measured figures give away; one file and one row each.

missing_noise  z is mu: nothing was drawn
misread_scale  the second head is σ and is read as log σ², or the other way round
missing_kl     the loss is the nll alone
second_sigmoid  decoder outputs pass the sigmoid twice
pixel_mean     the nll is a mean over pixels beside a summed KL
"""

from collections.abc import Callable, Iterator

from vae_explorer.advice.case import Case
from vae_explorer.advice.finding import Finding
from vae_explorer.advice.slips.misread_scale import misread_scale
from vae_explorer.advice.slips.missing_kl import missing_kl
from vae_explorer.advice.slips.missing_noise import missing_noise
from vae_explorer.advice.slips.pixel_mean import pixel_mean
from vae_explorer.advice.slips.second_sigmoid import second_sigmoid

SLIPS: dict[str, Callable[[Case], Iterator[Finding]]] = {
    "missing-noise": missing_noise,
    "misread-scale": misread_scale,
    "missing-kl": missing_kl,
    "second-sigmoid": second_sigmoid,
    "pixel-mean": pixel_mean,
}


def slips(case: Case) -> Iterator[Finding]:
    """The first that the figures show, for one slip may bring the figures of a later one along."""
    if case.weighed:
        yield from next(filter(None, (tuple(slip(case)) for slip in SLIPS.values())), ())
