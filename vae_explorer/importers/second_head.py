"""What the second head means: under the right reading, training has come to rest at the weight that its loss has.

Where D + β · KL is at rest in the second head's weights, the gradients of D and of the KL there are opposite, and
their ratio is β. A reading that is wrong by a factor of σ gives another ratio: with log σ² read as log σ it is some
tenth of it. Most losses are sums over pixels with β 1. A reading other than log σ², which another β might make up for,
must also bring the aggregate posterior nearer to the prior: E[mu² + σ²] is 1 at rest, whatever β is.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from vae_explorer.importers.blueprint import INPUT, INPUTS, OUTPUT, SECOND_HEAD, Blueprint
from vae_explorer.importers.interpretation import Answers, restored
from vae_explorer.models.posterior import Posterior
from vae_explorer.models.vae import VAE

IMAGES = 512
DRAWS = 2
WORK = 1 << 30
"""Weights times images, beyond which fewer images are looked at."""
FEWEST = 64
NEAR = 0.15
"""How far log β may be from a usual weight's."""
APART = 0.1
"""How much farther the next reading's must be."""
OPPOSITE = 0.8
"""Least cosine between the gradients of D and of −KL where training is at rest."""
USUAL = "log-variance"
LOGARITHMS = ("log-variance", "log-sigma")
CROSSED = 0.94
"""Unrest of the last layer under cross entropy, by that under squares, below which a network saw no squares: ten small
networks that had were at 0.99 and above, five that had not at 0.80 to 0.88 (digits, 400 steps)."""


def _squared(logits: Tensor, x: Tensor) -> Tensor:
    return (logits.sigmoid() - x).square().sum()


def _crossed(logits: Tensor, x: Tensor) -> Tensor:
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


def identify_second_head(blueprint: Blueprint, answers: Answers, images: np.ndarray) -> Meaning:
    """The meaning under which training is at rest, given every other answer; images [N, C, H, W] in [0, 1]."""
    x = torch.from_numpy(np.ascontiguousarray(images[: _enough(blueprint)], np.float32))
    readings = {meaning: {**answers, SECOND_HEAD: meaning} for meaning in blueprint.open[SECOND_HEAD]}
    made = {meaning: restored(blueprint, one).requires_grad_(True) for meaning, one in readings.items()}
    losses = _losses(answers, [made[meaning] for meaning in LOGARITHMS if meaning in made], x)
    found = [_reading(meaning, model, x, losses) for meaning, model in made.items()]
    ranked = sorted(found, key=lambda one: one.fit)
    first, second = ranked[:2]
    gap = 1.0 if math.isinf(second.fit) else second.fit - first.fit
    margin = 0.0 if math.isinf(first.fit) else 1 - first.fit / second.fit if second.fit else 0.0
    sure = first.fit <= NEAR and gap >= APART and _nearer(first, found)
    return Meaning(first.meaning, second.meaning, margin, sure, tuple(ranked))


def _enough(blueprint: Blueprint) -> int:
    """How many images a network of this size is looked at with."""
    pieces = [*next(iter(blueprint.encoders.values())), *next(iter(blueprint.decoders.values()))]
    weights = sum(tensor.size for piece in pieces for tensor in piece.tensors.values())
    return max(FEWEST, min(IMAGES, WORK // weights))


def _nearer(first: Reading, found: list[Reading]) -> bool:
    """Whether the aggregate posterior allows for an unusual reading."""
    usual = next((one for one in found if one.meaning == USUAL), first)
    return first is usual or abs(math.log(first.moment)) < abs(math.log(usual.moment))


def _reading(meaning: str, model: VAE, x: Tensor, losses: list[Weighed]) -> Reading:
    posterior = model.encode(x)
    of_kl = _gradient(model, _kl(posterior))
    logits, seen = _drawn(model, x)
    found = [_rest(of_kl, _gradient(model, loss(logits, seen) / DRAWS), betas) for loss, betas in losses]
    beta, fit = min(found, key=lambda one: one[1])
    return Reading(meaning, beta, fit, _moment(posterior))


def _losses(answers: Answers, made: list[VAE], x: Tensor) -> list[Weighed]:
    """Distortions of pixels from 0 to 1, and the weights of the KL beside them; squares are of pixels as they enter."""
    factor = INPUTS[answers[INPUT]][0]
    if answers[OUTPUT] != "sigmoid":
        return [Weighed(_squared, tuple(beta / factor**2 for beta in HALF))]
    crossed = any(_unrest(model, x) < CROSSED for model in made)
    return [Weighed(_crossed, (1.0,)), *([] if crossed else [Weighed(_squared, HALF)])]


def _unrest(model: VAE, x: Tensor, parts: int = 16) -> float:
    """Under cross entropy, by that under squares."""
    last, losses = tuple(model.ends().last.parameters()), (_crossed, _squared)
    found: list[list[Tensor]] = [[], []]
    for part in x.chunk(parts):
        drawn = _drawn(model, part)
        for place, loss in enumerate(losses):
            gradients = torch.autograd.grad(loss(*drawn), last, retain_graph=True)
            found[place].append(torch.cat([one.ravel() for one in gradients]) / len(part))
    crossed, squared = (_common(torch.stack(one)) for one in found)
    return crossed / squared


def _common(gradients: Tensor) -> float:
    """The square of the mean gradient by the mean of the squares: small where there is rest, and noise is left."""
    return float(gradients.mean(dim=0).square().sum() / gradients.square().sum(dim=1).mean())


def _rest(of_kl: Tensor, of_loss: Tensor, betas: tuple[float, ...]) -> tuple[float, float]:
    """The β under which two gradients cancel best, and how far its logarithm is from the nearest usual one."""
    beta = -float(of_loss @ of_kl / of_kl.square().sum())
    cosine = -float(of_loss @ of_kl / (of_loss.norm() * of_kl.norm()))
    opposite = beta > 0 and cosine >= OPPOSITE
    return beta, min(abs(math.log(beta / usual)) for usual in betas) if opposite else math.inf


def _moment(posterior: Posterior) -> float:
    mu, logvar = posterior.moments()
    return float((mu.square() + logvar.exp()).mean(dim=0).median().detach())


def _drawn(model: VAE, x: Tensor) -> tuple[Tensor, Tensor]:
    """Logits of every draw, and the images beside them."""
    eps = model.eps(DRAWS * len(x), torch.Generator().manual_seed(0))
    return model(x, eps).logits, x.repeat(DRAWS, 1, 1, 1)


def _kl(posterior: Posterior) -> Tensor:
    mu, logvar = posterior.moments()
    return 0.5 * (mu.square() + logvar.exp() - 1 - logvar).sum()


def _gradient(model: VAE, value: Tensor) -> Tensor:
    """With respect to the second head's weights and biases, all in one row."""
    weight, bias = torch.autograd.grad(value, (model.moments.weight, model.moments.bias), retain_graph=True)
    d = model.config.latent_dim
    return torch.cat((weight[d:].ravel(), bias[d:]))
