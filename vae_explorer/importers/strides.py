"""Strides and paddings of convolutions, and what resizes planes beside them, which no file says: those that lead from
one size to another."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
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
POOLS = {"max": "maxpool 2", "average": "avgpool 2"}
"""What may stand behind a convolution of stride 1 in an encoder, and the words of such layers."""
ENLARGEMENTS = {"nearest": "nearest 2", "bilinear": "bilinear 2", "aligned": "aligned 2"}
"""What may stand before a plain convolution of stride 1 in a decoder; the last is bilinear, with corners aligned."""
RESIZES = POOLS | ENLARGEMENTS
MOST = 12
"""Choices that are told apart by measurement."""
MOST_KINDS = 6
WIDEST_CROP = 4
"""Pixels that a decoder may draw beyond the image, to be cut off at its right and lower edge."""


class Convolution(NamedTuple):
    """A layer whose strides are sought."""

    word: str
    """Without strides, such as "conv 1 32 4"."""
    resizes: Sequence[str] = ()
    """What may stand beside it: names of POOLS or ENLARGEMENTS."""
    told: bool = False
    """Whether names leave room for a layer there."""


class Step(NamedTuple):
    """A convolution with its strides, and what resizes planes beside it, as nothing does in most networks."""

    word: str
    resize: str = ""

    @property
    def name(self) -> str:
        """Stride, padding, output padding and what resizes, such as "1,1,max"."""
        return ",".join([*self.word.split()[4:], *([self.resize] if self.resize else [])])

    @property
    def kind(self) -> str:
        """What layers have in common that differ in their channels alone."""
        layer, _, _, kernel = self.word.split()[:4]
        return f"{layer} {kernel} {self.name}"

    @property
    def words(self) -> tuple[str, ...]:
        """The layers in order."""
        if not self.resize:
            return (self.word,)
        beside = RESIZES[self.resize]
        return (self.word, beside) if self.resize in POOLS else (beside, self.word)


class Choice(NamedTuple):
    """Convolutions with their strides, and what cuts their picture to size."""

    steps: tuple[Step, ...]
    crop: str = ""

    @property
    def name(self) -> str:
        """Its steps' names, such as "2,1 2,1,1"."""
        return " ".join(step.name for step in self.steps)

    @property
    def kinds(self) -> int:
        """How many kinds of layers it takes."""
        return len({step.kind for step in self.steps})


End = Callable[[layer_words.Shape], str | None]
"""Nothing where a shape is what is wanted, a crop where it is little more; None where it is not."""


def to_features(features: int) -> End:
    """Planes of so many values in all."""
    return lambda shape: "" if shape[0] * shape[1] * shape[2] == features else None


def to_image(image: Planes) -> End:
    """An image, or one that is cut off."""

    def end(shape: layer_words.Shape) -> str | None:
        over = [a - b for a, b in zip(shape[1:], image[1:], strict=True)]
        if shape[0] != image[0] or min(over) < 0 or max(over) > WIDEST_CROP:
            return None
        return f"crop {image[1]} {image[2]}" if max(over) else ""

    return end


def fitting(convolutions: Sequence[Convolution], start: Planes, end: End, wanted: str = "") -> list[Choice]:
    """The choices that lead from the start to the end, of those with the fewest kinds of layers.

    Through one network goes one kind of resizing. It is a choice where strides alone need as many kinds of layers, or
    where it is what names leave room for.

    Args:
        wanted: the strides that alone will do, as a choice names them; any if empty.
    """

    def exact(shape: layer_words.Shape) -> str | None:
        return "" if end(shape) == "" else None

    for ends in (exact, end):
        found = _of_families(convolutions, start, ends, wanted)
        if found:
            return found
    return []


def _of_families(convolutions: Sequence[Convolution], start: Planes, end: End, wanted: str) -> list[Choice]:
    names = wanted.split()
    bare = _fewest(convolutions, start, end, "", names)
    resized = [
        choice
        for family in dict.fromkeys(name for one in convolutions for name in one.resizes)
        for choice in _explaining(convolutions, _fewest(convolutions, start, end, family, names))
    ]
    most = bare[0].kinds if bare else MOST_KINDS
    return bare + [one for one in resized if one.kinds <= most or _explains(convolutions, one)]


def _explaining(convolutions: Sequence[Convolution], found: list[Choice]) -> list[Choice]:
    """Those that resize wherever names leave room, if there are such."""
    return [choice for choice in found if _explains(convolutions, choice)] or found


def _explains(convolutions: Sequence[Convolution], choice: Choice) -> bool:
    told = [step.resize for one, step in zip(convolutions, choice.steps, strict=True) if one.told]
    return bool(told) and all(told)


def _fewest(
    convolutions: Sequence[Convolution], start: Planes, end: End, family: str, names: Sequence[str]
) -> list[Choice]:
    """Those of the fewest kinds that resize in this way, if any is named, and have these names, if any are."""
    steps = [list(_steps(one, family)) for one in convolutions]
    if names:
        fixed = zip(steps, names, strict=False) if len(names) == len(steps) else ()
        steps = [[step for step in one if step.name == name] for one, name in fixed]
    for kinds in range(1, MOST_KINDS + 1) if steps else ():
        found = _paths(steps, start, end, family, MOST_KINDS if names else kinds)
        if found:
            return found
    return []


def _steps(convolution: Convolution, family: str) -> Iterator[Step]:
    kind, *numbers = convolution.word.split()
    for strides in (UP if kind == "convt" else DOWN).get(int(numbers[2]), ()):
        yield Step(f"{convolution.word} {strides}")
        if family in convolution.resizes and strides.startswith("1 "):
            yield Step(f"{convolution.word} {strides}", family)


def _paths(steps: Sequence[Sequence[Step]], start: Planes, end: End, family: str, kinds: int) -> list[Choice]:
    """All of at most so many kinds, or one more than are told apart; from each place and shape sought but once."""

    @cache
    def behind(place: int, shape: layer_words.Shape, used: frozenset[str]) -> tuple[Choice, ...]:
        if place == len(steps):
            crop = end(shape) if any(one.endswith(family) for one in used) else None
            return () if crop is None else (Choice((), crop),)
        found: list[Choice] = []
        for step in steps[place]:
            more = used | {step.kind}
            after = _after(step, shape) if len(more) <= kinds else None
            if after is not None and len(found) <= MOST:
                found += (Choice((step, *rest.steps), rest.crop) for rest in behind(place + 1, after, more))
        return tuple(found[: MOST + 1])

    return list(behind(0, start, frozenset()))


def _after(step: Step, shape: layer_words.Shape) -> layer_words.Shape | None:
    for word in map(layer_words.read, step.words):
        after = layer_words.KINDS[word.kind].shape(shape, word.numbers)
        if after is None or min(after) < 1 or max(after[1:]) > 256:
            return None
        shape = after
    return shape
