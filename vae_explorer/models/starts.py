"""Where training starts from: weights that carry the signal, and biases that answer with the mean image."""

import torch
from torch import Tensor, nn

from vae_explorer.models.gates import Gated
from vae_explorer.models.layers import AFFINE
from vae_explorer.models.vae import VAE

MEAN_FLOOR = 1e-3
"""A pixel's mean is kept this far from 0 and 1, where its logit has no end."""
SEEN_AT_START = 5000
"""Training images that a prepared start is made from."""


@torch.no_grad()
def prepare(model: VAE, x: Tensor, generator: torch.Generator) -> None:
    """Give an untrained model a start from training images x [N, C, H, W] in [0, 1].

    PyTorch's own weights shrink the signal at every layer; through the seven of a deep encoder a VAE's units stay
    collapsed for epochs. The mean image is what every run learns first, and need not.
    """
    first, _, last = model.ends()
    kept = (last, model.moments)
    for layer in model.modules():
        if isinstance(layer, AFFINE) and all(layer is not other for other in kept):
            _carry_signal(layer, generator)
    for layer in model.modules():
        if isinstance(layer, Gated):
            layer.make_up()
    _centre(first.layer if isinstance(first, Gated) else first, last, x.mean(0))
    model.prior.start_from(x)


def _carry_signal(layer: nn.Linear | nn.Conv2d | nn.ConvTranspose2d, generator: torch.Generator) -> None:
    """Uniform weights of variance 2 / inputs, for a ReLU behind the layer (He et al. 2015, eq. 10)."""
    inputs = layer.weight[0].numel()
    if isinstance(layer, nn.ConvTranspose2d):
        # Steps of `stride` leave each output only every stride-th entry of the kernel, in both directions.
        inputs = layer.in_channels * layer.weight[0, 0].numel() / (layer.stride[0] * layer.stride[1])
    bound = (6 / inputs) ** 0.5
    layer.weight.uniform_(-bound, bound, generator=generator)
    if layer.bias is not None:
        layer.bias.zero_()


def _centre(first: nn.Module, last: nn.Module, mean: Tensor) -> None:
    """Subtract the mean image [C, H, W] before the first layer, by its bias, and answer with it after the last.

    A convolution, which treats every place alike, gets each channel's mean.
    """
    assert isinstance(first, AFFINE)
    assert isinstance(last, AFFINE)
    assert first.bias is not None
    assert last.bias is not None
    level = mean.flatten() if isinstance(first, nn.Linear) else mean.mean(dim=(1, 2))
    weight = first.weight if isinstance(first, nn.Linear) else first.weight.sum(dim=(2, 3))
    first.bias.sub_(weight[:, : len(level)] @ level)
    last.bias.copy_(torch.logit(level, eps=MEAN_FLOOR))
