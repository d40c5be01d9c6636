"""Sprites: a square, an ellipse or a heart of every size, angle and place, drawn when they are asked for.

The factors, their order and the geometry are those of dSprites (Matthey et al. 2017), 737,280 images: at 64 × 64
pixels black or white as there, smaller with smooth edges. In colour the object and its background have hues too.
"""

import colorsys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from vae_explorer.datasets.drawn import DrawnImages
from vae_explorer.datasets.images import Factor, ImageSet, Order
from vae_explorer.datasets.sprite_shapes import SHAPES
from vae_explorer.errors import require

CANVAS = 64
SIDES = (28, 32, 64)
SHAPE_NAMES = tuple(SHAPES)
FACTORS = (
    Factor("shape", len(SHAPES), Order.NONE, SHAPE_NAMES),
    Factor("scale", 6),
    Factor("orientation", 40, Order.CIRCLE),
    Factor("x position", 32),
    Factor("y position", 32),
)
HUES = 10
COLOUR_FACTORS = (*FACTORS, *(Factor(name, HUES, Order.CIRCLE) for name in ("object hue", "background hue")))
TEST_SIZE = 10_000
TOTAL = int(np.prod([factor.size for factor in FACTORS]))
WINDOW = CANVAS // 2
"""No sprite reaches farther than half of it from its centre."""
AT_ONCE = 512


def available(root: Path) -> bool:
    """Always: they are drawn here."""
    return True


def download(root: Path, progress: Callable[[str, int, int], object]) -> None:
    """Nothing to fetch."""


def load(split: str, root: Path, side: int = 32, *, colour: bool = False) -> ImageSet:
    """10,000 of the images for testing and the others for training, by a fixed shuffle.

    In colour every combination of the five factors occurs once, with hues of its own by a fixed seed.
    """
    name = "-".join(["sprites", *(["colour"] if colour else []), *([str(side)] if side != 32 else [])])
    order = np.random.default_rng(0).permutation(TOTAL)
    index = np.sort(order[TEST_SIZE:]) if split == "train" else order[:TEST_SIZE]
    factors = COLOUR_FACTORS if colour else FACTORS
    if colour:
        index = index * HUES**2 + np.random.default_rng(1).integers(HUES**2, size=TOTAL)[index]
    values = factor_values(index, factors)
    images = DrawnImages(index, (3 if colour else 1, side, side), partial(draw, side=side, colour=colour))
    return ImageSet(name, split, images, values[:, 0].astype(np.int64), SHAPE_NAMES, factors, values)


def factor_values(index: np.ndarray, factors: Sequence[Factor] = FACTORS) -> np.ndarray:
    """The values of images by their addresses, the last factor changing fastest; uint8 [N, F].

    Raises:
        InvalidSetting: for an address beyond the last combination.
    """
    sizes = [factor.size for factor in factors]
    inside = bool(((index >= 0) & (index < np.prod(sizes))).all())
    require(inside, f"An image of these factors has an address from 0 to {np.prod(sizes) - 1:,}.")
    return np.stack(np.unravel_index(index, sizes), 1).astype(np.uint8)


def address(values: np.ndarray, factors: Sequence[Factor] = FACTORS) -> np.ndarray:
    """The addresses [N] of images by the values of their factors [N, F]."""
    return np.asarray(np.ravel_multi_index(tuple(values.T.astype(np.int64)), [factor.size for factor in factors]))


def draw(index: np.ndarray, side: int = 32, *, colour: bool = False) -> np.ndarray:
    """Images by their addresses [N]; uint8 [N, C, side, side].

    Raises:
        InvalidSetting: for another side, or an address beyond the last.
    """
    require(side in SIDES, f"Sprites are {', '.join(map(str, SIDES[:-1]))} or {SIDES[-1]} pixels wide, not {side}.")
    values = factor_values(index, COLOUR_FACTORS if colour else FACTORS)
    drawn = np.zeros((len(index), side, side), np.uint8)
    for shape in range(len(SHAPES)):
        places = np.flatnonzero(values[:, 0] == shape)
        for part in np.array_split(places, range(AT_ONCE, len(places), AT_ONCE)):
            _draw_shape(drawn, part, values[part].astype(np.float32), shape)
    return _painted(drawn, values[:, 5:]) if colour else drawn[:, None]


def _draw_shape(drawn: np.ndarray, places: np.ndarray, values: np.ndarray, shape: int) -> None:
    """Draws one shape into its window of each image; lengths are in pixels of the canvas of 64."""
    side = drawn.shape[1]
    pixel, window = CANVAS / side, WINDOW * side // CANVAS
    scale, angle = 0.5 + values[:, 1] / 10, values[:, 2] * np.float32(2 * np.pi / (FACTORS[2].size - 1))
    centre = 16 + values[:, 3:5] * np.float32(32 / (FACTORS[3].size - 1))
    first = np.clip((centre / pixel - window / 2).round().astype(np.int64), 0, side - window)
    steps = np.arange(window)
    at = (first[:, :, None] + steps + np.float32(0.5)) * pixel - centre[:, :, None]
    across, up = at[:, 0, None, :], -at[:, 1, :, None]
    cos, sin = np.cos(angle)[:, None, None], np.sin(angle)[:, None, None]
    distance = SHAPES[SHAPE_NAMES[shape]](across * cos + up * sin, up * cos - across * sin, scale[:, None, None])
    rows, columns = first[:, 1, None, None] + steps[:, None], first[:, 0, None, None] + steps
    drawn[places[:, None, None], rows, columns] = _inked(distance, pixel)


def _inked(distance: np.ndarray, pixel: float) -> np.ndarray:
    """Levels from signed distances: at 64 a pixel is set when its centre is inside, else by the share of it inside."""
    if pixel == 1:
        return np.where(distance < 0, np.uint8(255), np.uint8(0))
    return (np.clip(0.5 - distance / pixel, 0, 1) * 255 + 0.5).astype(np.uint8)


def _painted(drawn: np.ndarray, hues: np.ndarray) -> np.ndarray:
    """Object and background in their hues, the background darker; uint8 [N, 3, side, side]."""
    share = drawn[:, None].astype(np.float32) / 255
    front, back = (_rgb(column, level)[:, :, None, None] for column, level in zip(hues.T, (1.0, 0.5), strict=True))
    return (back + share * (front - back) + 0.5).astype(np.uint8)


def _rgb(hues: np.ndarray, level: float) -> np.ndarray:
    """The colours of hues [N] at a brightness; float32 [N, 3] from 0 to 255."""
    table = [colorsys.hsv_to_rgb(hue / HUES, 0.9, level) for hue in range(HUES)]
    return (np.array(table, np.float32) * 255)[hues]
