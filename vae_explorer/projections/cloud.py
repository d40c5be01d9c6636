"""A cloud of points: who is nearest to a place, and how lonely the place is among them."""

import numpy as np

from vae_explorer.projections.nearest import TREE_UNITS, Nearest

COMPANY = 5
"""Nearest points whose mean distance says how lonely a place is."""
LONELY = 95
"""Percentile of that figure over the points themselves that counts as 1."""
SAMPLE = 2000
"""Points on which the percentile is estimated: 0.5 percentile points of standard error."""
FAR = 1e6
"""The loneliest there is, so that one point or many in one place still give finite figures."""
RESOLUTION = 1e-5
"""Of the largest coordinate: what five digits can tell apart, and the least that counts as a distance."""
LEAF = 64
BLOCK, ROWS = 256, 32
TINY = 1e-100


class Cloud:
    """N points [N, D] of any D, N at least 1; the search is exact, and made ready once for many questions."""

    def __init__(self, points: np.ndarray) -> None:
        self.points = points
        self._search = Tree(points) if points.shape[1] <= TREE_UNITS else Blocks(points)
        self._lonely = self._usual_loneliness()

    def nearest(self, places: np.ndarray, k: int) -> Nearest:
        """The k nearest points, or all where there are fewer, of places [M, D]."""
        return self._search.nearest(places, min(k, len(self.points)))

    def loneliness(self, places: np.ndarray) -> np.ndarray:
        """Mean distance to the nearest points; 1 where only 5 % of the points themselves are lonelier; [M], to FAR."""
        return np.minimum(self.nearest(places, COMPANY).distances.mean(axis=1) / self._lonely, FAR)

    def _usual_loneliness(self) -> float:
        """The distance that counts as 1: each point of a sample drawn with seed 0 against all the others; above 0."""
        chosen = np.random.default_rng(0).permutation(len(self.points))[:SAMPLE]
        others = self.nearest(self.points[chosen], COMPANY + 1).distances[:, 1:]
        usual = np.percentile(others.mean(axis=1), LONELY) if others.size else 0.0
        return max(float(usual), RESOLUTION * float(np.abs(self.points).max()), TINY)


class Tree:
    """The search in few dimensions: a k-d tree."""

    def __init__(self, points: np.ndarray) -> None:
        from scipy.spatial import KDTree

        self._tree = KDTree(points, leafsize=LEAF)

    def nearest(self, places: np.ndarray, k: int) -> Nearest:
        distances, indices = self._tree.query(places, k)
        shape = len(places), k  # which has lost its last axis when k = 1
        return Nearest(np.reshape(indices, shape), np.reshape(distances, shape))


class Blocks:
    """The search in many dimensions: all distances by a matrix product, in float32 and about the mean.

    The k nearest points lie in the k blocks whose own nearest points are nearest, so only those blocks are sorted;
    the distances that come back are computed anew, in float64.
    """

    def __init__(self, points: np.ndarray) -> None:
        self._points, self._mean = points, points.mean(axis=0, dtype=float)
        self._centred = (points - self._mean).astype(np.float32)
        self._halves = 0.5 * np.einsum("nd,nd->n", self._centred, self._centred)

    def nearest(self, places: np.ndarray, k: int) -> Nearest:
        found = np.concatenate([self._found(rows, k) for rows in np.split(places, range(ROWS, len(places), ROWS))])
        distances = np.empty(found.shape)
        for i, (place, indices) in enumerate(zip(places, found, strict=True)):
            distances[i] = np.linalg.norm(self._points[indices] - place.astype(float), axis=1)
        order = distances.argsort(axis=1)
        return Nearest(np.take_along_axis(found, order, 1), np.take_along_axis(distances, order, 1))

    def _found(self, places: np.ndarray, k: int) -> np.ndarray:
        """Indices of the k nearest, in no order; d² / 2 up to a constant of the place is |p|² / 2 − place · p."""
        m, n, blocks = len(places), len(self._halves), -(-len(self._halves) // BLOCK)
        halves = np.full((m, blocks * BLOCK), np.inf, np.float32)
        halves[:, :n] = self._halves - (places - self._mean).astype(np.float32) @ self._centred.T
        halves = halves.reshape(m, blocks, BLOCK)
        near = _least(halves.min(axis=2), min(k, blocks))
        inside = _least(np.take_along_axis(halves, near[:, :, None], 1).reshape(m, -1), k)
        return np.take_along_axis(near, inside // BLOCK, 1) * BLOCK + inside % BLOCK


def _least(values: np.ndarray, k: int) -> np.ndarray:
    return np.argpartition(values, k - 1, axis=1)[:, :k]
