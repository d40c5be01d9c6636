"""Whether a run has diverged: judged after every epoch on a few test images, by what its figures can mean.

Not by whether they are finite: a rate of 1e22 nats is. The scale is the nll of the mean image, drawn whatever is shown.
"""

import math
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from vae_explorer.config import TrainConfig
from vae_explorer.datasets.images import ImageSet
from vae_explorer.errors import TrainingStopped
from vae_explorer.models.vae import VAE
from vae_explorer.objectives import elbo_terms

MOST_IMAGES, SHARE, FEWEST = 500, 0.05, 32
"""Test images that are looked at: a twentieth of the training images, within bounds; an epoch takes 2 % longer."""
AT_ONCE = 2.0
"""Nats a pixel above the mean image's nll, beyond which an epoch's end is enough."""
TWICE = 0.1
"""The same, beyond which two ends in a row are, or the last."""
FELL = 0.02
"""The same of a run that was better than the mean image by as much, and is worse by as much from then on."""
LOOSEST = 1e-3
"""The least weight by which a rate is taken to be held down; without any it may grow far before it means nothing."""
WIDEST, FARTHEST = 30.0, 1e6
"""Of log σ², and of a code's number."""
TINY = 1e-4


class Diverged(TrainingStopped):
    """Training that has left the range in which its figures mean anything; the last good epoch is kept."""

    def __init__(self, sentence: str, epoch: int) -> None:
        self.epoch = epoch
        super().__init__(sentence)


class Figures(NamedTuple):
    """Of the images that are looked at, in nats per image."""

    nll: float
    rate: float | None
    logvar: float
    """The highest of any image and unit."""
    mu: float
    """The farthest from 0."""


class Watch:
    """A few test images, and what a run made of them before."""

    def __init__(self, model: VAE, config: TrainConfig, test: ImageSet, train_images: int) -> None:
        n = min(len(test), MOST_IMAGES, max(FEWEST, int(SHARE * train_images)))
        self._x = torch.from_numpy(np.ascontiguousarray(test.images[:n])).float() / 255
        self._y = torch.from_numpy(test.labels[:n]) if model.config.classes else None
        self._config, self._pixels = config, math.prod(model.config.image_shape)
        betas = model.config.betas
        weight = config.beta if betas is None else min(max(1.0, betas.low), betas.high)
        self._share = None if betas is None else betas.share(weight)
        self._held = max(min(0.0 if config.annealing != "none" else weight, 1.0), LOOSEST)
        self._mean_image = self._mean_image_nll(model)
        self._start = max(self._mean_image, self._figures(model).nll)
        self._best, self._suspect = math.inf, False

    @property
    def doubtful(self) -> bool:
        """Whether the last epoch looked at is one that the next may show to have been bad; it is not yet to be kept."""
        return self._suspect

    def look(self, model: VAE, epoch: int, kept: int) -> None:
        """Judge the end of an epoch; kept: the epoch that would be left.

        Raises:
            Diverged: with what is seen and what to do.
        """
        seen = self._figures(model)
        last = epoch >= self._config.epochs
        told = self._range(seen) or self._beyond(seen, AT_ONCE)
        doubt = self._beyond(seen, TWICE) or self._fallen(seen)
        if not told and doubt and (self._suspect or last):
            told = doubt
        self._suspect = bool(doubt)
        if told:
            raise Diverged(self._sentence(told, epoch, kept), epoch)
        self._best = min(self._best, seen.nll)

    def _beyond(self, seen: Figures, by: float) -> str:
        """What of nll and rate is beyond all that a run can mean."""
        room = by * self._pixels
        if seen.rate is not None and not self._held * seen.rate <= self._mean_image + room:
            return f"its rate is {seen.rate:.3g} nats on test images, far beyond what an image is worth"
        if not seen.nll <= self._start + room:
            return f"its nll is {seen.nll:.3g} nats on test images, where the mean image has {self._mean_image:.3g}"
        return ""

    def _fallen(self, seen: Figures) -> str:
        room = FELL * self._pixels
        if self._best < self._mean_image - room and seen.nll > self._mean_image + room:
            return f"its nll rose from {self._best:.3g} to {seen.nll:.3g} nats on test images, above the mean image's"
        return ""

    def _range(self, seen: Figures) -> str:
        if not seen.logvar <= WIDEST:
            return f"log σ² has risen to {seen.logvar:.3g}"
        return "" if seen.mu <= FARTHEST else f"codes lie as far out as {seen.mu:.3g}"

    def _sentence(self, told: str, epoch: int, kept: int) -> str:
        left = f"epoch {kept} is kept" if kept else "there is no good epoch to keep"
        return f"Training diverged in epoch {epoch}: {told}; {left}. Lower lr (now {self._config.lr:g})."

    @torch.no_grad()
    def _figures(self, model: VAE) -> Figures:
        """By draws of their own, so that what is trained is the same with and without a look."""
        device = next(model.parameters()).device
        x, y = self._x.to(device), None if self._y is None else self._y.to(device)
        eps = model.eps(len(x), torch.Generator(device).manual_seed(0))
        if self._share is not None:
            model.turn(self._share)  # the trainer turns it anew at every step
        output = model(x, eps, y)
        terms = elbo_terms(model, output, x)
        mu, logvar = output.posterior
        rate = None if terms.rate is None else float(terms.rate.mean())
        return Figures(float(terms.nll.mean()), rate, _most(logvar), _most(mu.abs()))

    @torch.no_grad()
    def _mean_image_nll(self, model: VAE) -> float:
        x = self._x.to(next(model.parameters()).device)
        mean = torch.logit(x.mean(dim=0, keepdim=True), eps=TINY)
        return float(model.likelihood(mean.expand_as(x), x).mean())


def _most(values: Tensor | None) -> float:
    return 0.0 if values is None else float(values.max())
