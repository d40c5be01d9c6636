"""What the second head of weights means: by gradients with respect to its weights, under every meaning."""

import numpy as np
import torch
from torch import Tensor

from vae_explorer.importers.blueprint import INPUT, INPUTS, OUTPUT, SECOND_HEAD, Blueprint
from vae_explorer.importers.interpretation import Answers, restored
from vae_explorer.importers.rest import (
    HALF,
    LOGARITHMS,
    Meaning,
    Reading,
    Weighed,
    crossed,
    kl,
    moment,
    ranked,
    rest,
    squared,
)
from vae_explorer.models.vae import VAE

IMAGES = 512
DRAWS = 2
WORK = 1 << 30
"""Weights times images, beyond which fewer images are looked at."""
FEWEST = 64
CROSSED = 0.94
"""Unrest of the last layer under cross entropy, by that under squares, below which a network saw no squares: ten small
networks that had were at 0.99 and above, five that had not at 0.80 to 0.88 (digits, 400 steps)."""


def identify_second_head(blueprint: Blueprint, answers: Answers, images: np.ndarray) -> Meaning:
    """The meaning under which training is at rest, given every other answer; images [N, C, H, W] in [0, 1]."""
    x = torch.from_numpy(np.ascontiguousarray(images[: _enough(blueprint)], np.float32))
    readings = {meaning: {**answers, SECOND_HEAD: meaning} for meaning in blueprint.open[SECOND_HEAD]}
    made = {meaning: restored(blueprint, one).requires_grad_(True) for meaning, one in readings.items()}
    losses = _losses(answers, [made[meaning] for meaning in LOGARITHMS if meaning in made], x)
    return ranked([_reading(meaning, model, x, losses) for meaning, model in made.items()])


def _enough(blueprint: Blueprint) -> int:
    """How many images a network of this size is looked at with."""
    pieces = [*next(iter(blueprint.encoders.values())), *next(iter(blueprint.decoders.values()))]
    weights = sum(tensor.size for piece in pieces for tensor in piece.tensors.values())
    return max(FEWEST, min(IMAGES, WORK // weights))


def _reading(meaning: str, model: VAE, x: Tensor, losses: list[Weighed]) -> Reading:
    posterior = model.encode(x)
    of_kl = _gradient(model, kl(posterior))
    logits, seen = _drawn(model, x)
    found = [rest(of_kl, _gradient(model, loss(logits, seen) / DRAWS), betas) for loss, betas in losses]
    beta, fit = min(found, key=lambda one: one[1])
    return Reading(meaning, beta, fit, moment(posterior))


def _losses(answers: Answers, made: list[VAE], x: Tensor) -> list[Weighed]:
    """Distortions of pixels from 0 to 1, and the weights of the KL beside them; squares are of pixels as they enter."""
    factor = INPUTS[answers[INPUT]][0]
    if answers[OUTPUT] != "sigmoid":
        return [Weighed(squared, tuple(beta / factor**2 for beta in HALF))]
    seen = any(_unrest(model, x) < CROSSED for model in made)
    return [Weighed(crossed, (1.0,)), *([] if seen else [Weighed(squared, HALF)])]


def _unrest(model: VAE, x: Tensor, parts: int = 16) -> float:
    """Under cross entropy, by that under squares."""
    last, losses = tuple(model.ends().last.parameters()), (crossed, squared)
    found: list[list[Tensor]] = [[], []]
    for part in x.chunk(parts):
        drawn = _drawn(model, part)
        for place, loss in enumerate(losses):
            gradients = torch.autograd.grad(loss(*drawn), last, retain_graph=True)
            found[place].append(torch.cat([one.ravel() for one in gradients]) / len(part))
    one, other = (_common(torch.stack(gradients)) for gradients in found)
    return one / other


def _common(gradients: Tensor) -> float:
    """The square of the mean gradient by the mean of the squares: small where there is rest, and noise is left."""
    return float(gradients.mean(dim=0).square().sum() / gradients.square().sum(dim=1).mean())


def _drawn(model: VAE, x: Tensor) -> tuple[Tensor, Tensor]:
    """Logits of every draw, and the images beside them."""
    eps = model.eps(DRAWS * len(x), torch.Generator().manual_seed(0))
    return model(x, eps).logits, x.repeat(DRAWS, 1, 1, 1)


def _gradient(model: VAE, value: Tensor) -> Tensor:
    """With respect to the second head's weights and biases, all in one row."""
    weight, bias = torch.autograd.grad(value, (model.moments.weight, model.moments.bias), retain_graph=True)
    d = model.config.latent_dim
    return torch.cat((weight[d:].ravel(), bias[d:]))
