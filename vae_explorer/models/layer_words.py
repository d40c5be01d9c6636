"""Layers as words, such as "conv 1 32 4 2 1": read and bounded before anything is made of them."""

from collections.abc import Callable, Iterator
from math import prod
from typing import NamedTuple

from vae_explorer.bounds import is_number
from vae_explorer.errors import require

MAX_PARAMETERS = 1 << 27
"""Numbers that the layers of one network may learn: half a GiB in single precision."""
MAX_PLACES = 1 << 24
"""Values that one layer may give for one image."""
MOST = 1 << 16
Shape = tuple[int, ...]
"""Of what is between two layers, without the batch: (features,) or (channels, height, width)."""


class Word(NamedTuple):
    """A layer that was read: its kind, and the numbers behind it."""

    kind: str
    numbers: tuple[float, ...]

    @property
    def counts(self) -> tuple[int, ...]:
        """The numbers, of a layer that takes whole ones."""
        return tuple(int(number) for number in self.numbers)


class Kind(NamedTuple):
    """What is known of a kind of layer before it is made."""

    names: str
    """Of its numbers, for a person."""
    shape: Callable[[Shape, tuple[float, ...]], Shape | None]
    """What comes out for what goes in; None where it does not fit."""
    parameters: Callable[[tuple[float, ...]], float] = lambda numbers: 0
    whole: bool = True


def _linear(shape: Shape, n: tuple[float, ...]) -> Shape | None:
    return (int(n[1]),) if shape == (n[0],) else None


def _conv(shape: Shape, n: tuple[float, ...]) -> Shape | None:
    inputs, outputs, kernel, stride, padding = map(int, n)
    if len(shape) != 3 or shape[0] != inputs or not stride:
        return None
    return (outputs, *((side + 2 * padding - kernel) // stride + 1 for side in shape[1:]))


def _convt(shape: Shape, n: tuple[float, ...]) -> Shape | None:
    inputs, outputs, kernel, stride, padding, extra = map(int, n)
    if len(shape) != 3 or shape[0] != inputs or extra >= stride:
        return None
    return (outputs, *((side - 1) * stride - 2 * padding + kernel + extra for side in shape[1:]))


def _pooled(shape: Shape, n: tuple[float, ...]) -> Shape | None:
    size = int(n[0])
    return (shape[0], *(side // size for side in shape[1:])) if len(shape) == 3 and size else None


def _enlarged(shape: Shape, n: tuple[float, ...]) -> Shape | None:
    return (shape[0], *(side * int(n[0]) for side in shape[1:])) if len(shape) == 3 else None


def _crop(shape: Shape, n: tuple[float, ...]) -> Shape | None:
    return (shape[0], int(n[0]), int(n[1])) if len(shape) == 3 and shape[1] >= n[0] and shape[2] >= n[1] else None


def _reshape(shape: Shape, n: tuple[float, ...]) -> Shape | None:
    return tuple(map(int, n)) if prod(shape) == prod(n) else None


EACH = Kind("", lambda shape, n: shape)
"""Every value by itself."""
KINDS: dict[str, Kind] = {
    "linear": Kind("inputs outputs", _linear, lambda n: (n[0] + 1) * n[1]),
    "conv": Kind("inputs outputs kernel stride padding", _conv, lambda n: (n[0] * n[2] ** 2 + 1) * n[1]),
    "convt": Kind("inputs outputs kernel stride padding extra", _convt, lambda n: (n[0] * n[2] ** 2 + 1) * n[1]),
    "scale": Kind("channels", lambda shape, n: shape if shape[0] == n[0] else None, lambda n: 2 * n[0]),
    "affine": Kind("factor offset", lambda shape, n: shape, whole=False),
    "flatten": Kind("", lambda shape, n: (prod(shape),)),
    "reshape": Kind("channels height width", _reshape),
    "crop": Kind("height width", _crop),
    "maxpool": Kind("size", _pooled),
    "avgpool": Kind("size", _pooled),
    "nearest": Kind("factor", _enlarged),
    "bilinear": Kind("factor", _enlarged),
    "aligned": Kind("factor", _enlarged),
    "relu": EACH,
    "leaky": Kind("slope", lambda shape, n: shape, whole=False),
    "elu": EACH,
    "tanh": EACH,
    "sigmoid": EACH,
    "silu": EACH,
    "gelu": EACH,
    "logit": EACH,
}


def read(text: str) -> Word:
    """A word, with as many numbers behind it as its kind takes.

    Raises:
        InvalidSetting: for an unknown kind, or numbers that are missing, too many or out of bounds.
    """
    kind, *rest = text.split() or [""]
    require(kind in KINDS, f"There is no layer “{text[:60]}”; known are {', '.join(KINDS)}.")
    known = KINDS[kind]
    wanted = f"A layer {kind} is written “{' '.join((kind, known.names)).strip()}”, not “{text[:60]}”."
    require(len(rest) == len(known.names.split()), wanted)
    return Word(kind, tuple(_number(part, known.whole, wanted) for part in rest))


def _number(text: str, whole: bool, refusal: str) -> float:
    try:
        number = int(text) if whole else float(text)
    except ValueError:
        number = -1 if whole else float("nan")
    require(is_number(number, 0 if whole else -MOST, MOST), refusal)
    return number


def trace(words: tuple[Word, ...], shape: Shape) -> Iterator[Shape]:
    """What is behind each layer for one image or code of this shape.

    Raises:
        InvalidSetting: where two layers do not fit each other, or a layer gives nothing or too much.
    """
    for word in words:
        after = KINDS[word.kind].shape(shape, word.numbers)
        told = f"The layer “{written(word)}” does not take {list(shape)}, which the layers before it give."
        require(after is not None and min(after) >= 1 and prod(after) <= MAX_PLACES, told)
        assert after is not None
        shape = after
        yield shape


def parameters(words: tuple[Word, ...]) -> float:
    """How many numbers the layers learn."""
    return sum(KINDS[word.kind].parameters(word.numbers) for word in words)


def written(word: Word) -> str:
    """A word as it is read."""
    return " ".join((word.kind, *(f"{number:g}" for number in word.numbers)))
