"""The contract every architecture keeps: encode images to a diagonal Gaussian, decode codes to logits."""

import itertools
from typing import NamedTuple

import torch
from torch import Tensor, nn

from vae_explorer.config import ModelConfig


class Posterior(NamedTuple):
    """q(z|x), a diagonal Gaussian."""

    mu: Tensor
    logvar: Tensor

    def sample(self, generator: torch.Generator) -> Tensor:
        """One draw z = mu + sigma * eps per image, reparameterised (Kingma & Welling 2014); [B, D]."""
        eps = torch.randn(self.mu.shape, generator=generator, dtype=self.mu.dtype, device=self.mu.device)
        return self.mu + (0.5 * self.logvar).exp() * eps


class Output(NamedTuple):
    """One pass through a VAE: the posterior, the drawn z [B, D] and the decoder's logits [B, C, H, W]."""

    posterior: Posterior
    z: Tensor
    logits: Tensor


class VAE(nn.Module):
    """Base of the architectures; mode-free (no BatchNorm, no dropout), so one z decodes alike alone or among 400."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config

    def encode(self, x: Tensor, y: Tensor | None = None) -> Posterior:
        """q(z|x) of images x [B, C, H, W] in [0, 1]; mu and logvar are [B, D]."""
        raise NotImplementedError

    def decode(self, z: Tensor, y: Tensor | None = None) -> Tensor:
        """Logits [B, C, H, W] of codes z [B, D]; the sigmoid is left to the display and the loss."""
        raise NotImplementedError

    def forward(self, x: Tensor, generator: torch.Generator) -> Output:
        """Encode, draw one z per image and decode it; every draw comes from the generator."""
        posterior = self.encode(x)
        z = posterior.sample(generator)
        return Output(posterior, z, self.decode(z))


def dense(widths: tuple[int, ...]) -> nn.Sequential:
    """Linear layers through these widths, each followed by a ReLU."""
    layers: list[nn.Module] = []
    for narrow, wide in itertools.pairwise(widths):
        layers += [nn.Linear(narrow, wide), nn.ReLU()]
    return nn.Sequential(*layers)
