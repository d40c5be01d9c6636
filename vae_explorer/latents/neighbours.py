"""The images that a model encodes most like a given one."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from vae_explorer.errors import InvalidSetting, UnknownName, require
from vae_explorer.latents.encoded import Latents

BLOCK = 1 << 17
"""Images whose distances are computed together."""


class Neighbours(NamedTuple):
    """The nearest images, the nearest first."""

    indices: np.ndarray
    """int64 [k]."""
    distances: np.ndarray
    """float64 [k], in the unit of the measure."""


class Measure(NamedTuple):
    """One row: what a measure is called, what it means, its unit, and the distances from one image to others."""

    title: str
    meaning: str
    unit: str
    """Empty where there is none."""
    distances: Callable[["Codes", "Codes"], np.ndarray]


class Codes(NamedTuple):
    """Some images' codes, float64."""

    mu: np.ndarray
    """[N, D]."""
    logvar: np.ndarray | None
    """[N, D]; None for a plain autoencoder."""


def euclidean(one: Codes, others: Codes) -> np.ndarray:
    """The Euclidean distance from the mu of one image to that of each; [N]."""
    return np.linalg.norm(others.mu - one.mu, axis=1)


def symmetric_kl(one: Codes, others: Codes) -> np.ndarray:
    """½ (KL(p‖q) + KL(q‖p)) between the posteriors of one image and of each, in nats; [N].

    The mean of both directions, half of what Jeffreys (1946) calls the divergence. With diagonal Gaussians it is
    ¼ Σ over units of σp²/σq² + σq²/σp² − 2 + (μp − μq)² (1/σp² + 1/σq²).

    Raises:
        InvalidSetting: for a plain autoencoder, which has no posterior.
    """
    if one.logvar is None or others.logvar is None:
        raise InvalidSetting("A plain autoencoder has no posterior; measure its codes by Euclidean distance.")
    apart, ratio = others.mu - one.mu, others.logvar - one.logvar
    precision = np.exp(-others.logvar) + np.exp(-one.logvar)
    return (0.5 * (np.cosh(ratio) - 1) + 0.25 * apart**2 * precision).sum(axis=1)


MEASURES: dict[str, Measure] = {
    "euclidean": Measure("Euclidean", "Euclidean distance between mu", "", euclidean),
    "kl": Measure("Symmetric KL", "½ (KL(p‖q) + KL(q‖p)) between posteriors", "nats", symmetric_kl),
}


def measures(latents: Latents) -> list[str]:
    """The measures that a model's latents allow."""
    return [name for name in MEASURES if name != "kl" or not latents.plain]


def neighbours(latents: Latents, index: int, k: int, measure: str = "euclidean") -> Neighbours:
    """The k images nearest to one image, which is none of them itself; all others where there are fewer.

    Equally near ones keep their order.

    Raises:
        InvalidSetting: for an image that is not there, k below 1, or a measure that a plain autoencoder does not have.
        UnknownName: for an unknown measure.
    """
    if measure not in MEASURES:
        raise UnknownName("measure", measure, MEASURES)
    n = len(latents.label)
    require(0 <= index < n, f"The image must be from 0 to {n - 1}, not {index}.")
    require(k >= 1, f"k must be a whole number from 1, not {k}.")
    distances = _distances(latents, index, MEASURES[measure])
    k = min(k, n - 1)
    near = np.flatnonzero(distances <= np.partition(distances, k)[k])
    order = near[np.argsort(distances[near], kind="stable")]
    nearest = order[order != index][:k]
    return Neighbours(nearest, distances[nearest])


def _distances(latents: Latents, index: int, measure: Measure) -> np.ndarray:
    """From one image to all, some at a time: what they are computed with does not grow with the images."""
    own = slice(index, index + 1)
    parts = [slice(first, first + BLOCK) for first in range(0, len(latents.label), BLOCK)]
    return np.concatenate([measure.distances(_codes(latents, own), _codes(latents, part)) for part in parts])


def _codes(latents: Latents, rows: slice) -> Codes:
    return Codes(latents.mu[rows].astype(float), None if latents.logvar is None else latents.logvar[rows].astype(float))
