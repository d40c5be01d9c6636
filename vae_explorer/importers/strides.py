"""Strides and paddings of convolutions, which no file says: those that lead from one size to another."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vae_explorer.models import layer_words

Planes = tuple[int, int, int]
DOWN = {
    1: ("1 0",),
    2: ("2 0",),
    3: ("2 1", "1 1", "2 0", "1 0"),
    4: ("2 1", "2 0", "1 0", "2 2"),
    5: ("2 2", "2 0", "1 0", "1 2"),
    6: ("2 0", "2 2"),
    7: ("2 3", "1 3", "1 0"),
}
"""By kernel: stride and padding, the usual first."""
UP = {
    1: ("1 0 0",),
    2: ("2 0 0",),
    3: ("2 1 1", "1 1 0", "2 1 0", "2 0 0", "1 0 0"),
    4: ("2 1 0", "1 0 0", "2 0 0", "2 2 0"),
    5: ("2 2 1", "2 0 0", "1 0 0", "1 2 0"),
    6: ("2 0 0", "2 2 0"),
    7: ("1 0 0", "2 3 1", "1 3 0"),
}
"""The same of transposed ones, with the padding of the output."""
WIDEST_CROP = 4
"""Pixels that a decoder may draw beyond the image, to be cut off at its right and lower edge."""


class Choice(NamedTuple):
    """Convolutions with their strides, and what cuts their picture to size."""

    words: tuple[str, ...]
    crop: str


def fitting(
    words: Sequence[str], start: Planes, features: int | None, image: Planes | None, wanted: str = ""
) -> list[Choice]:
    """The choices that end in so many features or in an image, of those with the fewest kinds of layers.

    Args:
        words: convolutions without strides, such as "conv 1 32 4".
        start: what they see.
        features: what they are to end in, or None.
        image: likewise.
        wanted: the strides that alone will do, as `named` writes them; any if empty.
    """
    found = [
        Choice(path, crop) for path, end in _paths(words, start) if (crop := _end(end, features, image)) is not None
    ]
    if wanted:
        return [choice for choice in found if named(choice.words) == wanted]
    exact = [choice for choice in found if not choice.crop] or found
    fewest = min((_kinds(choice.words) for choice in exact), default=0)
    return [choice for choice in exact if _kinds(choice.words) == fewest]


def named(words: Sequence[str]) -> str:
    """Stride, padding and output padding of each layer, such as "2,1 2,1,1"."""
    return " ".join(",".join(word.split()[4:]) for word in words)


def _paths(words: Sequence[str], shape: layer_words.Shape) -> Iterator[tuple[tuple[str, ...], layer_words.Shape]]:
    if not words:
        yield (), shape
        return
    kind, *numbers = words[0].split()
    for steps in (UP if kind == "convt" else DOWN).get(int(numbers[2]), ()):
        word = layer_words.read(f"{words[0]} {steps}")
        after = layer_words.KINDS[kind].shape(shape, word.numbers)
        if after is not None and min(after) >= 1 and max(after[1:]) <= 256:
            for rest, end in _paths(words[1:], after):
                yield (f"{words[0]} {steps}", *rest), end


def _end(shape: layer_words.Shape, features: int | None, image: Planes | None) -> str | None:
    """Nothing where the shape is what is wanted, a crop where it is little more; None where it is not."""
    if image is None:
        return "" if shape[0] * shape[1] * shape[2] == features else None
    over = [a - b for a, b in zip(shape[1:], image[1:], strict=True)]
    if shape[0] != image[0] or min(over) < 0 or max(over) > WIDEST_CROP:
        return None
    return f"crop {image[1]} {image[2]}" if max(over) else ""


def _kinds(words: Sequence[str]) -> int:
    return len({word.split(" ", 3)[0] + word.split(" ", 3)[3] for word in words})
