"""The outlines of the sprites: signed distances to a square, an ellipse and a heart.

Lengths are in pixels of the 64 × 64 canvas of dSprites (Matthey et al. 2017), whose sprites these meet.
"""

from collections.abc import Callable

import numpy as np

SQUARE_SIDE = 19.2
ELLIPSE_AXES = (12.8, 7.2)
HEART_SIDE = 11.226
"""Of the square on its corner that, with a half disc on each upper side, makes the heart; its area is 225."""
HEART_RISE = -0.487
"""Of that square's centre above the centre of rotation: the area's centroid lies 2.0 above it."""
ROOT_HALF = 0.5**0.5


def square(u: np.ndarray, v: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Below 0 inside, by half the side."""
    return np.maximum(np.abs(u), np.abs(v)) - scale * (SQUARE_SIDE / 2)


def ellipse(u: np.ndarray, v: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """To first order, which is exact on the outline: its equation over the length of its gradient."""
    a, b = ELLIPSE_AXES
    p, q = u / a, v / b
    square_norm, gradient = p * p + q * q, np.hypot(p / a, q / b)
    return (square_norm - scale * scale) / np.maximum(2 * gradient, 1e-6)


def heart(u: np.ndarray, v: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """A square on its corner with a half disc on each of its upper sides, point down."""
    half = scale * (HEART_SIDE / 2)
    v = v - scale * HEART_RISE
    side = np.abs(u)
    body = (side + np.abs(v)) * ROOT_HALF - half
    lobe = np.hypot(side - half * ROOT_HALF, v - half * ROOT_HALF) - half
    return np.minimum(body, lobe)


SHAPES: dict[str, Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]] = {
    "square": square,
    "ellipse": ellipse,
    "heart": heart,
}
"""Signed distance by shape: u to the right and v up in the sprite's own frame, [N, H, W]; scale [N, 1, 1]."""
