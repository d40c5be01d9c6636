"""Clusters of an encoded data set, found without its labels: k-means and HDBSCAN over mu."""

import re
from itertools import chain, islice, product
from string import ascii_uppercase
from typing import Any, NamedTuple, cast

import numpy as np

from vae_explorer.colours import NOISE
from vae_explorer.errors import UnknownName

MIN_K, MAX_K = 2, 20
MAX_POINTS = 10_000
MAX_K_MEANS, BLOCK = 100_000, 100_000
"""Codes that k-means is fitted to, and that are then given their clusters together."""
MOST_CLUSTERS = 100
NAME = re.compile(r"kmeans-([2-9]|1[0-9]|20)|hdbscan")


class Clusters(NamedTuple):
    """A category for each image."""

    ids: np.ndarray
    """int64 [N], each a place in `names`; clusters are numbered from the largest."""
    names: tuple[str, ...]
    """Letters, which no class is called by; with HDBSCAN the last is “noise”: points of no cluster."""
    fitted: int
    """How many points the clusters were made of."""


def clusters(mu: np.ndarray, name: str, most: int = MAX_POINTS) -> Clusters:
    """The clusters of mu [N, D] by a name as columns have it: `kmeans-10` or `hdbscan`. The same at every call.

    HDBSCAN compares all points with all others: of more than `most` it is given that many, drawn from all, and the
    others join the cluster of the nearest of these. So it is with k-means beyond MAX_K_MEANS.

    Raises:
        UnknownName: for any other name.
    """
    if not NAME.fullmatch(name):
        raise UnknownName("clustering", name, (f"kmeans-{MIN_K}…kmeans-{MAX_K}", "hdbscan"))
    return _hdbscan(mu, most) if name == "hdbscan" else _kmeans(mu, int(name.partition("-")[2]))


def _kmeans(mu: np.ndarray, k: int) -> Clusters:
    """Lloyd 1982, started by k-means++ (Arthur & Vassilvitskii 2007); clusters beyond the distinct codes stay empty."""
    from sklearn.cluster import KMeans

    distinct = len(np.unique(mu[:MAX_POINTS], axis=0))
    fit: Any = KMeans(min(k, distinct), random_state=0)
    drawn = _drawn(len(mu), MAX_K_MEANS)
    found = fit.fit_predict(mu[drawn].astype(float))
    if len(drawn) < len(mu):
        parts = np.split(mu, range(BLOCK, len(mu), BLOCK))
        found = np.concatenate([fit.predict(part.astype(float)) for part in parts])
    return Clusters(_by_size(found, k), _names(k), len(drawn))


def _hdbscan(mu: np.ndarray, most: int) -> Clusters:
    """Campello et al. 2013; a cluster holds at least 1 % of the points, so that a legend can name them all."""
    from sklearn.cluster import HDBSCAN
    from sklearn.neighbors import KDTree

    drawn = _drawn(len(mu), most)
    least = max(5, len(drawn) // MOST_CLUSTERS)
    if len(drawn) <= least:
        return Clusters(np.zeros(len(mu), np.int64), (NOISE,), len(drawn))
    fit: Any = HDBSCAN(least, min_samples=5, copy=cast("Any", True))
    found = fit.fit_predict(mu[drawn].astype(float))
    if len(drawn) < len(mu):
        found = found[KDTree(mu[drawn]).query(mu, return_distance=False)[:, 0]]
    count = int(found.max()) + 1
    ids = _by_size(np.where(found < 0, count, found), count)
    return Clusters(ids, (*_names(count), NOISE), len(drawn))


def _drawn(n: int, most: int) -> np.ndarray:
    """Places of at most so many of n codes, ascending."""
    return np.sort(np.random.default_rng(0).permutation(n)[:most])


def _names(count: int) -> tuple[str, ...]:
    """A, B, …, Z, AA, AB, …"""
    letters = ascii_uppercase
    longer = map("".join, product(letters, repeat=2))
    return tuple(islice(chain(letters, longer), count))


def _by_size(found: np.ndarray, k: int) -> np.ndarray:
    """Ids below k numbered anew from the largest cluster; others stay."""
    sizes = np.bincount(found, minlength=k)
    renamed = np.arange(len(sizes))
    renamed[np.argsort(-sizes[:k], kind="stable")] = np.arange(k)
    return renamed[found]
