"""A model's figures on a few images that it is not trained on."""

import math
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from vae_explorer.coding import pixels
from vae_explorer.datasets.images import ImageSet
from vae_explorer.models.vae import VAE
from vae_explorer.objectives import elbo_terms

AT_A_TIME = 500
TINY = 1e-4


class Figures(NamedTuple):
    """Of the images that are looked at, in nats per image."""

    nll: float
    rate: float | None
    weighted_rate: float
    """Each image's rate times its β, of a multi-rate network; of any other the rate, 0 where there is none."""
    logvar: float
    """The highest of any image and unit."""
    mu: float
    """The farthest from 0."""


class WatchedImages:
    """The images, looked at in the same way every time: by draws of their own, so that training is the same without.

    A multi-rate network sees them at βs spread over its whole range, as it is trained.
    """

    def __init__(self, model: VAE, images: ImageSet) -> None:
        self._images = np.ascontiguousarray(images.images[:])
        self._labels = images.labels if model.config.classes else None
        self.pixels = math.prod(model.config.image_shape)

    def __len__(self) -> int:
        return len(self._images)

    @torch.no_grad()
    def figures(self, model: VAE) -> Figures:
        """What the model makes of them now."""
        generator = torch.Generator(_device(model)).manual_seed(0)
        rows = [self._rows(model, start, generator) for start in range(0, len(self), AT_A_TIME)]
        nll, rate, weighted, logvar, mu = (torch.cat(column) for column in zip(*rows, strict=True))
        known = None if model.config.plain else float(rate.mean())
        return Figures(float(nll.mean()), known, float(weighted.mean()), float(logvar.max()), float(mu.max()))

    def _rows(self, model: VAE, start: int, generator: torch.Generator) -> tuple[Tensor, ...]:
        """nll, rate, weighted rate, highest log σ² and farthest mu of some images, each [B]."""
        x, y = self._batch(model, start)
        eps, betas = model.eps(len(x), generator), model.config.betas
        weights: Tensor | float = 1.0
        if betas is not None:
            shares = (torch.arange(start, start + len(x), device=x.device) + 0.5) / len(self)
            model.turn(shares)  # the trainer turns it anew at every step
            weights = betas.low * (betas.high / betas.low) ** shares
        output = model(x, eps, y)
        terms, (mu, logvar) = elbo_terms(model, output, x), output.posterior
        rate = torch.zeros_like(terms.nll) if terms.rate is None else terms.rate
        spread = torch.zeros_like(mu) if logvar is None else logvar
        return terms.nll, rate, weights * rate, spread.amax(1), mu.abs().amax(1)

    @torch.no_grad()
    def mean_image_nll(self, model: VAE) -> float:
        """What their mean image would have, drawn whatever is shown."""
        parts = [self._batch(model, start)[0] for start in range(0, len(self), AT_A_TIME)]
        mean = sum(x.sum(0, keepdim=True) for x in parts) / len(self)
        assert isinstance(mean, Tensor)
        logits = torch.logit(mean, eps=TINY)
        return float(torch.cat([model.likelihood(logits.expand_as(x), x) for x in parts]).mean())

    def _batch(self, model: VAE, start: int) -> tuple[Tensor, Tensor | None]:
        some, device = slice(start, start + AT_A_TIME), _device(model)
        x = pixels(torch.from_numpy(self._images[some]).to(device))
        return x, None if self._labels is None else torch.from_numpy(self._labels[some]).to(device)


def _device(model: VAE) -> torch.device:
    return next(model.parameters()).device
