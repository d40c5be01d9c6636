"""Readings of a blueprint on the same images, each half of a network run once for all readings that share it."""

from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from vae_explorer.importers.blueprint import (
    ACTIVATION,
    BEFORE_HEADS,
    BEFORE_PLANES,
    DECODER_ACTIVATION,
    DOWN,
    INPUT,
    INPUTS,
    ORDER,
    OUTPUT,
    UP,
    Blueprint,
    Piece,
)
from vae_explorer.importers.interpretation import Answers, decoder_pieces, encoder_pieces, head_rows
from vae_explorer.models import layer_words
from vae_explorer.models.layer_words import Word
from vae_explorer.models.layered import MADE

ENCODER = (ACTIVATION, BEFORE_HEADS, INPUT, DOWN)
"""Questions whose answers the encoder hangs on; the decoder, on all but the output map."""
DECODER = (ACTIVATION, DECODER_ACTIVATION, BEFORE_PLANES, UP)


class Bench:
    """Images, and what halves of the network made of them."""

    def __init__(self, blueprint: Blueprint, x: Tensor) -> None:
        self.blueprint, self.x = blueprint, x
        self._heads = [_tensor(np.concatenate([one.tensors[leaf] for one in blueprint.heads])) for leaf in LEAVES]
        self._moments: dict[tuple[str, ...], Tensor] = {}
        self._drawn: dict[tuple[str, ...], Tensor] = {}

    def picture(self, answers: Answers) -> Tensor:
        """The reconstruction at mu, in [0, 1]."""
        factor, offset = INPUTS[answers[INPUT]]
        drawn = self._raw(answers)
        if answers[OUTPUT] == "none":
            return ((drawn - offset) / factor).clamp(0, 1)
        return drawn.sigmoid() if answers[OUTPUT] == "sigmoid" else (drawn.tanh() + 1) / 2

    def _raw(self, answers: Answers) -> Tensor:
        seen = _key(answers, ENCODER)
        key = (*seen, *_key(answers, (ORDER, *DECODER)))
        if seen not in self._moments:
            features = run(encoder_pieces(self.blueprint, answers), self.x)
            self._moments[seen] = functional.linear(features, *self._heads)
        if key not in self._drawn:
            d = self.blueprint.latent_dim
            mu = self._moments[seen][:, head_rows(answers, d)[:d].copy()]
            self._drawn[key] = run(decoder_pieces(self.blueprint, answers), mu)
        return self._drawn[key]


def run(pieces: Sequence[Piece], x: Tensor) -> Tensor:
    """What layers make of a batch."""
    for piece in pieces:
        word = layer_words.read(piece.word)
        tensors = [_tensor(piece.tensors[leaf]) for leaf in LEAVES] if piece.tensors else []
        x = WEIGHED[word.kind](x, word, *tensors) if tensors else MADE[word.kind](word)(x)
    return x


def _scale(x: Tensor, word: Word, weight: Tensor, bias: Tensor) -> Tensor:
    places = (-1, *(1,) * (x.ndim - 2))
    return x * weight.view(places) + bias.view(places)


def _convt(x: Tensor, word: Word, weight: Tensor, bias: Tensor) -> Tensor:
    stride, padding, extra = word.counts[3:]
    return functional.conv_transpose2d(x, weight, bias, stride, padding, extra)


LEAVES = ("weight", "bias")
WEIGHED: dict[str, Callable[[Tensor, Word, Tensor, Tensor], Tensor]] = {
    "linear": lambda x, word, weight, bias: functional.linear(x, weight, bias),
    "conv": lambda x, word, weight, bias: functional.conv2d(x, weight, bias, *word.counts[3:]),
    "convt": _convt,
    "scale": _scale,
}
"""Layers with weights, without the modules that would hold them."""


def _key(answers: Answers, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(answers.get(name, "") for name in names)


def _tensor(values: np.ndarray) -> Tensor:
    return torch.from_numpy(np.ascontiguousarray(values, np.float32))
