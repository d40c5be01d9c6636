"""A fully connected VAE with any hidden widths (Kingma & Welling 2014, appendix C)."""

from math import prod

from torch import Tensor, nn

from vae_explorer.config import ModelConfig, require
from vae_explorer.models.vae import VAE, Posterior, dense


class MLP(VAE):
    """Pixels through ReLU layers to mu and logvar, and mirrored back to logits."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        require(bool(config.hidden), "An MLP needs at least one hidden width.")
        require(not config.channels, "An MLP has no channels; leave them out.")
        pixels, hidden = prod(config.image_shape), config.hidden
        self.encoder = dense((pixels, *hidden))
        self.moments = nn.Linear(hidden[-1], 2 * config.latent_dim)
        self.decoder = dense((config.latent_dim, *hidden[::-1]))
        self.logits = nn.Linear(hidden[0], pixels)

    def encode(self, x: Tensor) -> Posterior:
        mu, logvar = self.moments(self.encoder(x.flatten(1))).chunk(2, dim=1)
        return Posterior(mu, logvar)

    def decode(self, z: Tensor) -> Tensor:
        return self.logits(self.decoder(z)).unflatten(1, self.config.image_shape)
