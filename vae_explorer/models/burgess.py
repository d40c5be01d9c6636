"""The convolutional VAE of the papers on disentanglement (Burgess et al. 2018): 4×4 kernels, stride 2."""

from math import prod

from torch import Tensor, nn
from torch.nn.functional import pad

from vae_explorer.config import ModelConfig
from vae_explorer.errors import require
from vae_explorer.models.layers import dense, doubling, halving
from vae_explorer.models.posterior import Posterior
from vae_explorer.models.vae import VAE, Ends

KERNEL = 4
SIDES = {28: 32, 32: 32, 64: 64}
"""The sizes it takes, and the canvas that each is seen on."""


class Burgess(VAE):
    """Four halving convolutions, dense layers, and the mirror image; images of 28×28 get a black margin of 2."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        channels, hidden = config.channels, config.hidden
        colours, height, width = config.image_shape
        require(len(channels) == 4 and bool(hidden), "A burgess model needs four channels and a hidden width.")
        require(
            height == width and height in SIDES,
            f"A burgess model takes images of 32×32 or 64×64 (28×28 get a margin), not {height}×{width}.",
        )
        self.margin = (SIDES[height] - height) // 2
        self.features = (channels[-1], SIDES[height] // 16, SIDES[height] // 16)
        flat = prod(self.features)
        down = halving((colours + config.classes, *channels), KERNEL)
        self.encoder = nn.Sequential(*down, nn.Flatten(), dense((flat, *hidden)))
        self.moments = self.heads(hidden[-1])
        self.dense = dense((config.latent_dim + config.classes, *hidden[::-1], flat))
        self.decoder = nn.Sequential(*doubling((*channels[::-1], colours), KERNEL))

    def encode(self, x: Tensor, y: Tensor | None = None) -> Posterior:
        canvas = pad(x, (self.margin,) * 4) if self.margin else x
        return self.posterior(self.moments(self.encoder(self.with_label(canvas, y))))

    def decode(self, z: Tensor, y: Tensor | None = None) -> Tensor:
        logits, m = self.decoder(self.dense(self.with_label(z, y)).unflatten(1, self.features)), self.margin
        return logits[:, :, m:-m, m:-m] if m else logits

    def ends(self) -> Ends:
        return Ends(self.encoder[0], self.dense[0], self.decoder[-1])
