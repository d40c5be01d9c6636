"""A convolutional VAE: strided 3×3 convolutions, one or more dense layers, and the mirror image as decoder."""

import itertools
from math import prod

from torch import Tensor, nn

from vae_explorer.config import ModelConfig, require
from vae_explorer.models.vae import VAE, Posterior, dense


class Conv(VAE):
    """Each convolution halves the picture, each transposed one doubles it."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        channels, hidden = config.channels, config.hidden
        require(bool(channels and hidden), "A conv model needs at least one channel and one hidden width.")
        shrink = 2 ** len(channels)
        _, height, width = config.image_shape
        require(
            height % shrink == 0 and width % shrink == 0,
            f"{len(channels)} halving convolutions take image sizes divisible by {shrink}, not {height}×{width}.",
        )
        self.features = (channels[-1], height // shrink, width // shrink)
        flat = prod(self.features)
        self.encoder = nn.Sequential(*_down((config.image_shape[0], *channels)), nn.Flatten(), dense((flat, *hidden)))
        self.moments = nn.Linear(hidden[-1], 2 * config.latent_dim)
        self.dense = dense((config.latent_dim, *hidden[::-1], flat))
        self.decoder = nn.Sequential(*_up((*channels[::-1], config.image_shape[0])))

    def encode(self, x: Tensor, y: Tensor | None = None) -> Posterior:
        mu, logvar = self.moments(self.encoder(x)).chunk(2, dim=1)
        return Posterior(mu, logvar)

    def decode(self, z: Tensor, y: Tensor | None = None) -> Tensor:
        return self.decoder(self.dense(z).unflatten(1, self.features))


def _down(channels: tuple[int, ...]) -> list[nn.Module]:
    pairs = itertools.pairwise(channels)
    return [layer for a, b in pairs for layer in (nn.Conv2d(a, b, 3, stride=2, padding=1), nn.ReLU())]


def _up(channels: tuple[int, ...]) -> list[nn.Module]:
    pairs = itertools.pairwise(channels)
    layers: list[nn.Module] = []
    for a, b in pairs:
        layers += [nn.ConvTranspose2d(a, b, 3, stride=2, padding=1, output_padding=1), nn.ReLU()]
    return layers[:-1]
