"""What stands for a unit: the codes of its traversal, and the images at the ends of its mu."""

from typing import NamedTuple

import numpy as np

from vae_explorer.latents.encoded import Latents, prior_spread
from vae_explorer.latents.traversals import axis, traverse

STEPS, SPAN = 9, 2.5
SHOWN = 9
"""Images at either end."""
BINS = 40


class Extremes(NamedTuple):
    """Images of the encoded split by their places, the outermost first."""

    smallest: list[int]
    largest: list[int]


class Histogram(NamedTuple):
    """How the mu of a unit lie, beside its prior."""

    edges: np.ndarray
    """[B + 1]."""
    shares: np.ndarray
    """Of the images in each bin, over its width; [B]."""
    prior: np.ndarray | None
    """The prior's density at the middle of each bin [B]; None of a plain autoencoder, and of a learned prior."""

    @property
    def middles(self) -> np.ndarray:
        """Of the bins, [B]."""
        return (self.edges[1:] + self.edges[:-1]) / 2


def traversal(latents: Latents, unit: int, steps: int = STEPS, span: float = SPAN) -> np.ndarray:
    """Codes [S, D] along a unit, all others at the prior's centre; over so many deviations to both sides."""
    home, deviation = prior_spread(latents)
    return traverse(home, unit, home[unit] + deviation[unit] * axis(steps, span))


def extremes(latents: Latents, unit: int, shown: int = SHOWN) -> Extremes:
    """The images whose mu lie farthest out at either end."""
    order = np.argsort(latents.mu[:, unit], kind="stable")
    return Extremes(order[:shown].tolist(), order[::-1][:shown].tolist())


def histogram(latents: Latents, unit: int) -> Histogram:
    """The mu of every image in equal bins, wide enough for ±3 of N(0, 1) where that is the prior."""
    mu = latents.mu[:, unit].astype(float)
    normal = not latents.plain and latents.prior is None
    low, high = (min(mu.min(), -3.0), max(mu.max(), 3.0)) if normal else (mu.min(), max(mu.max(), mu.min() + 1e-6))
    shares, edges = np.histogram(mu, BINS, (low, high), density=True)
    middles = (edges[1:] + edges[:-1]) / 2
    return Histogram(edges, shares, np.exp(-(middles**2) / 2) / np.sqrt(2 * np.pi) if normal else None)
