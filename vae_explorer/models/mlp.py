"""A fully connected VAE with any hidden widths (Kingma & Welling 2014, appendix C)."""

from math import prod

import torch
from torch import Tensor, nn
from torch.nn.functional import one_hot

from vae_explorer.config import ModelConfig, require
from vae_explorer.models.vae import VAE, Posterior, dense


class MLP(VAE):
    """Pixels through ReLU layers to mu and logvar, and mirrored back to logits."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        require(bool(config.hidden), "An MLP needs at least one hidden width.")
        require(not config.channels, "An MLP has no channels; leave them out.")
        pixels, hidden = prod(config.image_shape), config.hidden
        self.encoder = dense((pixels + config.classes, *hidden))
        self.moments = nn.Linear(hidden[-1], (1 if config.scale == "none" else 2) * config.latent_dim)
        self.decoder = dense((config.latent_dim + config.classes, *hidden[::-1]))
        self.logits = nn.Linear(hidden[0], pixels)

    def encode(self, x: Tensor, y: Tensor | None = None) -> Posterior:
        mu, logvar = self.moments(self.encoder(self._with_label(x.flatten(1), y))).chunk(2, dim=1)
        return Posterior(mu, logvar)

    def decode(self, z: Tensor, y: Tensor | None = None) -> Tensor:
        return self.logits(self.decoder(self._with_label(z, y))).unflatten(1, self.config.image_shape)

    def _with_label(self, features: Tensor, y: Tensor | None) -> Tensor:
        if y is None:
            return features
        return torch.cat((features, one_hot(y, self.config.classes).to(features.dtype)), dim=1)
