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
LEVELS = 256

Cost = Callable[[np.ndarray, np.ndarray, np.ndarray], np.ndarray]
"""The expected −log p in nats of pixels with these means of x and x² and this mean p of the likelihood."""


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
    bernoulli = likelihood == "bernoulli"
    cost = _bernoulli if bernoulli else _gaussian(variance)
    mean, square, counts = _statistics(images)
    levels = np.arange(LEVELS) / (LEVELS - 1)
    flat = cost(mean, square, mean).sum()
    twice = counts @ cost(levels, levels**2, np.clip(levels, *TWICE))
    own = np.maximum(mean * (1 - mean), LEAST_VARIANCE) if bernoulli else variance
    return ImageBounds(float(flat), float(twice), _largest_spread((_some(images) - mean) / np.sqrt(own)))


class _Statistics(NamedTuple):
    """Of grey levels in [0, 1] over images."""

    mean: np.ndarray
    """[P]."""
    square: np.ndarray
    """Of x²; [P]."""
    counts: np.ndarray
    """How many pixels of an image have each level, on average; [256]."""


def _statistics(images: ImageSet) -> _Statistics:
    n = len(images)
    sums = [np.zeros(math.prod(images.image_shape)) for _ in range(2)]
    counts = np.zeros(LEVELS)
    for start in range(0, n, CHUNK):
        chunk = images.images[np.arange(start, min(start + CHUNK, n))].reshape(-1, len(sums[0]))
        counts += np.bincount(chunk.ravel(), minlength=LEVELS)
        for power, total in enumerate(sums, 1):
            total += ((chunk / np.float32(LEVELS - 1)) ** power).sum(axis=0, dtype=float)
    return _Statistics(sums[0] / n, sums[1] / n, counts / n)


def _some(images: ImageSet) -> np.ndarray:
    places = np.linspace(0, len(images) - 1, min(len(images), SPREAD_IMAGES)).astype(int)
    return images.images[places].reshape(len(places), -1) / (LEVELS - 1)


def _bernoulli(x: np.ndarray, square: np.ndarray, p: np.ndarray) -> np.ndarray:
    p = np.clip(p, TINY, 1 - TINY)
    return -(x * np.log(p) + (1 - x) * np.log(1 - p))


def _gaussian(variance: float) -> Cost:
    return lambda x, square, p: 0.5 * ((square - 2 * x * p + p**2) / variance + math.log(2 * math.pi * variance))


def _largest_spread(residuals: np.ndarray) -> float:
    """The largest eigenvalue of their covariance, by whichever of its two forms is smaller."""
    n, pixels = residuals.shape
    square = residuals @ residuals.T if n < pixels else residuals.T @ residuals
    return float(np.linalg.eigvalsh(square / n)[-1])
