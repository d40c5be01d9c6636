"""Geometry on z: grids over two units, walks along one, paths between two codes. NumPy alone."""

from collections.abc import Callable
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from vae_explorer.errors import UnknownName, require

MAX_STEPS = 32
MAX_FRAMES = 64


class PathClasses(NamedTuple):
    """The classes at both ends of a path; between them every code has a share of each, as far as it has come."""

    start: int
    end: int
    classes: int
    """K."""

    def shares(self, frames: int) -> np.ndarray:
        """The share of every class at so many codes from A to B; float32 [frames, K], 1 in all at each."""
        shares, t = np.zeros((frames, self.classes), np.float32), np.linspace(0, 1, frames)
        shares[:, self.start] += 1 - t
        shares[:, self.end] += t
        return shares


def linear_axis(steps: int, span: float) -> np.ndarray:
    """Values from −span to span, equally far apart; [S]. One step gives 0."""
    return np.linspace(-span, span, steps) if steps > 1 else np.zeros(1)


def quantile_axis(steps: int, span: float) -> np.ndarray:
    """Values from −span to span, equally far apart in probability under N(0, 1); [S].

    Dense where the prior has its mass, as in the manifold figure of Kingma & Welling 2014.
    """
    if steps == 1:
        return np.zeros(1)
    normal = NormalDist()
    shares = np.linspace(normal.cdf(-span), normal.cdf(span), steps)
    values = np.array([normal.inv_cdf(float(share)) for share in shares])
    return (values - values[::-1]) / 2


SPACINGS: dict[str, Callable[[int, float], np.ndarray]] = {"linear": linear_axis, "quantile": quantile_axis}


def axis(steps: int, span: float, spacing: str = "linear") -> np.ndarray:
    """The values one unit takes along a grid or a strip, ascending; [S].

    Raises:
        InvalidSetting: for fewer than 1 or more than 32 steps, or a span outside (0, 6].
        UnknownName: for a spacing in no row of SPACINGS.
    """
    require(1 <= steps <= MAX_STEPS, f"steps must be from 1 to {MAX_STEPS}, not {steps}.")
    require(0 < span <= 6, f"span must be above 0 and at most 6 standard deviations, not {span}.")
    if spacing not in SPACINGS:
        raise UnknownName("spacing", spacing, SPACINGS)
    return SPACINGS[spacing](steps, span)


def prior_grid(steps: int, span: float, *, spacing: str = "linear") -> np.ndarray:
    """A square grid over two units; [R, S, 2]. Row 0 is the LARGEST z_2, so the mosaic lies over the plane."""
    values = axis(steps, span, spacing)
    return np.stack(np.meshgrid(values, values[::-1]), axis=-1)


def traverse(z: np.ndarray, unit: int, values: np.ndarray) -> np.ndarray:
    """The code z [D] with one unit set to each of the values [S]; [S, D]."""
    require(0 <= unit < len(z), f"unit must be from 0 to {len(z) - 1}, not {unit}.")
    codes = np.repeat(z[None], len(values), axis=0)
    codes[:, unit] = values
    return codes


def lerp(a: np.ndarray, b: np.ndarray, t: np.ndarray) -> np.ndarray:
    """The straight line from a to b [D] at the shares t [S] in [0, 1]; [S, D]."""
    return a + t[:, None] * (b - a)


def slerp(a: np.ndarray, b: np.ndarray, t: np.ndarray) -> np.ndarray:
    """The arc from a to b [D] at the shares t [S]: the direction turns evenly, the length changes evenly; [S, D].

    Keeps to the norms where N(0, I) has its mass. White 2016; Shoemake 1985. Where a direction is not defined
    (a code at the origin, or two opposite codes) the straight line is taken.
    """
    lengths = np.linalg.norm(a), np.linalg.norm(b)
    if min(lengths) < 1e-9:
        return lerp(a, b, t)
    start, end = a / lengths[0], b / lengths[1]
    angle = np.arccos(np.clip(start @ end, -1, 1))
    if np.sin(angle) < 1e-6:
        return lerp(a, b, t)
    directions = (np.sin((1 - t) * angle)[:, None] * start + np.sin(t * angle)[:, None] * end) / np.sin(angle)
    return ((1 - t) * lengths[0] + t * lengths[1])[:, None] * directions


PATHS: dict[str, Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]] = {"lerp": lerp, "slerp": slerp}


def interpolate(a: np.ndarray, b: np.ndarray, steps: int, path: str = "slerp") -> np.ndarray:
    """A path of `steps` codes from a to b [D], both ends included; [steps, D].

    Raises:
        InvalidSetting: for fewer than 2 steps, or ends of different shapes.
        UnknownName: for a path in no row of PATHS.
    """
    require(a.shape == b.shape and a.ndim == 1, f"Both ends must be codes of one model, not {a.shape} and {b.shape}.")
    require(steps >= 2, f"A path needs at least 2 steps, not {steps}.")
    if path not in PATHS:
        raise UnknownName("path", path, PATHS)
    return PATHS[path](a, b, np.linspace(0, 1, steps))
