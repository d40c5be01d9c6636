"""The images that a model encodes most like a given one."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from vae_explorer.errors import UnknownName, require
from vae_explorer.latents.encoded import Latents


class Neighbours(NamedTuple):
    """The nearest images, the nearest first."""

    indices: np.ndarray
    """int64 [k]."""
    distances: np.ndarray
    """float64 [k], in the unit of the measure."""


class Measure(NamedTuple):
    """One row: what a measure is called, what it means, its unit, and the distances from one image to all."""

    title: str
    meaning: str
    unit: str
    """Empty where there is none."""
    distances: Callable[[Latents, int], np.ndarray]


def euclidean(latents: Latents, index: int) -> np.ndarray:
    """The Euclidean distance from the mu of one image to that of each; [N]."""
    return np.linalg.norm(latents.mu.astype(float) - latents.mu[index].astype(float), axis=1)


def symmetric_kl(latents: Latents, index: int) -> np.ndarray:
    """½ (KL(p‖q) + KL(q‖p)) between the posteriors of one image and of each, in nats; [N].

    The mean of both directions, half of what Jeffreys (1946) calls the divergence. With diagonal Gaussians it is
    ¼ Σ over units of σp²/σq² + σq²/σp² − 2 + (μp − μq)² (1/σp² + 1/σq²).

    Raises:
        InvalidSetting: for a plain autoencoder, which has no posterior.
    """
    require(not latents.plain, "A plain autoencoder has no posterior; measure its codes by Euclidean distance.")
    mu, logvar = latents.mu.astype(float), latents.densities().logvar.astype(float)
    apart, ratio = mu - mu[index], logvar - logvar[index]
    precision = np.exp(-logvar) + np.exp(-logvar[index])
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
    distances = MEASURES[measure].distances(latents, index)
    order = np.argsort(distances, kind="stable")
    nearest = order[order != index][:k]
    return Neighbours(nearest, distances[nearest])
