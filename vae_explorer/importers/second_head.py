"""What the second head of weights means: by gradients with respect to its weights, under every meaning."""

from collections.abc import Iterable, Iterator

import numpy as np
import torch
from torch import Tensor, nn

from vae_explorer.importers.blueprint import INPUT, INPUTS, OUTPUT, SECOND_HEAD, Blueprint
from vae_explorer.importers.interpretation import Answers, restored
from vae_explorer.importers.rest import (
    HALF,
    LOGARITHMS,
    Loss,
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
from vae_explorer.models.layered import Layered
from vae_explorer.models.posterior import Posterior

IMAGES = 512
DRAWS = 2
WORK = 1 << 30
"""Weights times images, beyond which fewer images are looked at."""
FEWEST = 64
PARTS = 16
"""Of the images, whose gradients are compared."""
CROSSED = 0.94
"""Unrest of the last layer under cross entropy, by that under squares, below which a network saw no squares: ten small
networks that had were at 0.99 and above, five that had not at 0.80 to 0.88 (digits, 400 steps)."""


def identify_second_head(blueprint: Blueprint, answers: Answers, images: np.ndarray) -> Meaning:
    """The meaning under which training is at rest, given every other answer; images [N, C, H, W] in [0, 1]."""
    x = torch.from_numpy(np.ascontiguousarray(images[: _enough(blueprint)], np.float32))
    readings = {meaning: {**answers, SECOND_HEAD: meaning} for meaning in blueprint.open[SECOND_HEAD]}
    made = {meaning: restored(blueprint, one) for meaning, one in readings.items()}
    features = _features(next(iter(made.values())), x)
    losses = _losses(answers, [made[meaning] for meaning in LOGARITHMS if meaning in made], features, x)
    return ranked([_reading(meaning, model, features, x, losses) for meaning, model in made.items()])


def _enough(blueprint: Blueprint) -> int:
    """How many images a network of this size is looked at with."""
    pieces = [*next(iter(blueprint.encoders.values())), *next(iter(blueprint.decoders.values()))]
    weights = sum(tensor.size for piece in pieces for tensor in piece.tensors.values())
    return max(FEWEST, min(IMAGES, WORK // weights))


@torch.no_grad()
def _features(model: Layered, x: Tensor) -> Tensor:
    """What the heads see, whatever the second of them means."""
    return model.encoder(x)


def _reading(meaning: str, model: Layered, features: Tensor, x: Tensor, losses: list[Weighed]) -> Reading:
    """Gradients of the second head alone: through the decoder, but not of its weights."""
    model.moments.requires_grad_(True)
    posterior = model.posterior(model.moments(features))
    of_kl = _gradient(model, kl(posterior))
    logits, seen = model.decode(_codes(model, posterior)), x.repeat(DRAWS, 1, 1, 1)
    found = [rest(of_kl, _gradient(model, loss(logits, seen) / DRAWS), betas) for loss, betas in losses]
    beta, fit = min(found, key=lambda one: one[1])
    return Reading(meaning, beta, fit, moment(posterior))


def _losses(answers: Answers, made: list[Layered], features: Tensor, x: Tensor) -> list[Weighed]:
    """Distortions of pixels from 0 to 1, and the weights of the KL beside them; squares are of pixels as they enter."""
    factor = INPUTS[answers[INPUT]][0]
    if answers[OUTPUT] != "sigmoid":
        return [Weighed(squared, tuple(beta / factor**2 for beta in HALF))]
    seen = any(_unrest(model, features, x) < CROSSED for model in made)
    return [Weighed(crossed, (1.0,)), *([] if seen else [Weighed(squared, HALF)])]


def _unrest(model: Layered, features: Tensor, x: Tensor) -> float:
    """Under cross entropy, by that under squares."""
    images = x.chunk(PARTS)
    seen, end = _before_last(model, features, [len(part) for part in images])
    parts = list(zip(images, seen, strict=True))
    last = tuple(model.ends().last.requires_grad_(True).parameters())

    def gradients(loss: Loss) -> Iterator[tuple[Tensor, ...]]:
        for part, rows in parts:
            value = loss(end(rows), part.repeat(DRAWS, 1, 1, 1)) / len(part)
            yield torch.autograd.grad(value, last)

    return _common(gradients(crossed)) / _common(gradients(squared))


@torch.no_grad()
def _before_last(model: Layered, features: Tensor, sizes: list[int]) -> tuple[tuple[Tensor, ...], nn.Sequential]:
    """What the decoder's last layer of weights sees of every part, and what begins with it."""
    mu, logvar = model.posterior(model.moments(features)).moments()
    parts = zip(mu.split(sizes), logvar.split(sizes), strict=True)
    z = torch.cat([_codes(model, Posterior(*part)) for part in parts])
    place = list(model.decoder).index(model.ends().last)
    return model.decoder[:place](z).split([DRAWS * size for size in sizes]), model.decoder[place:]


def _common(gradients: Iterable[tuple[Tensor, ...]]) -> float:
    """The square of the mean gradient by the mean of the squares: small where there is rest, and noise is left."""
    sums: list[Tensor] = []
    squares, n = 0.0, 0
    for found in gradients:
        sums = [one.add_(more) for one, more in zip(sums, found, strict=True)] if sums else [*map(torch.clone, found)]
        squares, n = squares + _square(found), n + 1
    return _square(sums) / (n * squares)


def _square(parts: Iterable[Tensor]) -> float:
    return sum(float(part.ravel() @ part.ravel()) for part in parts)


def _codes(model: Layered, posterior: Posterior) -> Tensor:
    """Every draw."""
    eps = model.eps(DRAWS * len(posterior.mu), torch.Generator().manual_seed(0))
    return posterior.repeat(DRAWS).sample(eps)


def _gradient(model: Layered, value: Tensor) -> Tensor:
    """With respect to the second head's weights and biases, all in one row."""
    weight, bias = torch.autograd.grad(value, (model.moments.weight, model.moments.bias), retain_graph=True)
    d = model.config.latent_dim
    return torch.cat((weight[d:].ravel(), bias[d:]))
