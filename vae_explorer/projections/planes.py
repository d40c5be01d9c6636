"""Planes through latent space: linear, exact, and there at once."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

BLOCK = 1 << 17
"""Codes that are held in float64 at once."""


class Plane(NamedTuple):
    """A plane (or line) through latent space: z = mean + xy · components."""

    mean: np.ndarray
    """[D]."""
    components: np.ndarray
    """[1 or 2, D], orthonormal."""

    def project(self, z: np.ndarray) -> np.ndarray:
        """Coordinates [N, 1 or 2] of codes z [N, D] in the plane."""
        return (z - self.mean) @ self.components.T

    def lift(self, xy: np.ndarray) -> np.ndarray:
        """Codes [N, D] at coordinates [N, 1 or 2] of the plane."""
        return self.mean + xy @ self.components


def pca_plane(mu: np.ndarray) -> Plane:
    """The plane of the two first principal components of mu [N, D]; each points to its largest loading.

    An eigendecomposition of the D×D covariance, which is summed block by block: N may be millions while D stays small.
    """
    mean = mu.mean(axis=0, dtype=float)
    parts = [mu[first : first + BLOCK] - mean for first in range(0, max(len(mu), 1), BLOCK)]
    _, vectors = np.linalg.eigh(sum(part.T @ part for part in parts) / max(len(mu), 1))
    components = vectors[:, ::-1][:, :2].T
    signs = np.sign(components[np.arange(len(components)), np.abs(components).argmax(axis=1)])
    return Plane(mean, components * signs[:, None])


def unit_plane(units: Sequence[int], latent_dim: int) -> Plane:
    """The plane (or line) that one or two units of D span, all others at 0."""
    return Plane(np.zeros(latent_dim), np.eye(latent_dim)[list(units)])


def share(plane: Plane, mu: np.ndarray) -> float:
    """The share of Var(mu), summed over units, that a plane keeps of mu [N, D]; 1 where mu does not vary at all."""
    whole = mu.var(axis=0, dtype=float).sum()
    return float(plane.project(mu).var(axis=0, dtype=float).sum() / whole) if whole > 0 else 1.0
