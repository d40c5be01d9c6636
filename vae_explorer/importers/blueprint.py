"""Blueprint: what the names and shapes of weights say for certain, and what they leave open."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

ACTIVATION, DECODER_ACTIVATION = "activation", "decoder-activation"
BEFORE_HEADS, BEFORE_PLANES = "before-heads", "before-planes"
INPUT, OUTPUT, ORDER, SECOND_HEAD = "input", "output", "order", "second-head"
DOWN, UP = "encoder-strides", "decoder-strides"

ACTIVATIONS = {
    "relu": "relu",
    "leaky-0.01": "leaky 0.01",
    "leaky-0.2": "leaky 0.2",
    "elu": "elu",
    "tanh": "tanh",
    "silu": "silu",
    "gelu": "gelu",
    "sigmoid": "sigmoid",
}
"""Non-linearities between layers, the usual ones first, and the words of their layers."""
INPUTS = {"unit": (1.0, 0.0), "signed": (2.0, -1.0), "standardised": (1 / 0.3081, -0.1307 / 0.3081)}
"""How pixels from 0 to 1 are given to the encoder: a factor and an offset; the last is MNIST's mean and deviation."""
OUTPUTS = ("sigmoid", "tanh", "none")
"""What follows the decoder's last layer; without anything, pixels leave it in the scale of the inputs."""
ORDERS = ("mu-first", "mu-last", "interleaved")
"""How the rows of one layer are shared between two heads."""
SECOND_HEADS = {
    "log-variance": ("logvar", 1.0),
    "log-sigma": ("logvar", 2.0),
    "sigma": ("sigma", 1.0),
    "softplus": ("softplus", 1.0),
}
"""Meanings of the second head: our scale, and what the head is multiplied by to be it."""

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    ACTIVATION: tuple(ACTIVATIONS),
    DECODER_ACTIVATION: tuple(ACTIVATIONS),
    BEFORE_HEADS: ("yes", "no"),
    BEFORE_PLANES: ("yes", "no"),
    INPUT: tuple(INPUTS),
    OUTPUT: OUTPUTS,
    ORDER: ORDERS,
    SECOND_HEAD: tuple(SECOND_HEADS),
    DOWN: (),
    UP: (),
}
"""What weights may leave open, with the answers known here; those of strides hang on the shapes."""


LOGITS = "sigmoid"
GRAPH_OUTPUTS = ("none", "unit", LOGITS)
"""How pixels leave an ONNX decoder: in the scale of the encoder's inputs, from 0 to 1 in any case, or as logits."""
OF_GRAPHS: Mapping[str, tuple[str, ...]] = {
    INPUT: tuple(INPUTS),
    OUTPUT: GRAPH_OUTPUTS,
    ORDER: ORDERS,
    SECOND_HEAD: tuple(SECOND_HEADS),
}
"""What two ONNX files may leave open."""


class Piece(NamedTuple):
    """One layer of the network to be: a word of models/layer_words.py with its tensors, or a slot."""

    word: str
    tensors: Mapping[str, np.ndarray]
    """Weight and bias; empty for a layer without weights."""


SLOT = "?"
"""A piece whose word begins so is an activation, there if the answer to the question behind it is yes."""


class Blueprint(NamedTuple):
    """A network as far as its weights say."""

    layout: str
    image_shape: tuple[int, int, int]
    latent_dim: int
    encoders: Mapping[str, tuple[Piece, ...]]
    """By the strides and pools that fit the shapes."""
    decoders: Mapping[str, tuple[Piece, ...]]
    heads: tuple[Piece, ...]
    """Mu and the other, or both in one."""
    open: Mapping[str, tuple[str, ...]]
    """The questions that are left, with the answers that are possible."""
    known: Mapping[str, str]
    """The answers that are certain."""
    usual: Mapping[str, str]
    """What the source of the layout does, where that is no more than likely."""
