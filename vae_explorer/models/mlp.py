"""A fully connected VAE with any hidden widths (Kingma & Welling 2014, appendix C)."""

from math import prod

from torch import Tensor, nn

from vae_explorer.config import ModelConfig
from vae_explorer.errors import require
from vae_explorer.models.layers import dense
from vae_explorer.models.posterior import Posterior
from vae_explorer.models.vae import VAE, Ends


class MLP(VAE):
    """Pixels through ReLU layers to mu and logvar, and mirrored back to logits."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        require(bool(config.hidden), "An MLP needs at least one hidden width.")
        require(not config.channels, "An MLP has no channels; leave them out.")
        pixels, hidden = prod(config.image_shape), config.hidden
        self.encoder = dense((pixels + config.classes, *hidden))
        self.moments = self.heads(hidden[-1])
        self.decoder = dense((config.latent_dim + config.classes, *hidden[::-1]))
        self.logits = nn.Linear(hidden[0], pixels)

    def encode(self, x: Tensor, y: Tensor | None = None) -> Posterior:
        return self.posterior(self.moments(self.encoder(self.with_label(x.flatten(1), y))))

    def decode(self, z: Tensor, y: Tensor | None = None) -> Tensor:
        return self.logits(self.decoder(self.with_label(z, y))).unflatten(1, self.config.image_shape)

    def ends(self) -> Ends:
        return Ends(self.encoder[0], self.decoder[0], self.logits)
