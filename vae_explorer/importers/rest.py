"""Rest: whether training under a loss would leave a network's second head where it is.

Where D + β · KL is at rest in the second head, the gradients of D and of the KL there are opposite, and their ratio is
β. A reading that is wrong by a factor of σ gives another ratio: with log σ² read as log σ it is some tenth of it. Most
losses are sums over pixels with β 1. A reading other than log σ², which another β might make up for, must also bring
the aggregate posterior nearer to the prior: E[mu² + σ²] is 1 at rest, whatever β is.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from vae_explorer.models.posterior import Posterior

NEAR = 0.15
"""How far log β may be from a usual weight's."""
APART = 0.1
"""How much farther the next reading's must be."""
OPPOSITE = 0.8
"""Least cosine between the gradients of D and of −KL where training is at rest."""
USUAL = "log-variance"
LOGARITHMS = ("log-variance", "log-sigma")


def squared(logits: Tensor, x: Tensor) -> Tensor:
    """Squared errors of pixels, summed."""
    return (logits.sigmoid() - x).square().sum()


def crossed(logits: Tensor, x: Tensor) -> Tensor:
    """Cross entropies of pixels, summed."""
    return binary_cross_entropy_with_logits(logits, x, reduction="sum")


Loss = Callable[[Tensor, Tensor], Tensor]
"""Of logits and images, summed."""


class Weighed(NamedTuple):
    """A distortion, and the usual weights of the KL beside it."""

    loss: Loss
    betas: tuple[float, ...]


HALF = (1.0, 2.0)
"""Weights of the KL beside summed squares, or half of them as of a Gaussian of variance 1."""


class Reading(NamedTuple):
    """A meaning of the second head, and how far it is from being at rest."""

    meaning: str
    beta: float
    """The weight on the KL under which training would be at rest."""
    fit: float
    """How far log β is from that of a usual weight: 0 is best; infinite where the gradients are not opposite."""
    moment: float
    """E[mu² + σ²] of the median unit."""


class Meaning(NamedTuple):
    """What the second head was found to mean."""

    meaning: str
    runner_up: str
    margin: float
    """How much of the runner-up's misfit the winner has not: 1 where it fits exactly, 0 where both fit alike."""
    sure: bool
    readings: tuple[Reading, ...]
    """All, the best first."""


def ranked(found: list[Reading]) -> Meaning:
    """The meaning that comes nearest to rest, and whether that is sure."""
    best = sorted(found, key=lambda one: one.fit)
    first, second = best[:2]
    gap = 1.0 if math.isinf(second.fit) else second.fit - first.fit
    margin = 0.0 if math.isinf(first.fit) else 1 - first.fit / second.fit if second.fit else 0.0
    sure = first.fit <= NEAR and gap >= APART and _nearer(first, found)
    return Meaning(first.meaning, second.meaning, margin, sure, tuple(best))


def _nearer(first: Reading, found: list[Reading]) -> bool:
    """Whether the aggregate posterior allows for an unusual reading."""
    usual = next((one for one in found if one.meaning == USUAL), first)
    return first is usual or abs(math.log(first.moment)) < abs(math.log(usual.moment))


def rest(of_kl: Tensor, of_loss: Tensor, betas: tuple[float, ...]) -> tuple[float, float]:
    """The β under which two gradients cancel best, and how far its logarithm is from the nearest usual one."""
    beta = -float(of_loss @ of_kl / of_kl.square().sum())
    cosine = -float(of_loss @ of_kl / (of_loss.norm() * of_kl.norm()))
    opposite = beta > 0 and cosine >= OPPOSITE
    return beta, min(abs(math.log(beta / usual)) for usual in betas) if opposite else math.inf


def kl(posterior: Posterior) -> Tensor:
    """From N(0, I), summed over images."""
    mu, logvar = posterior.moments()
    return 0.5 * (mu.square() + logvar.exp() - 1 - logvar).sum()


def moment(posterior: Posterior) -> float:
    """E[mu² + σ²] of the median unit."""
    mu, logvar = posterior.moments()
    return float((mu.square() + logvar.exp()).mean(dim=0).median().detach())
