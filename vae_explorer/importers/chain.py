"""Layers of weights as a network: what stands between them, told by their names and by the shapes that must meet."""

from collections.abc import Sequence
from math import isqrt, prod

import numpy as np

from vae_explorer.errors import CheckpointError
from vae_explorer.importers.blueprint import BEFORE_HEADS, BEFORE_PLANES, SLOT, Piece
from vae_explorer.importers.layers import Layer
from vae_explorer.importers.strides import Planes, fitting, named

ACT = Piece("act", {})
"""A non-linearity, whichever it is."""
FLATTEN, UNFLATTEN = Piece("flatten", {}), Piece("unflatten", {})
MOST_STRIDES = 4


def encoder_chains(
    layers: Sequence[Layer], head: Layer, image_shape: Planes, strides: str = ""
) -> dict[str, list[Piece]]:
    """The encoder up to what the heads see, for each choice of strides that fits, or the strides that are known.

    Raises:
        CheckpointError: when layers do not meet.
    """
    pieces = _draft(layers, transposed=False)
    inside = layers[-1] if layers else None
    behind = _hidden(inside, head) if inside else 0
    flat = inside is None or _is_flat(pieces)
    if inside and behind is None:
        pieces.append(Piece(SLOT + BEFORE_HEADS, {}))
    elif behind and behind > (0 if flat else 1):
        pieces.append(ACT)
    if not layers or not _is_flat(pieces):
        pieces.append(FLATTEN)
    elif _begins_flat(pieces):
        pieces.insert(0, FLATTEN)
    return _with_strides(pieces, image_shape, _wanted_features(pieces, head), None, strides)


