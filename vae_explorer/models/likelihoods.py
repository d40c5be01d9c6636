"""LIKELIHOODS: −log p(x|z) of images, in nats; one row each."""

import math
from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

from vae_explorer.config import ModelConfig


def bernoulli_nll(logits: Tensor, x: Tensor) -> Tensor:
    """−log p(x|z) of each image under independent Bernoulli pixels, in nats.

    Grey levels in [0, 1] are read as Bernoulli means, as in most published MNIST figures. Kingma & Welling 2014.

    Args:
        logits: decoder output [B, C, H, W].
        x: images [B, C, H, W] in [0, 1].

    Returns:
        [B], summed over pixels.
    """
    return binary_cross_entropy_with_logits(logits, x, reduction="none").flatten(1).sum(1)


def gaussian_nll(logits: Tensor, x: Tensor, log_variance: Tensor) -> Tensor:
    """−log p(x|z) of each image under independent Gaussian pixels around sigmoid(logits), in nats; [B].

    A density: it may be negative. At variance 1/2 it is the summed squared error and a constant.

    Args:
        logits, x: [B, C, H, W].
        log_variance: of every pixel, [].
    """
    squared = (logits.sigmoid() - x).square().flatten(1).sum(1)
    pixels = x[0].numel()
    return 0.5 * (squared * (-log_variance).exp() + pixels * (log_variance + math.log(2 * math.pi)))


class Bernoulli(nn.Module):
    """Grey levels as Bernoulli means."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()

    def forward(self, logits: Tensor, x: Tensor) -> Tensor:
        return bernoulli_nll(logits, x)


class Gaussian(nn.Module):
    """Gaussian pixels of one fixed variance."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.log_variance = math.log(config.variance)

    def forward(self, logits: Tensor, x: Tensor) -> Tensor:
        return gaussian_nll(logits, x, logits.new_tensor(self.log_variance))


class LearnedGaussian(nn.Module):
    """Gaussian pixels of one learned variance, which weighs nll against rate by itself (Rybkin et al. 2021)."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.log_variance = nn.Parameter(torch.tensor(math.log(config.variance)))

    def forward(self, logits: Tensor, x: Tensor) -> Tensor:
        return gaussian_nll(logits, x, self.log_variance)


LIKELIHOODS: dict[str, Callable[[ModelConfig], nn.Module]] = {
    "bernoulli": Bernoulli,
    "gaussian": Gaussian,
    "gaussian-learned": LearnedGaussian,
}
