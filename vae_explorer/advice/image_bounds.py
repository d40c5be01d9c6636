"""What images allow, whatever the model: the nll of the mean image, and where a code begins to pay."""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from vae_explorer.datasets.images import ImageSet

CHUNK = 1000
SPREAD_IMAGES = 1000
"""On which the spread of the images is measured."""
LEAST_VARIANCE = 0.01
"""Of a pixel's Bernoulli: rarer pixels do not count as more certain than this."""
TWICE = (0.5, 1 / (1 + math.exp(-1)))
"""What is left of [0, 1] after a second sigmoid."""
TINY = 1e-7

Cost = Callable[[np.ndarray, np.ndarray], float]
"""−log p in nats, summed over images x [N, P], with the pixels' means p [N or 1, P]."""


class ImageBounds(NamedTuple):
    """Of one split under one likelihood; nats per image."""

    mean_image_nll: float
    """Of drawing the mean image whatever is shown."""
    twice_nll: float
    """The least that a decoder can reach whose outputs pass the sigmoid twice."""
    critical_beta: float
    """Below it, a code that says nothing is no minimum of nll + β · rate.

    The largest eigenvalue of the covariance of the images' residuals, in units of the likelihood's own deviation: where
    probabilistic PCA keeps its first component (Lucas et al. 2019).
    """


def image_bounds(images: ImageSet, likelihood: str, variance: float) -> ImageBounds | None:
    """Of every image of the split; None where the variance of pixels is learned, and so is the model's own."""
    if likelihood == "gaussian-learned":
        return None
    cost = _bernoulli if likelihood == "bernoulli" else _gaussian(variance)
    chunks = range(0, len(images), CHUNK)
    n = len(images)
    mean = sum((_pixels(images, start).sum(axis=0) for start in chunks), np.zeros(1)) / n
    flat, twice = 0.0, 0.0
    for start in chunks:
        x = _pixels(images, start)
        flat += cost(x, mean[None])
        twice += cost(x, np.clip(x, *TWICE))
    own = np.maximum(mean * (1 - mean), LEAST_VARIANCE) if likelihood == "bernoulli" else variance
    return ImageBounds(flat / n, twice / n, _largest_spread((_some(images) - mean) / np.sqrt(own)))


def _pixels(images: ImageSet, start: int) -> np.ndarray:
    return _grey(images, np.arange(start, min(start + CHUNK, len(images))))


def _some(images: ImageSet) -> np.ndarray:
    return _grey(images, np.linspace(0, len(images) - 1, min(len(images), SPREAD_IMAGES)).astype(int))


def _grey(images: ImageSet, places: np.ndarray) -> np.ndarray:
    return images.images[places].reshape(len(places), -1).astype(float) / 255


def _bernoulli(x: np.ndarray, p: np.ndarray) -> float:
    p = np.clip(p, TINY, 1 - TINY)
    return float(-(x * np.log(p) + (1 - x) * np.log(1 - p)).sum())


def _gaussian(variance: float) -> Cost:
    return lambda x, p: float(0.5 * ((x - p) ** 2 / variance + math.log(2 * math.pi * variance)).sum())


def _largest_spread(residuals: np.ndarray) -> float:
    """The largest eigenvalue of their covariance, by whichever of its two forms is smaller."""
    n, pixels = residuals.shape
    square = residuals @ residuals.T if n < pixels else residuals.T @ residuals
    return float(np.linalg.eigvalsh(square / n)[-1])
