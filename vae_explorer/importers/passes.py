"""Passes through layers: of many chains at once, each layer of weights in one product for all that it sees."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from vae_explorer.importers.blueprint import Piece
from vae_explorer.models import layer_words
from vae_explorer.models.layer_words import Word
from vae_explorer.models.layered import MADE


class Stretch(NamedTuple):
    """Layers without weights, and the one with weights behind them; None at the end of a chain."""

    bare: tuple[str, ...]
    weighed: Piece | None


class Place(NamedTuple):
    """Where a pass is: what it began with, and the layers since."""

    start: int
    words: tuple[str, ...] = ()

    def behind(self, *words: str) -> "Place":
        """Some layers on."""
        return Place(self.start, (*self.words, *words))


Values = Mapping[Place, Tensor]


def passes(starts: Sequence[Tensor], chains: Sequence[Sequence[Piece]]) -> list[Tensor]:
    """What each chain makes of its start; all have the same weights in the same order.

    Chains that begin alike on the same tensor are one for as far as they do. At a layer of weights all wait for each
    other: to read a large one takes longer than to multiply a few images by it.
    """
    places = [Place(id(start)) for start in starts]
    values: Values = dict(zip(places, starts, strict=True))
    for stretches in zip(*map(_stretches, chains), strict=True):
        came = list(zip(places, stretches, strict=True))
        steps = {place.behind(*stretch.bare): (place, stretch.bare) for place, stretch in came}
        values = {there: _bare(values[place], bare) for there, (place, bare) in steps.items()}
        places = [place.behind(*stretch.bare) for place, stretch in came]
        ahead = [(place, stretch.weighed) for place, stretch in zip(places, stretches, strict=True) if stretch.weighed]
        if ahead:
            places = [place.behind(piece.word) for place, piece in ahead]
            values = _together(values, dict(zip(places, ahead, strict=True)))
    return [values[place] for place in places]


def _stretches(chain: Sequence[Piece]) -> Iterator[Stretch]:
    bare: list[str] = []
    for piece in chain:
        if piece.tensors:
            yield Stretch(tuple(bare), piece)
            bare = []
        else:
            bare.append(piece.word)
    yield Stretch(tuple(bare), None)


def _bare(x: Tensor, words: Sequence[str]) -> Tensor:
    for word in map(layer_words.read, words):
        x = MADE[word.kind](word)(x)
    return x


def _together(values: Values, steps: Mapping[Place, tuple[Place, Piece]]) -> Values:
    """Every value through the layer ahead of it: one product for each that they have in common."""
    found: dict[Place, Tensor] = {}
    alike: dict[tuple[str, torch.Size], list[Place]] = {}
    for there, (place, piece) in steps.items():
        alike.setdefault((piece.word, values[place].shape[1:]), []).append(there)
    for together in alike.values():
        seen = [values[steps[there][0]] for there in together]
        made = _weighed(steps[together[0]][1], torch.cat(seen))
        found |= zip(together, made.split([len(one) for one in seen]), strict=True)
    return found


def _weighed(piece: Piece, x: Tensor) -> Tensor:
    word = layer_words.read(piece.word)
    return WEIGHED[word.kind](x, word, *(tensor(piece.tensors[leaf]) for leaf in LEAVES))


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


def tensor(values: np.ndarray) -> Tensor:
    """Of single precision; the same memory where that is possible."""
    return torch.from_numpy(np.ascontiguousarray(values, np.float32))
