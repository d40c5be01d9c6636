"""How far a map can be trusted: whether neighbours on it are neighbours in latent space."""

from typing import NamedTuple

import numpy as np

from vae_explorer.projections.nearest import nearest

SAMPLE, NEIGHBOURS = 1000, 15


class Trust(NamedTuple):
    """A measured trustworthiness, with what it was measured on."""

    value: float
    """At most 1; 1 where all neighbours on the map are neighbours in latent space."""
    sampled: int
    neighbours: int


def trustworthiness(
    mu: np.ndarray, xy: np.ndarray, metric: str = "euclidean", seed: int = 0, most: int = SAMPLE
) -> Trust:
    """Trustworthiness of a map xy [N, 2] of latents mu [N, D] (Venna & Kaski 2001), over a sample of the points.

    Each sampled point is held against all N, so that only the mean is an estimate.
    """
    n = len(mu)
    k = max(1, min(NEIGHBOURS, (n - 1) // 2))
    sampled = np.sort(np.random.default_rng(seed).choice(n, min(n, most), replace=False))
    beside = _without_self(nearest(xy, xy[sampled], min(k + 1, n)).indices, sampled, k)
    parts = np.array_split(np.arange(len(sampled)), max(1, len(sampled) * n // 4_000_000))
    too_far = sum(_too_far(mu, sampled[part], beside[part], metric, k) for part in parts)
    worst = len(sampled) * k * (2 * n - 3 * k - 1) / 2
    return Trust(1 - too_far / worst if worst > 0 else 1.0, len(sampled), k)


def _without_self(index: np.ndarray, own: np.ndarray, k: int) -> np.ndarray:
    """k neighbours other than the point itself, which lies anywhere among points in the same place."""
    strange = index != own[:, None]
    order = np.argsort(~strange, axis=1, kind="stable")
    return np.take_along_axis(index, order, axis=1)[:, :k]


def _too_far(mu: np.ndarray, own: np.ndarray, beside: np.ndarray, metric: str, k: int) -> float:
    """By how many ranks the neighbours on the map lie beyond the k nearest in latent space, summed."""
    from sklearn.metrics import pairwise_distances

    distance = pairwise_distances(mu[own].astype(float), mu.astype(float), metric=metric)
    distance[np.arange(len(own)), own] = np.inf
    reach = np.take_along_axis(distance, beside, axis=1)
    rank = 1 + np.stack([(distance < column[:, None]).sum(axis=1) for column in reach.T], axis=1)
    return float(np.maximum(rank - k, 0).sum())
