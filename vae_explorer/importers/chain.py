"""Layers of weights as a network: what stands between them, told by their names and by the shapes that must meet."""

from collections.abc import Sequence
from math import isqrt, prod

import numpy as np

from vae_explorer.errors import CheckpointError
from vae_explorer.importers.blueprint import BEFORE_HEADS, BEFORE_PLANES, SLOT, Piece
from vae_explorer.importers.layers import Layer
from vae_explorer.importers.planes import ACT, EITHER, MAYBE, ROOM, Part, require_meeting, with_strides
from vae_explorer.importers.strides import Planes, to_features, to_image

FLATTEN, UNFLATTEN = Piece("flatten", {}), Piece("unflatten", {})


def encoder_chains(
    layers: Sequence[Layer], head: Layer, image_shape: Planes, strides: str = "", *, resized: bool = False
) -> dict[str, list[Piece]]:
    """The encoder up to what the heads see, for each choice of strides that fits, or the strides that are known.

    Args:
        resized: whether it may pool.

    Raises:
        CheckpointError: when layers do not meet.
    """
    part = Part(decoder=False, resized=resized)
    pieces = _draft(layers, part)
    inside = layers[-1] if layers else None
    behind = _hidden(inside, head) if inside else 0
    flat = inside is None or _is_flat(pieces)
    if inside and behind is None:
        pieces += [Piece(SLOT + BEFORE_HEADS, {}), *([] if flat else [MAYBE])]
    elif behind and behind > (0 if flat else 1):
        pieces += [ACT, *([] if flat or behind == 2 else [ROOM])]
    if not layers or not _is_flat(pieces):
        pieces.append(FLATTEN)
    elif _begins_flat(pieces):
        pieces.insert(0, FLATTEN)
    return with_strides(pieces, image_shape, to_features(_wanted_features(pieces, head)), strides, part)


def decoder_chains(
    layers: Sequence[Layer], image_shape: Planes, strides: str = "", *, resized: bool = False
) -> dict[str, list[Piece]]:
    """The decoder from the code to pixels, for each choice of strides that fits, or the strides that are known.

    Args:
        resized: whether it may be of plain convolutions, with planes enlarged before them.

    Raises:
        CheckpointError: when layers do not meet.
    """
    found: dict[str, list[Piece]] = {}
    refused: CheckpointError | None = None
    for plain in (False, True) if resized else (False,):
        try:
            found |= _decoders(layers, image_shape, strides, Part(decoder=True, plain=plain, resized=plain))
        except CheckpointError as error:
            refused = refused or error
    if refused is not None and not found:
        raise refused
    return found


def _decoders(layers: Sequence[Layer], image_shape: Planes, strides: str, part: Part) -> dict[str, list[Piece]]:
    pieces = _draft(layers, part)
    if _is_flat(pieces):
        drawn = _outputs(pieces)
        require_meeting(
            drawn == prod(image_shape), f"its decoder gives {drawn:,} values, an image has {prod(image_shape):,}"
        )
        return {"": [*pieces, Piece(f"reshape {_numbers(image_shape)}", {})]}
    if part.plain and any(piece.word.startswith("convt") for piece in pieces):
        return {}
    place = next(i for i, piece in enumerate(pieces) if piece.word.startswith("conv"))
    channels, width = int(pieces[place].word.split()[1]), _outputs(pieces[:place])
    side = isqrt(width // channels)
    require_meeting(side * side * channels == width, f"{width} values are no square planes of {channels} channels")
    planes = [Piece(f"reshape {channels} {side} {side}", {}) if piece is UNFLATTEN else piece for piece in pieces]
    return with_strides(planes, (channels, side, side), to_image(image_shape), strides, part)


def _draft(layers: Sequence[Layer], part: Part) -> list[Piece]:
    """The layers with what stands between them; convolutions without their strides yet."""
    pieces: list[Piece] = []
    before: Layer | None = None
    for layer in layers:
        flat = _is_flat(pieces)
        if before is not None:
            pieces += _between(before, layer, flat, part)
        if layer.is_norm:
            _add_norm(pieces, layer)
        else:
            pieces.append(_affine(layer, 0 if flat else _outputs(pieces), part))
        before = layer
    return pieces


def _between(before: Layer, layer: Layer, flat: bool, part: Part) -> list[Piece]:
    hidden = _hidden(before, layer)
    if layer.is_norm:
        return [ACT] if hidden else []
    turned = (layer.weight.ndim == 4) == flat
    turn = [UNFLATTEN if part.decoder else FLATTEN] if turned else []
    unfolded = turned and part.decoder
    if hidden is None:
        act, resized = [Piece(SLOT + BEFORE_PLANES, {}) if unfolded else ACT], [MAYBE]
    else:
        left = hidden - len(turn)
        act = [EITHER if unfolded and left == 1 else ACT] if left > 0 else []
        resized = [ROOM] if left > 1 else [MAYBE] if unfolded and left == 1 else []
    if layer.weight.ndim != 4 if part.decoder else flat:
        resized = []
    return [*act, *turn, *resized] if part.decoder else [*act, *resized, *turn]


def _hidden(before: Layer, layer: Layer) -> int | None:
    """How many layers without weights stand between two of one sequence; None where names do not tell."""
    same = before.path.rpartition(".")[0] == layer.path.rpartition(".")[0]
    if not same or before.place is None or layer.place is None:
        return None
    return layer.place - before.place - 1


def _affine(layer: Layer, inputs: int, part: Part) -> Piece:
    weight = layer.weight
    if weight.ndim == 2:
        return Piece(f"linear {weight.shape[1]} {weight.shape[0]}", _tensors(layer, weight.shape[0]))
    require_meeting(
        weight.ndim != 1, f"{layer.path} is a norm without running statistics, which is not read here; bring it by ONNX"
    )
    require_meeting(weight.ndim == 4 and weight.shape[2] == weight.shape[3], f"{layer.path} is {list(weight.shape)}")
    biases = len(layer.bias(0))
    plain, turned = (
        (not inputs or weight.shape[taken] == inputs) and biases in (0, weight.shape[given])
        for given, taken in ((0, 1), (1, 0))
    )
    mirrored = part.decoder and turned and not (part.plain and plain)
    outputs, taken = (weight.shape[1], weight.shape[0]) if mirrored else weight.shape[:2]
    require_meeting(biases in (0, outputs), f"{layer.path} has {biases} biases for {outputs} channels")
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
    require_meeting(len(factor) == _outputs(pieces), f"{norm.path} has {len(factor)} channels")
    pieces[-1] = scaled(last, factor, offset)


def scaled(piece: Piece, factor: np.ndarray | float, offset: np.ndarray | float) -> Piece:
    """A layer whose outputs are multiplied and shifted, by channel."""
    weight, bias = piece.tensors["weight"], piece.tensors["bias"]
    wide = np.broadcast_to(np.asarray(factor, np.float32), bias.shape)
    places = (1, -1, 1, 1) if piece.word.startswith("convt") else (-1, *(1,) * (weight.ndim - 1))
    return piece._replace(
        tensors={"weight": weight * wide.reshape(places), "bias": (bias * wide + offset).astype(np.float32)}
    )


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
