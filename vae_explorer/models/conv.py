"""A convolutional VAE: strided 3×3 convolutions, any dense layers, and the mirror image as decoder."""

from math import prod

from torch import Tensor, nn

from vae_explorer.config import ModelConfig
from vae_explorer.errors import require
from vae_explorer.models.layers import dense, doubling, halving
from vae_explorer.models.posterior import Posterior
from vae_explorer.models.vae import VAE, Ends

KERNEL = 3


class Conv(VAE):
    """Each convolution halves the picture, each transposed one doubles it."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        channels, hidden = config.channels, config.hidden
        require(bool(channels), "A conv model needs at least one channel.")
        colours, height, width = config.image_shape
        shrink = 2 ** len(channels)
        require(
            height % shrink == 0 and width % shrink == 0,
            f"{len(channels)} halving convolutions take image sizes divisible by {shrink}, not {height}×{width}.",
        )
        self.features = (channels[-1], height // shrink, width // shrink)
        flat, codes = prod(self.features), config.latent_dim + config.classes
        down = halving((colours + config.classes, *channels), KERNEL)
        self.encoder = nn.Sequential(*down, nn.Flatten(), dense((flat, *hidden)))
        self.moments = self.heads(hidden[-1] if hidden else flat)
        self.dense = dense((codes, *hidden[::-1], flat)) if hidden else nn.Linear(codes, flat)
        self.decoder = nn.Sequential(*doubling((*channels[::-1], colours), KERNEL))

    def encode(self, x: Tensor, y: Tensor | None = None) -> Posterior:
        return self.posterior(self.moments(self.encoder(self.with_label(x, y))))

    def decode(self, z: Tensor, y: Tensor | None = None) -> Tensor:
        return self.decoder(self.dense(self.with_label(z, y)).unflatten(1, self.features))

    def ends(self) -> Ends:
        code = self.dense[0] if isinstance(self.dense, nn.Sequential) else self.dense
        return Ends(self.encoder[0], code, self.decoder[-1])
