"""Exact nearest neighbours among latents, by any metric of a map."""

from typing import NamedTuple

import numpy as np

from vae_explorer.errors import require

TREE_UNITS = 16
"""A k-d tree is the quicker way up to here; beyond, comparing all with all is."""
LEAST_UNITS = {"euclidean": 1, "manhattan": 1, "cosine": 2, "correlation": 3}


class Nearest(NamedTuple):
    """The k nearest of each query, the nearest first."""

    indices: np.ndarray
    """int64 [M, k]."""
    distances: np.ndarray
    """[M, k]."""


def nearest(data: np.ndarray, queries: np.ndarray, k: int, metric: str = "euclidean") -> Nearest:
    """The k nearest of data [N, D] to each of queries [M, D]; a query among the data is its own nearest.

    Raises:
        InvalidSetting: when there are fewer than k data points, or too few units for the metric.
    """
    require(1 <= k <= len(data), f"{k} neighbours were asked for among {len(data)}.")
    least = LEAST_UNITS[metric]
    require(data.shape[1] >= least, f"The metric {metric} needs {least} latent units; there are {data.shape[1]}.")
    p, angular = (1 if metric == "manhattan" else 2), metric in ("cosine", "correlation")
    found = _search(prepared(data, metric), prepared(queries, metric), k, p)
    return Nearest(found.indices, found.distances**2 / 2) if angular else found


def prepared(mu: np.ndarray, metric: str) -> np.ndarray:
    """Rows whose Euclidean neighbours are the metric's: on the unit sphere, d² / 2 is 1 minus the cosine."""
    rows = mu.astype(float)
    if metric == "correlation":
        rows = rows - rows.mean(axis=1, keepdims=True)
    if metric in ("cosine", "correlation"):
        rows = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    return rows


def _search(data: np.ndarray, queries: np.ndarray, k: int, p: int) -> Nearest:
    if data.shape[1] > TREE_UNITS:
        from sklearn.neighbors import NearestNeighbors

        distance, index = NearestNeighbors(n_neighbors=k, algorithm="brute", p=p).fit(data).kneighbors(queries)
    else:
        from scipy.spatial import KDTree

        distance, index = KDTree(data).query(queries, k, p=p, workers=-1)
    shape = len(queries), k
    return Nearest(np.reshape(index, shape).astype(np.int64), np.reshape(distance, shape))