def decoder_chains(layers: Sequence[Layer], image_shape: Planes, strides: str = "") -> dict[str, list[Piece]]:
    """The decoder from the code to pixels, for each choice of strides that fits, or the strides that are known.

    Raises:
        CheckpointError: when layers do not meet.
    """
    pieces = _draft(layers, transposed=True)
    if _is_flat(pieces):
        drawn = _outputs(pieces)
        _require(drawn == prod(image_shape), f"its decoder gives {drawn:,} values, an image has {prod(image_shape):,}")
        return {"": [*pieces, Piece(f"reshape {_numbers(image_shape)}", {})]}
    place = next(i for i, piece in enumerate(pieces) if piece.word.startswith("conv"))
    channels, width = int(pieces[place].word.split()[1]), _outputs(pieces[:place])
    side = isqrt(width // channels)
    _require(side * side * channels == width, f"{width} values are no square planes of {channels} channels")
    planes = [Piece(f"reshape {channels} {side} {side}", {}) if piece is UNFLATTEN else piece for piece in pieces]
    return _with_strides(planes, (channels, side, side), None, image_shape, strides)


def _draft(layers: Sequence[Layer], transposed: bool) -> list[Piece]:
    """The layers with what stands between them; convolutions without their strides yet."""
    pieces: list[Piece] = []
    before: Layer | None = None
    for layer in layers:
        flat = _is_flat(pieces)
        if before is not None:
            pieces += _between(before, layer, flat, transposed)
        if layer.is_norm:
            _add_norm(pieces, layer)
        else:
            pieces.append(_affine(layer, 0 if flat else _outputs(pieces), transposed))
        before = layer
    return pieces


def _between(before: Layer, layer: Layer, flat: bool, transposed: bool) -> list[Piece]:
    turned = not layer.is_norm and (layer.weight.ndim == 4) == flat
    hidden = _hidden(before, layer)
    turn = [UNFLATTEN if transposed else FLATTEN] if turned else []
    if layer.is_norm:
        return [ACT] if hidden else []
    if hidden is None:
        return [Piece(SLOT + BEFORE_PLANES, {}) if turned and transposed else ACT, *turn]
    return [ACT, *turn] if hidden > len(turn) else turn


def _hidden(before: Layer, layer: Layer) -> int | None:
    """How many layers without weights stand between two of one sequence; None where names do not tell."""
    same = before.path.rpartition(".")[0] == layer.path.rpartition(".")[0]
    if not same or before.place is None or layer.place is None:
        return None
    return layer.place - before.place - 1


def _affine(layer: Layer, inputs: int, transposed: bool) -> Piece:
    weight = layer.weight
    if weight.ndim == 2:
        return Piece(f"linear {weight.shape[1]} {weight.shape[0]}", _tensors(layer, weight.shape[0]))
    _require(weight.ndim != 1, f"{layer.path} is a norm without running statistics, which is not read here")
    _require(weight.ndim == 4 and weight.shape[2] == weight.shape[3], f"{layer.path} is {list(weight.shape)}")
    biases = len(layer.bias(0))
    mirrored = transposed and (not inputs or weight.shape[0] == inputs) and biases in (0, weight.shape[1])
    outputs, taken = (weight.shape[1], weight.shape[0]) if mirrored else weight.shape[:2]
    _require(biases in (0, outputs), f"{layer.path} has {biases} biases for {outputs} channels")
    return Piece(f"{'convt' if mirrored else 'conv'} {taken} {outputs} {weight.shape[2]}", _tensors(layer, outputs))


def _tensors(layer: Layer, outputs: int) -> dict[str, np.ndarray]:
    return {"weight": layer.weight, "bias": layer.bias(outputs)}


def _add_norm(pieces: list[Piece], norm: Layer) -> None:
    """Into the layer before it, where it directly follows one; that is exact for running statistics."""
    factor, offset = norm.scale
    last = pieces[-1] if pieces else ACT
    kind = last.word.split()[0]
    if not last.tensors or kind == "scale":
        pieces.append(Piece(f"scale {len(factor)}", {"weight": factor, "bias": offset}))
        return
    _require(len(factor) == _outputs(pieces), f"{norm.path} has {len(factor)} channels")
    pieces[-1] = scaled(last, factor, offset)


def scaled(piece: Piece, factor: np.ndarray | float, offset: np.ndarray | float) -> Piece:
    """A layer whose outputs are multiplied and shifted, by channel."""
    weight, bias = piece.tensors["weight"], piece.tensors["bias"]
    wide = np.broadcast_to(np.asarray(factor, np.float32), bias.shape)
    places = (1, -1, 1, 1) if piece.word.startswith("convt") else (-1, *(1,) * (weight.ndim - 1))
    return piece._replace(
        tensors={"weight": weight * wide.reshape(places), "bias": (bias * wide + offset).astype(np.float32)}
    )


def _with_strides(
    pieces: list[Piece], start: Planes, features: int | None, image: Planes | None, strides: str
) -> dict[str, list[Piece]]:
    convolutions = [piece.word for piece in pieces if piece.word.startswith("conv")]
    if not convolutions:
        return {"": pieces}
    found = fitting(convolutions, start, features, image, strides)
    _require(bool(found), f"no strides known here lead through {', '.join(convolutions)}")
    _require(len(found) <= MOST_STRIDES, f"too many strides lead through {', '.join(convolutions)}")
    return {named(choice.words): _filled(pieces, choice.words, choice.crop) for choice in found}


def _filled(pieces: list[Piece], words: Sequence[str], crop: str) -> list[Piece]:
    left = iter(words)
    full = [piece._replace(word=next(left)) if piece.word.startswith("conv") else piece for piece in pieces]
    return [*full, Piece(crop, {})] if crop else full


def _wanted_features(pieces: list[Piece], head: Layer) -> int:
    """What the first layer behind the planes takes."""
    turned = [piece.word for piece in pieces[pieces.index(FLATTEN) :] if piece.tensors] if FLATTEN in pieces else []
    return int(turned[0].split()[1]) if turned else head.weight.shape[1]


def _outputs(pieces: Sequence[Piece]) -> int:
    """Channels or features behind the last layer of weights; 0 before the first."""
    last = [piece.word.split() for piece in pieces if piece.word.split()[0] in ("linear", "conv", "convt")]
    return int(last[-1][2]) if last else 0


def _is_flat(pieces: Sequence[Piece]) -> bool:
    last = [piece.word for piece in pieces if piece.word.split()[0] in ("linear", "conv", "convt")]
    return bool(last) and last[-1].startswith("linear")


def _begins_flat(pieces: Sequence[Piece]) -> bool:
    return next(piece.word for piece in pieces if piece.tensors).startswith("linear")


def _numbers(values: Sequence[int]) -> str:
    return " ".join(map(str, values))


def _require(condition: bool, why: str) -> None:
    if not condition:
        raise CheckpointError(f"These weights do not make a network: {why}.")
