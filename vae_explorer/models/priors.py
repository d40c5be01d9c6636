"""PRIORS: p(z), each a mixture of diagonal Gaussians; one row each."""

import math
from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor, nn

from vae_explorer.config import ModelConfig
from vae_explorer.models.posterior import Posterior

Encode = Callable[[Tensor], Posterior]
WIDE = {"cpu": torch.float64, "cuda": torch.float64, "mps": torch.float32, "meta": torch.float64}
"""The widest float of each device."""


class DiagonalMixture(NamedTuple):
    """A mixture of K diagonal Gaussians: log weights [K], mu and logvar [K, D]."""

    log_weights: Tensor
    mu: Tensor
    logvar: Tensor


def log_normal(z: Tensor, mu: Tensor, logvar: Tensor) -> Tensor:
    """log N(z; mu, exp(logvar)) of each coordinate, in nats; shapes broadcast."""
    return -0.5 * ((z - mu).square() * (-logvar).exp() + logvar + math.log(2 * math.pi))


class Prior(nn.Module):
    """A learned mixture; `encode` is the model's own, which a VampPrior asks."""

    closed_form = False
    """Whether KL(q(z|x) || p(z)) is known exactly and splits over units."""

    def mixture(self, encode: Encode) -> DiagonalMixture:
        """Its components as they stand."""
        raise NotImplementedError

    def start_from(self, x: Tensor) -> None:
        """Take a start from training images x [N, C, H, W], where that helps."""

    def log_prob(self, z: Tensor, encode: Encode) -> Tensor:
        """log p(z) of codes [B, D], in nats; [B]."""
        weights, mu, logvar = (part.to(WIDE[z.device.type]) for part in self.mixture(encode))
        z, precision = z.to(mu.dtype), (-logvar).exp()
        # The square is multiplied out: two products instead of a table [B, K, D]. Narrow components need the digits.
        squared = z.square() @ precision.T - 2 * z @ (mu * precision).T + (mu.square() * precision).sum(1)
        constant = (logvar + math.log(2 * math.pi)).sum(1)
        return torch.logsumexp(weights - 0.5 * (squared + constant), dim=1).float()

    def log_prob_per_unit(self, z: Tensor, encode: Encode) -> Tensor:
        """log p(z_d) of every unit's own marginal, in nats; [B, D]. Their sum is log p(z) only for N(0, I)."""
        weights, mu, logvar = self.mixture(encode)
        columns = [
            torch.logsumexp(weights + log_normal(z[:, unit, None], mu[:, unit], logvar[:, unit]), dim=1)
            for unit in range(z.shape[1])
        ]
        return torch.stack(columns, dim=1)


class Normal(Prior):
    """N(0, I) (Kingma & Welling 2014)."""

    closed_form = True

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()

    def log_prob(self, z: Tensor, encode: Encode) -> Tensor:
        return self.log_prob_per_unit(z, encode).sum(1)

    def log_prob_per_unit(self, z: Tensor, encode: Encode) -> Tensor:
        return -0.5 * (z.square() + math.log(2 * math.pi))


class GaussianMixture(Prior):
    """K Gaussians with learned weights, means and variances (Dilokthanakul et al. 2016)."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        shape = (config.components, config.latent_dim)
        self.logits = nn.Parameter(torch.zeros(config.components))
        self.mu = nn.Parameter(torch.randn(shape))
        self.logvar = nn.Parameter(torch.zeros(shape))

    def mixture(self, encode: Encode) -> DiagonalMixture:
        return DiagonalMixture(self.logits.log_softmax(0), self.mu, self.logvar)


class Vamp(Prior):
    """The mean of the posteriors of K learned pseudo-inputs (Tomczak & Welling 2018)."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.pseudo_logits = nn.Parameter(torch.randn((config.components, *config.image_shape)))

    def mixture(self, encode: Encode) -> DiagonalMixture:
        mu, logvar = encode(self.pseudo_logits.sigmoid()).float().moments()
        return DiagonalMixture(mu.new_full((len(mu),), -math.log(len(mu))), mu, logvar)

    @torch.no_grad()
    def start_from(self, x: Tensor) -> None:
        """The first pseudo-inputs become training images, kept off 0 and 1 so that they can move."""
        few = x[: len(self.pseudo_logits)]
        self.pseudo_logits[: len(few)] = torch.logit(few, eps=0.05)


PRIORS: dict[str, Callable[[ModelConfig], Prior]] = {"normal": Normal, "mixture": GaussianMixture, "vamp": Vamp}
