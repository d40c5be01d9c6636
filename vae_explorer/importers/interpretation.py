"""Reading: a blueprint with an answer to every question, as a model of our own."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple, Protocol

import numpy as np

from vae_explorer import models
from vae_explorer.config import ModelConfig
from vae_explorer.errors import CheckpointError
from vae_explorer.importers.blueprint import (
    ACTIVATION,
    ACTIVATIONS,
    DECODER_ACTIVATION,
    DOWN,
    INPUT,
    INPUTS,
    ORDER,
    OUTPUT,
    SECOND_HEAD,
    SECOND_HEADS,
    SLOT,
    UP,
    Blueprint,
    Piece,
)
from vae_explorer.importers.chain import scaled
from vae_explorer.models.layered import Layered

MANY, MOST = 500, 5000
"""Readings beyond which only likely ones are tried, and how many may be tried at all."""
Answers = Mapping[str, str]


class Network(NamedTuple):
    """A model's settings and weights."""

    config: ModelConfig
    weights: dict[str, np.ndarray]


class Questions(Protocol):
    """What is left open, and what is certain."""

    @property
    def open(self) -> Mapping[str, tuple[str, ...]]: ...

    @property
    def known(self) -> Mapping[str, str]: ...


def readings(questions: Questions, without: Sequence[str] = ()) -> list[dict[str, str]]:
    """Every choice of answers that goes together, without some of the questions.

    Raises:
        CheckpointError: when there are too many.
    """
    asked = [name for name in questions.open if name not in without]
    chosen = [dict(zip(asked, answers, strict=True)) for answers in product(*(questions.open[name] for name in asked))]
    found = [{**questions.known, **answers} for answers in chosen]
    together = [answers for answers in found if _together(answers)]
    if len(together) > MANY:
        together = [answers for answers in together if _usual(answers)]
    if not 0 < len(together) <= MOST:
        raise CheckpointError(
            f"{len(together):,} readings of these weights are possible, {MOST} can be tried; settle some."
        )
    return together


def _together(answers: Answers) -> bool:
    """Pixels of a tanh lie in the scale that a network with inputs from -1 to 1 is given, and in no other."""
    return answers.get(OUTPUT) != "tanh" or answers.get(INPUT) == "signed"


def _usual(answers: Answers) -> bool:
    """A sigmoid's pixels lie from 0 to 1, and so do the inputs of most networks that end with one."""
    return answers.get(OUTPUT) != "sigmoid" or answers.get(INPUT) == "unit"


def network(blueprint: Blueprint, answers: Answers) -> Network:
    """The model that the answers make of the weights.

    Raises:
        InvalidSetting: when the layers do not fit each other.
    """
    encoder = encoder_pieces(blueprint, answers)
    decoder = _shown(decoder_pieces(blueprint, answers), answers)
    scale, times = SECOND_HEADS[answers.get(SECOND_HEAD, "log-variance")]
    config = ModelConfig(
        "layered",
        blueprint.image_shape,
        blueprint.latent_dim,
        (),
        scale=scale,
        likelihood="bernoulli" if answers[OUTPUT] == "sigmoid" else "gaussian",
        encoder=tuple(piece.word for piece in encoder),
        decoder=tuple(piece.word for piece in decoder),
    )
    heads = {f"moments.{leaf}": value for leaf, value in _moments(blueprint, answers, times).items()}
    return Network(config, {**dict(_named("encoder", encoder)), **dict(_named("decoder", decoder)), **heads})


def encoder_pieces(blueprint: Blueprint, answers: Answers) -> list[Piece]:
    """From pixels in [0, 1] to what the heads see."""
    factor, offset = INPUTS[answers[INPUT]]
    seen = [] if answers[INPUT] == "unit" else [Piece(f"affine {factor!r} {offset!r}", {})]
    return [*seen, *_answered(blueprint.encoders[answers.get(DOWN, "")], answers)]


def decoder_pieces(blueprint: Blueprint, answers: Answers) -> list[Piece]:
    """From the code to what the output map sees."""
    drawn = {**answers, ACTIVATION: answers[DECODER_ACTIVATION]} if DECODER_ACTIVATION in answers else answers
    return _answered(blueprint.decoders[answers.get(UP, "")], drawn)


def head_rows(answers: Answers, d: int) -> np.ndarray:
    """The rows of the heads' layer: those of mu, then those of the second head; [2 D]."""
    rows = np.arange(2 * d)
    if answers.get(ORDER) == "interleaved":
        return rows.reshape(d, 2).T.ravel()
    return np.roll(rows, d) if answers.get(ORDER) == "mu-last" else rows


def restored(blueprint: Blueprint, answers: Answers) -> Layered:
    """The same, ready to be used."""
    model = models.restore(*network(blueprint, answers))
    assert isinstance(model, Layered)
    return model


def _answered(pieces: Sequence[Piece], answers: Answers) -> list[Piece]:
    """The activation in its places, those that are open where the answer is yes."""
    act = Piece(ACTIVATIONS[answers[ACTIVATION]], {}) if ACTIVATION in answers else None
    full: list[Piece] = []
    for piece in pieces:
        if piece.word == "act" or piece.word.startswith(SLOT):
            there = piece.word == "act" or answers[piece.word.removeprefix(SLOT)] == "yes"
            full += [act] if there and act else []
        else:
            full.append(piece)
    return full


def _shown(pieces: list[Piece], answers: Answers) -> list[Piece]:
    """The decoder so that its sigmoid is the picture: folded into its last layer where that is exact."""
    if answers[OUTPUT] == "sigmoid":
        return pieces
    place = max(i for i, piece in enumerate(pieces) if piece.tensors)
    factor, offset = INPUTS[answers[INPUT]]
    bare = answers[OUTPUT] == "none"
    turned = scaled(pieces[place], *((1 / factor, -offset / factor) if bare else (2.0, 0.0)))
    return [*pieces[:place], turned, *pieces[place + 1 :], *([Piece("logit", {})] if bare else [])]


def _moments(blueprint: Blueprint, answers: Answers, times: float) -> dict[str, np.ndarray]:
    """The rows of mu, then those of the second head."""
    d, both = blueprint.latent_dim, blueprint.heads
    joined = {leaf: np.concatenate([head.tensors[leaf] for head in both]) for leaf in ("weight", "bias")}
    rows = head_rows(answers, d)
    factors = np.repeat(np.array([1, times], np.float32), d)
    return {leaf: (value[rows].T * factors).T.astype(np.float32) for leaf, value in joined.items()}


def _named(part: str, pieces: Sequence[Piece]) -> Iterator[tuple[str, np.ndarray]]:
    for place, piece in enumerate(pieces):
        for leaf, value in piece.tensors.items():
            yield f"{part}.{place}.{leaf}", np.ascontiguousarray(value, np.float32)
