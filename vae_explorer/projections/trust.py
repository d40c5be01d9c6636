"""How far a map can be trusted: whether neighbours on it are neighbours in latent space."""

from typing import NamedTuple

import numpy as np

from vae_explorer.projections.nearest import nearest, prepared

SAMPLE, NEIGHBOURS = 1000, 15
AT_ONCE = 4_000_000
"""Distances that are held in memory together, and that are measured of a plane: a tenth of a second."""


class Trust(NamedTuple):
    """A measured trustworthiness, with what it was measured on."""

    value: float
    """At most 1; 1 where all neighbours on the map are neighbours in latent space."""
    sampled: int
    neighbours: int


def exact(n: int) -> Trust:
    """Of a map of n points that keeps all distances, as a plane does of two units."""
    return Trust(1.0, n, _neighbours(n))


def trustworthiness(
    mu: np.ndarray, xy: np.ndarray, metric: str = "euclidean", seed: int = 0, most: int = SAMPLE
) -> Trust:
    """Trustworthiness of a map xy [N, 2] of latents mu [N, D] (Venna & Kaski 2001), over a sample of the points.

    Each sampled point is held against all N, so that only the mean is an estimate.
    """
    n, k = len(mu), _neighbours(len(mu))
    sampled = np.sort(np.random.default_rng(seed).choice(n, min(n, most), replace=False))
    beside = _without_self(nearest(xy, xy[sampled], min(k + 1, n)).indices, sampled, k)
    parts = np.array_split(np.arange(len(sampled)), max(1, len(sampled) * n // AT_ONCE))
    rows = prepared(mu, metric)
    rows -= rows.mean(axis=0)
    too_far = sum(_too_far(rows, sampled[part], beside[part], metric, k) for part in parts)
    worst = len(sampled) * k * (2 * n - 3 * k - 1) / 2
    return Trust(1 - too_far / worst if worst > 0 else 1.0, len(sampled), k)


def _neighbours(n: int) -> int:
    return max(1, min(NEIGHBOURS, (n - 1) // 2))


def _without_self(index: np.ndarray, own: np.ndarray, k: int) -> np.ndarray:
    """k neighbours other than the point itself, which lies anywhere among points in the same place."""
    strange = index != own[:, None]
    order = np.argsort(~strange, axis=1, kind="stable")
    return np.take_along_axis(index, order, axis=1)[:, :k]


def _too_far(rows: np.ndarray, own: np.ndarray, beside: np.ndarray, metric: str, k: int) -> float:
    """By how many ranks the neighbours on the map lie beyond the k nearest in latent space, summed."""
    distance = _apart(rows[own], rows, metric)
    distance[np.arange(len(own)), own] = np.inf
    reach = np.take_along_axis(distance, beside, axis=1)
    nearer = [[np.count_nonzero(row < each) for each in reached] for row, reached in zip(distance, reach, strict=True)]
    return float(np.maximum(np.array(nearer) + 1 - k, 0).sum())


def _apart(some: np.ndarray, rows: np.ndarray, metric: str) -> np.ndarray:
    """What ranks rows [N, D] by their distance to each of some [M, D]; [M, N]."""
    if metric == "manhattan":
        from scipy.spatial.distance import cdist

        return cdist(some, rows, "cityblock")
    return 0.5 * np.einsum("nd,nd->n", rows, rows) - some @ rows.T
