"""Images selected on a map: which lie within an area drawn by hand, and what is made of them."""

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from vae_explorer.latents.encoded import Latents
from vae_explorer.latents.traits import Trait
from vae_explorer.levels import levels
from vae_explorer.npz import pack

ROWS = 2000


class Chosen(NamedTuple):
    """Selected images of an encoded data set, with their places on the map that they were selected on."""

    latents: Latents
    traits: Sequence[Trait]
    """What is known of the images, their class first."""
    indices: np.ndarray
    """int64 [M]."""
    xy: np.ndarray | None = None
    """[M, 2]; None where they were selected on no map."""


def places(x: np.ndarray, y: np.ndarray | None = None) -> np.ndarray:
    """Where the browser draws points whose columns are x and y, bit for bit; float32 [N, 2].

    Without a second column they lie on a strip whose height has no meaning.
    """
    across = levels(x).values
    return np.stack([across, strip(across) if y is None else levels(y).values], axis=1).astype(np.float32)


def strip(x: np.ndarray) -> np.ndarray:
    """The heights of points on a strip, as cloud.js draws them from the generator mulberry32; [N]."""
    state = np.arange(1, len(x) + 1, dtype=np.uint32) * np.uint32(0x6D2B79F5) + np.uint32(1)
    mixed = (state ^ (state >> 15)) * (state | np.uint32(1))
    mixed ^= mixed + (mixed ^ (mixed >> 7)) * (mixed | np.uint32(61))
    extent = float(np.abs(x).max(initial=0)) or 1.0
    return ((mixed ^ (mixed >> 14)) / 2**32 - 0.5) * 0.3 * extent


def within(polygon: np.ndarray, xy: np.ndarray, shown: np.ndarray) -> np.ndarray:
    """The shown points inside a polygon by the even–odd rule, with the very arithmetic of lasso.js; ascending.

    Args:
        polygon: corners [K, 2].
        xy: places [N, 2], as `places` gives them.
        shown: bool [N].

    Returns:
        int64 indices.
    """
    low, high = polygon.min(axis=0), polygon.max(axis=0)
    near = np.flatnonzero(shown & ((xy >= low) & (xy <= high)).all(axis=1))
    x, y = xy[near].astype(float).T
    inside = np.zeros(len(near), bool)
    for (ax, ay), (bx, by) in zip(polygon, np.roll(polygon, 1, axis=0), strict=True):
        crossed = np.flatnonzero((ay > y) != (by > y))
        left = x[crossed] < (bx - ax) * (y[crossed] - ay) / (by - ay) + ax if len(crossed) else []
        inside[crossed] ^= np.asarray(left, bool)
    return near[inside]


def spread(indices: np.ndarray, most: int) -> np.ndarray:
    """At most so many of the indices, evenly spread."""
    return indices[np.linspace(0, len(indices) - 1, min(most, len(indices))).round().astype(int)]


def counts(chosen: Chosen, trait: Trait) -> np.ndarray:
    """Selected images of each value; int64 [V]."""
    return np.bincount(trait.values[chosen.indices], minlength=len(trait.names))


def mean_code(chosen: Chosen) -> np.ndarray:
    """The mean of the selected images' mu; [D]."""
    return chosen.latents.mu[chosen.indices].mean(axis=0, dtype=float)


def arrays(chosen: Chosen) -> dict[str, np.ndarray]:
    """All there is of the selected images: index, label, class, factors, nll, rate, mu and sigma [M, D], x and y.

    A factor's values are in `factor-scale`, by name or, where they have none, numbers from 0. A plain autoencoder has
    neither rate nor sigma.
    """
    latents, indices = chosen.latents, chosen.indices
    of_class, *factors = chosen.traits
    found = {"index": indices, "label": latents.label[indices], "class": _named(of_class, indices)}
    found |= {f"factor-{factor.name}": _named(factor, indices) for factor in factors} | {"nll": latents.nll[indices]}
    if latents.plain:
        found["mu"] = latents.mu[indices]
    else:
        logvar, rate, _ = latents.densities()
        found |= {"rate": rate[indices], "mu": latents.mu[indices], "sigma": np.exp(0.5 * logvar[indices])}
    return found if chosen.xy is None else found | {"x": chosen.xy[:, 0], "y": chosen.xy[:, 1]}


def _named(trait: Trait, indices: np.ndarray) -> np.ndarray:
    values = trait.values[indices]
    return np.array(trait.names)[values] if trait.worded else values


def npz(chosen: Chosen) -> bytes:
    """The arrays as an npz archive, which needs no pickle."""
    return pack(arrays(chosen), compressed=True)


def table(chosen: Chosen, at_once: int = ROWS) -> bytes:
    """The arrays as CSV, UTF-8, a row per image; mu and sigma have a column per unit: `mu-0`, `sigma-0`, …

    Rows are put into words so many at once, which bounds the memory that it takes.
    """
    columns = arrays(chosen)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([head for name, values in columns.items() for head in _heads(name, values)])
    for start in range(0, len(chosen.indices), at_once):
        rows = slice(start, start + at_once)
        parts = [values[rows].reshape(len(values[rows]), -1).astype(str) for values in columns.values()]
        writer.writerows(np.hstack(parts).tolist())
    return text.getvalue().encode()


def _heads(name: str, values: np.ndarray) -> list[str]:
    return [name] if values.ndim == 1 else [f"{name}-{unit}" for unit in range(values.shape[1])]
