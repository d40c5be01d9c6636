"""A VAE that is written out layer by layer, as networks are that were trained elsewhere."""

from collections.abc import Callable

import torch
from torch import Tensor, nn

from vae_explorer.config import ModelConfig
from vae_explorer.errors import require
from vae_explorer.models import layer_words
from vae_explorer.models.layer_words import Shape, Word
from vae_explorer.models.layers import AFFINE, LOGIT_FLOOR
from vae_explorer.models.posterior import Posterior
from vae_explorer.models.vae import VAE, Ends


class Scale(nn.Module):
    """A weight and a bias for every channel: a batch norm in use, where it cannot be folded into another layer."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.ones(channels)), nn.Parameter(torch.zeros(channels))

    def forward(self, x: Tensor) -> Tensor:
        weight, bias = (
            (self.weight, self.bias) if x.ndim == 2 else (self.weight[:, None, None], self.bias[:, None, None])
        )
        return x * weight + bias


class Pointwise(nn.Module):
    """A function of its own, without weights."""

    def __init__(self, function: Callable[[Tensor], Tensor]) -> None:
        super().__init__()
        self.function = function

    def forward(self, x: Tensor) -> Tensor:
        return self.function(x)


def _affine(factor: float, offset: float) -> nn.Module:
    return Pointwise(lambda x: x * factor + offset)


def _crop(height: float, width: float) -> nn.Module:
    return Pointwise(lambda x: x[:, :, : int(height), : int(width)])


def _conv(inputs: int, outputs: int, kernel: int, stride: int, padding: int) -> nn.Module:
    return nn.Conv2d(inputs, outputs, kernel, stride, padding)


def _convt(inputs: int, outputs: int, kernel: int, stride: int, padding: int, extra: int) -> nn.Module:
    return nn.ConvTranspose2d(inputs, outputs, kernel, stride, padding, extra)


MADE: dict[str, Callable[[Word], nn.Module]] = {
    "linear": lambda word: nn.Linear(word.counts[0], word.counts[1]),
    "conv": lambda word: _conv(*word.counts),
    "convt": lambda word: _convt(*word.counts),
    "scale": lambda word: Scale(*word.counts),
    "affine": lambda word: _affine(*word.numbers),
    "flatten": lambda word: nn.Flatten(),
    "reshape": lambda word: nn.Unflatten(1, word.counts),
    "crop": lambda word: _crop(*word.numbers),
    "maxpool": lambda word: nn.MaxPool2d(word.counts[0]),
    "avgpool": lambda word: nn.AvgPool2d(word.counts[0]),
    "nearest": lambda word: nn.Upsample(scale_factor=word.counts[0], mode="nearest"),
    "bilinear": lambda word: nn.Upsample(scale_factor=word.counts[0], mode="bilinear"),
    "aligned": lambda word: nn.Upsample(scale_factor=word.counts[0], mode="bilinear", align_corners=True),
    "relu": lambda word: nn.ReLU(),
    "leaky": lambda word: nn.LeakyReLU(word.numbers[0]),
    "elu": lambda word: nn.ELU(),
    "tanh": lambda word: nn.Tanh(),
    "sigmoid": lambda word: nn.Sigmoid(),
    "silu": lambda word: nn.SiLU(),
    "gelu": lambda word: nn.GELU(),
    "logit": lambda word: Pointwise(lambda x: torch.logit(x, eps=LOGIT_FLOOR)),
}
"""What layer_words.KINDS are made of."""


class Layered(VAE):
    """The layers of the settings `encoder` and `decoder`, with the heads between them."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__(config)
        down, up = (tuple(map(layer_words.read, words)) for words in (config.encoder, config.decoder))
        total = layer_words.parameters(down) + layer_words.parameters(up)
        most = layer_words.MAX_PARAMETERS
        require(total <= most, f"A network may have {most:,} weights, not {total:,.0f}.")
        require(not config.classes and not config.hidden and not config.channels, "A layered network takes no label.")
        features = _last(down, config.image_shape)
        require(len(features) == 1, f"The encoder must end with features, not with {list(features)}; add “flatten”.")
        drawn = _last(up, (config.latent_dim,))
        shape = config.image_shape
        require(drawn == shape, f"The decoder must end with an image of {list(shape)}, not with {list(drawn)}.")
        self.encoder, self.decoder = (nn.Sequential(*(MADE[w.kind](w) for w in words)) for words in (down, up))
        require(bool(_affines(self.decoder)), "The decoder needs a layer of weights.")
        self.moments = self.heads(features[0])

    def encode(self, x: Tensor, y: Tensor | None = None) -> Posterior:
        return self.posterior(self.moments(self.encoder(self.with_label(x, y))))

    def decode(self, z: Tensor, y: Tensor | None = None) -> Tensor:
        return self.decoder(self.with_label(z, y))

    def ends(self) -> Ends:
        first, layers = [*_affines(self.encoder), self.moments][0], _affines(self.decoder)
        return Ends(first, layers[0], layers[-1])


def _last(words: tuple[Word, ...], shape: Shape) -> Shape:
    return (shape, *layer_words.trace(words, shape))[-1]


def _affines(layers: nn.Sequential) -> list[nn.Module]:
    return [layer for layer in layers if isinstance(layer, AFFINE)]
