"""How images and codes lie in two ONNX graphs, one of which reads what the other gives."""

from collections.abc import Sequence
from math import prod
from typing import NamedTuple

from torch import Tensor

Shape = tuple[int, int, int]


class ImageEnd(NamedTuple):
    """How one image [C, H, W] lies in a graph."""

    sides: tuple[int, ...]
    last: bool = False
    """Whether its channels come last."""

    def of(self, images: Tensor) -> Tensor:
        """Images [B, C, H, W] as the graph has them."""
        return images.movedim(1, -1) if self.last else images.reshape(-1, *self.sides)

    def back(self, flat: Tensor, shape: Shape) -> Tensor:
        """Flat rows of what the graph has, as images [B, C, H, W]."""
        return flat.view(-1, *self.sides).movedim(-1, 1) if self.last else flat.view(-1, *shape)


class Ends(NamedTuple):
    """Where two graphs meet images and each other."""

    image_shape: Shape
    seen: ImageEnd
    """At the encoder."""
    code: tuple[int, ...]
    """The sides of one code at the decoder."""
    drawn: ImageEnd
    """At the decoder."""
    outputs: int
    """What the encoder gives: one batch or two."""
    both: bool
    """Whether that is a second head beside mu."""

    @property
    def latent_dim(self) -> int:
        """The numbers of one code."""
        return prod(self.code)


def image_end(sides: Sequence[int | None], shape: Shape) -> ImageEnd | None:
    """How images of this shape lie in sides of which some may be open; None where they do not."""
    channels, height, width = shape
    ways = [ImageEnd(shape), ImageEnd((prod(shape),))]
    ways += [ImageEnd((height, width)), ImageEnd((height, width, 1))] if channels == 1 else []
    ways += [ImageEnd((height, width, channels), last=True)] if channels > 1 else []
    return next((way for way in ways if _fit(sides, way.sides)), None)


def code_sides(sides: Sequence[int | None], outputs: Sequence[tuple[int, ...]], both: bool) -> tuple[int, ...] | None:
    """The sides of one code, given those that the decoder declares and what the encoder gives; None if they differ.

    both: whether a second head is in what the encoder gives: as its own output, or as the other half of the first side.
    """
    first, *rest = outputs[0]
    if len(outputs) == 2:
        found = (first, *rest) if both and outputs[0] == outputs[1] else None
    elif both:
        found = (first // 2, *rest) if first % 2 == 0 else None
    else:
        found = (first, *rest)
    if found is None or not prod(found):
        return None
    flat = (prod(found),)
    return next((way for way in (found, flat) if _fit(sides, way)), None)


def _fit(sides: Sequence[int | None], way: tuple[int, ...]) -> bool:
    return len(sides) == len(way) and all(side in (None, own) for side, own in zip(sides, way, strict=True))
