"""PCA of pixels as a model: one linear layer to the code and one back (Pearson 1901; Hotelling 1933)."""

from math import prod

import torch
from torch import Tensor, nn

from vae_explorer.config import ModelConfig
from vae_explorer.errors import require
from vae_explorer.models.posterior import Posterior
from vae_explorer.models.vae import VAE, Ends

FLOOR = 1e-3
"""Answers are kept this far from 0 and 1, a quarter of a grey level: there a logit has no end."""


class Linear(VAE):
    """Pixels to the code and back without anything between; no label, no posterior.

    The answer is linear up to the ends of the grey scale, and its logits are those whose sigmoid gives it back.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        pixels, units = prod(config.image_shape), config.latent_dim
        require(config.plain and config.heads == "linear", "A linear model is a plain autoencoder with linear heads.")
        require(not (config.hidden or config.channels), "A linear model has no widths and no channels; leave them out.")
        require(not config.classes, "A linear model is given no label; leave classes out.")
        require(config.likelihood != "gaussian-learned", "A linear model learns no variance; give likelihood gaussian.")
        require(units <= pixels, f"A linear model has at most one unit for each of {pixels} pixels, not {units}.")
        self.moments = self.heads(pixels)
        self.answer = nn.Linear(units, pixels)

    def encode(self, x: Tensor, y: Tensor | None = None) -> Posterior:
        return self.posterior(self.moments(self.with_label(x.flatten(1), y)))

    def decode(self, z: Tensor, y: Tensor | None = None) -> Tensor:
        answer = self.answer(self.with_label(z, y)).float()
        return torch.logit(answer, eps=FLOOR).unflatten(1, self.config.image_shape)

    def ends(self) -> Ends:
        return Ends(self.moments, self.answer, self.answer)

    @torch.no_grad()
    def project(self, mean: Tensor, axes: Tensor) -> None:
        """Take a mean image [P] of P pixels and orthonormal axes [D, P] through it: z = axes · (x − mean)."""
        self.moments.weight.copy_(axes)
        self.moments.bias.copy_(-(axes @ mean))
        self.answer.weight.copy_(axes.T)
        self.answer.bias.copy_(mean)
