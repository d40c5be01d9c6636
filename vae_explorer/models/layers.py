"""Stacks of layers that the architectures share; ReLU works in place, which saves a pass over memory."""

import itertools

from torch import nn

AFFINE = (nn.Linear, nn.Conv2d, nn.ConvTranspose2d)
LOGIT_FLOOR = 5e-7
"""A decoder that gives pixels themselves is kept this far from 0 and 1, where a logit has no end."""


def dense(widths: tuple[int, ...]) -> nn.Sequential:
    """Linear layers through these widths, each followed by a ReLU."""
    pairs = itertools.pairwise(widths)
    return nn.Sequential(*(layer for a, b in pairs for layer in (nn.Linear(a, b), nn.ReLU(inplace=True))))


def halving(channels: tuple[int, ...], kernel: int) -> list[nn.Module]:
    """Convolutions of stride 2 through these channels, each followed by a ReLU."""
    pairs = itertools.pairwise(channels)
    return [m for a, b in pairs for m in (nn.Conv2d(a, b, kernel, stride=2, padding=1), nn.ReLU(inplace=True))]


def doubling(channels: tuple[int, ...], kernel: int) -> list[nn.Module]:
    """Transposed convolutions of stride 2 through these channels, with a ReLU between them."""
    layers: list[nn.Module] = []
    for a, b in itertools.pairwise(channels):
        wider = nn.ConvTranspose2d(a, b, kernel, stride=2, padding=1, output_padding=kernel % 2)
        layers += [wider, nn.ReLU(inplace=True)]
    return layers[:-1]
