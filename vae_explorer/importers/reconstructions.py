"""Reconstructions of the same images by many readings of a blueprint, with nothing computed twice."""

from collections.abc import Mapping, Sequence

import numpy as np
from torch import Tensor

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
from vae_explorer.importers.passes import LEAVES, passes

ENCODER = (ACTIVATION, BEFORE_HEADS, INPUT, DOWN)
"""Questions whose answers the moments hang on; the code, on one more; what is drawn, on all but the output map."""
CODE = (*ENCODER, ORDER)
DECODER = (*CODE, DECODER_ACTIVATION, BEFORE_PLANES, UP)
ROWS = 256
"""Images that go through a layer at a time: weights are read seldom, and memory is bounded."""
Key = tuple[str, ...]
Readings = Mapping[Key, Answers]


def reconstructions(blueprint: Blueprint, readings: Sequence[Answers], x: Tensor) -> list[Tensor]:
    """Images x [N, C, H, W] in [0, 1] as each reading reconstructs them at mu, in [0, 1]."""
    moments = _moments(blueprint, _by(ENCODER, readings), x)
    codes = {key: _code(blueprint, answers, moments) for key, answers in _by(CODE, readings).items()}
    chains = {key: decoder_pieces(blueprint, answers) for key, answers in _by(DECODER, readings).items()}
    drawn = _passed({key: codes[key[: len(CODE)]] for key in chains}, chains)
    return [_shown(drawn[_key(DECODER, answers)], answers) for answers in readings]


def _moments(blueprint: Blueprint, readings: Readings, x: Tensor) -> dict[Key, Tensor]:
    both = {leaf: np.concatenate([head.tensors[leaf] for head in blueprint.heads]) for leaf in LEAVES}
    outputs, inputs = both["weight"].shape
    head = Piece(f"linear {inputs} {outputs}", both)
    chains = {key: [*encoder_pieces(blueprint, answers), head] for key, answers in readings.items()}
    return _passed(dict.fromkeys(chains, x), chains)


def _code(blueprint: Blueprint, answers: Answers, moments: Mapping[Key, Tensor]) -> Tensor:
    d = blueprint.latent_dim
    return moments[_key(ENCODER, answers)][:, head_rows(answers, d)[:d].copy()]


def _passed(starts: Mapping[Key, Tensor], chains: Mapping[Key, Sequence[Piece]]) -> dict[Key, Tensor]:
    """So many chains together as their rows allow for."""
    keys = list(chains)
    most = max(1, ROWS // max(map(len, starts.values()), default=1))
    found: dict[Key, Tensor] = {}
    for block in (keys[first : first + most] for first in range(0, len(keys), most)):
        found |= zip(block, passes([starts[key] for key in block], [chains[key] for key in block]), strict=True)
    return found


def _shown(drawn: Tensor, answers: Answers) -> Tensor:
    factor, offset = INPUTS[answers[INPUT]]
    if answers[OUTPUT] == "none":
        return ((drawn - offset) / factor).clamp(0, 1)
    return drawn.sigmoid() if answers[OUTPUT] == "sigmoid" else (drawn.tanh() + 1) / 2


def _by(names: Sequence[str], readings: Sequence[Answers]) -> dict[Key, Answers]:
    """One reading of each that answer these questions alike."""
    return {_key(names, answers): answers for answers in readings}


def _key(names: Sequence[str], answers: Answers) -> Key:
    return tuple(answers.get(name, "") for name in names)
