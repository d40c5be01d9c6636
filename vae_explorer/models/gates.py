"""Gates that make one network out of any: its channels weighted by β, so that it is trained for a range of βs at once.

Bae et al. 2022 (Multi-Rate VAE). After every affine layer but the heads, the decoder's first and the last, channel c
is multiplied by σ(w_c · t + b_c) with t the standardised log β; logistic in both halves. Two numbers a channel.
"""

import math
from collections.abc import Iterable

import torch
from torch import Tensor, nn

from vae_explorer.models.layers import AFFINE

OPEN = 0.5
"""What every gate is at the start, whatever β."""


class Dial:
    """The β of a pass, for all its rows or one for each [B], as t; all gates of a network read it."""

    def __init__(self) -> None:
        self.t: Tensor | float = 0.0

    def turn(self, share: Tensor | float) -> None:
        """Set β by its share of the range."""
        self.t = standardised(share)


def standardised(share: Tensor | float) -> Tensor | float:
    """A share of the range as t: log β of mean 0 and deviation 1 where log β is uniform, from −√3 to √3."""
    return math.sqrt(3) * (2 * share - 1)


class Gated(nn.Module):
    """An affine layer whose channels are weighted by β; at the start it does what the layer alone would do."""

    def __init__(self, layer: nn.Module, dial: Dial) -> None:
        super().__init__()
        assert isinstance(layer, AFFINE)
        self.layer, self.dial = layer, dial
        channels = layer.out_features if isinstance(layer, nn.Linear) else layer.out_channels
        self.slope, self.offset = nn.Parameter(torch.zeros(channels)), nn.Parameter(torch.zeros(channels))
        self.make_up()

    @torch.no_grad()
    def make_up(self) -> None:
        """Weights that make up for a gate that is half open, as every one is before it is trained."""
        for parameter in self.layer.parameters():
            parameter.div_(OPEN)

    def forward(self, x: Tensor) -> Tensor:
        h, t = self.layer(x), self.dial.t
        scale = self.gate(t[:, None] if isinstance(t, Tensor) else t)
        return h * (scale if h.ndim == 2 else scale[..., None, None])

    def gate(self, t: Tensor | float) -> Tensor:
        """σ(w · t + b): of one t [C], or of a column of them [B, C]."""
        return torch.sigmoid(self.slope * t + self.offset)

    def folded(self, t: Tensor | float) -> dict[str, Tensor]:
        """The layer's own weight and bias with the gates at t multiplied in: the same function, without a gate."""
        gate = self.gate(t)
        lying = self.layer.weight.shape[0] == len(gate) and not isinstance(self.layer, nn.ConvTranspose2d)
        shape = [1] * self.layer.weight.ndim
        shape[0 if lying else 1] = len(gate)
        weights = {"weight": self.layer.weight * gate.view(shape)}
        return weights if self.layer.bias is None else weights | {"bias": self.layer.bias * gate}


def add_gates(network: nn.Module, without: Iterable[nn.Module]) -> Dial:
    """Put gates behind the affine layers of a network but those named; returns what turns them."""
    dial, kept = Dial(), tuple(without)
    for parent in list(network.modules()):
        for name, layer in parent.named_children():
            if isinstance(layer, AFFINE) and all(layer is not other for other in kept):
                setattr(parent, name, Gated(layer, dial))
    return dial


@torch.no_grad()
def folded_weights(network: nn.Module, share: float) -> dict[str, Tensor]:
    """The weights of the ungated network that does what this one does at a share of its range, by name."""
    t, weights = standardised(share), dict(network.state_dict())
    for name, module in network.named_modules():
        if isinstance(module, Gated):
            for part in ("slope", "offset", "layer.weight", "layer.bias"):
                weights.pop(f"{name}.{part}", None)
            weights |= {f"{name}.{part}": value for part, value in module.folded(t).items()}
    return weights
