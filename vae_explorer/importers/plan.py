"""From the weights of a file to its blueprint: the first layout whose names and shapes fit."""

from collections.abc import Iterator, Mapping

import numpy as np

from vae_explorer.errors import CheckpointError, ExplorerError
from vae_explorer.importers.blueprint import (
    ACTIVATION,
    BEFORE_HEADS,
    BEFORE_PLANES,
    DECODER_ACTIVATION,
    DOWN,
    INPUT,
    ORDER,
    ORDERS,
    OUTPUT,
    QUESTIONS,
    SECOND_HEAD,
    SLOT,
    UP,
    Blueprint,
    Piece,
)
from vae_explorer.importers.chain import decoder_chains, encoder_chains
from vae_explorer.importers.layers import Layer
from vae_explorer.importers.layout import Layout, Parts, parts

Shape = tuple[int, int, int]


def fitting(layouts: Mapping[str, Layout], layers: Mapping[str, Layer], shape: Shape) -> Iterator[Blueprint]:
    """The blueprint of every layout that names all of the layers, where their shapes meet.

    Raises:
        CheckpointError: when layouts name the layers, and the shapes meet in none.
    """
    refused: ExplorerError | None = None
    found = False
    for name, layout in layouts.items():
        named = parts(layout, layers)
        if named is None:
            continue
        try:
            yield blueprint(name, layout, named, shape)
            found = True
        except ExplorerError as error:
            refused = refused or error
    if refused is not None and not found:
        raise refused


def blueprint(name: str, layout: Layout, named: Parts, shape: Shape) -> Blueprint:
    """What the layers say under a layout, of images of this shape.

    Raises:
        CheckpointError: when the shapes do not meet.
    """
    _check_ends(named, shape)
    latent_dim = _latent_dim(named)
    sides = layout.known.get(DOWN, ""), layout.known.get(UP, "")
    encoders = encoder_chains(named.encoder, named.heads[0], shape, sides[0], resized=layout.resized)
    decoders = decoder_chains(named.decoder, shape, sides[1], resized=layout.resized)
    heads = tuple(_head(head) for head in named.heads)
    asked = _questions(encoders, decoders, shared=len(heads) == 1, two=layout.two_activations)
    known = {key: answer for key, answer in layout.known.items() if key in asked}
    known |= {key: answers[0] for key, answers in asked.items() if len(answers) == 1}
    left = {key: answers for key, answers in asked.items() if key not in known}
    made = {key: tuple(pieces) for key, pieces in encoders.items()}, {key: tuple(p) for key, p in decoders.items()}
    return Blueprint(name, shape, latent_dim, *made, heads, left, known, layout.usual)


def _questions(
    encoders: Mapping[str, list[Piece]], decoders: Mapping[str, list[Piece]], *, shared: bool, two: bool
) -> dict[str, tuple[str, ...]]:
    words = {piece.word for pieces in (*encoders.values(), *decoders.values()) for piece in pieces}
    slots = [slot for slot in (BEFORE_HEADS, BEFORE_PLANES) if SLOT + slot in words]
    there = [ACTIVATION, DECODER_ACTIVATION] if two else [ACTIVATION]
    activation = there if slots or "act" in words else []
    asked = {name: QUESTIONS[name] for name in (*activation, *slots, INPUT, OUTPUT)}
    order = {ORDER: ORDERS} if shared else {}
    strides = {name: tuple(chains) for name, chains in ((DOWN, encoders), (UP, decoders)) if list(chains) != [""]}
    return {**asked, **order, SECOND_HEAD: QUESTIONS[SECOND_HEAD], **strides}


def _head(layer: Layer) -> Piece:
    outputs, inputs = layer.weight.shape
    return Piece(f"linear {inputs} {outputs}", {"weight": layer.weight, "bias": layer.bias(outputs)})


def _latent_dim(named: Parts) -> int:
    code, rows = named.decoder[0].weight, [head.weight for head in named.heads]
    flat = code.ndim == 2 and all(weight.ndim == 2 for weight in rows)
    sizes = [len(weight) for weight in rows]
    d = code.shape[1] if flat else 0
    if flat and sizes == [d]:
        raise CheckpointError(
            f"These weights give {d} values and no second head: a plain autoencoder is not read here; "
            "bring its encoder and decoder by ONNX."
        )
    if not flat or sizes not in ([2 * d], [d, d]) or len({weight.shape[1] for weight in rows}) != 1:
        shapes = ", ".join(str(list(weight.shape)) for weight in (*rows, code))
        raise CheckpointError(f"Heads and the decoder's first layer do not meet: their weights are {shapes}.")
    return d


def _check_ends(named: Parts, shape: Shape) -> None:
    first = (*named.encoder, *named.heads)[0].weight
    wanted, pixels = first.shape[1], int(np.prod(shape))
    what = "pixels" if first.ndim == 2 else "channels"
    have = pixels if first.ndim == 2 else shape[0]
    if first.ndim not in (2, 4) or wanted != have:
        told = f"The encoder takes {wanted:,} {what}, the images of the data set have {have:,}"
        raise CheckpointError(f"{told}; name the data set it was trained on.")
