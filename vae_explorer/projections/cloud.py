"""A cloud of points: who is nearest to a place, and how far that is beside what is usual among them."""

from typing import NamedTuple

import numpy as np

from vae_explorer.projections.nearest import TREE_UNITS, Nearest

TYPICAL, UNUSUAL = 50, 95
"""Percentiles, over the points, of how far each is from its nearest other: what is typical, and what few exceed."""
SAMPLE = 2000
"""Points on which the percentiles are estimated: 1.1 and 0.5 percentile points of standard error."""
FAR = 1e6
"""The farthest there is, so that one point or many in one place still give finite figures."""
RESOLUTION = 1e-5
"""Of the largest coordinate: what five digits can tell apart, and the least that counts as a distance."""
LEAF = 64
BLOCK, ROWS = 256, 32
TINY = 1e-100


class Remoteness(NamedTuple):
    """How far places are from the nearest point, beside the distance from a point to the nearest other one; to FAR."""

    times: np.ndarray
    """[M], 1 as far as a typical point: the median."""
    unusual: np.ndarray
    """[M], 1 as far as only 5 % of the points exceed."""


class Cloud:
    """N points [N, D] of any D, N at least 1; the search is exact, and made ready once for many questions."""

    def __init__(self, points: np.ndarray, blur: float = 0.0) -> None:
        """blur: what counts as a usual distance where most points lie in one place."""
        self.points = points
        self._search = Tree(points) if points.shape[1] <= TREE_UNITS else Blocks(points)
        self._typical, self._unusual = self._usual_distances(blur)

    def nearest(self, places: np.ndarray, k: int) -> Nearest:
        """The k nearest points, or all where there are fewer, of places [M, D]."""
        return self._search.nearest(places, min(k, len(self.points)))

    def remoteness(self, places: np.ndarray) -> Remoteness:
        """How far places [M, D] are from the points."""
        distance = self.nearest(places, 1).distances[:, 0]
        return Remoteness(*(np.minimum(distance / usual, FAR) for usual in (self._typical, self._unusual)))

    def _usual_distances(self, blur: float) -> tuple[float, float]:
        """Those that count as 1: each point of a sample drawn with seed 0 against all the others; above 0."""
        chosen = np.random.default_rng(0).permutation(len(self.points))[:SAMPLE]
        apart = self.nearest(self.points[chosen], 2).distances[:, 1:]
        least = max(RESOLUTION * float(np.abs(self.points).max()), TINY)
        usual = np.percentile(apart, (TYPICAL, UNUSUAL)) if apart.size else (0.0, 0.0)
        if apart.size and usual[0] <= least:
            least = max(least, blur)
        return max(float(usual[0]), least), max(float(usual[1]), least)


class Tree:
    """The search in few dimensions: a k-d tree.

    Its points stand in the order of another: what is near lies side by side in memory, and of a million points the
    nearest is found in half the time.
    """

    def __init__(self, points: np.ndarray) -> None:
        from scipy.spatial import KDTree

        self._order = KDTree(points, leafsize=LEAF).indices
        self._tree = KDTree(points[self._order], leafsize=LEAF)

    def nearest(self, places: np.ndarray, k: int) -> Nearest:
        distances, indices = self._tree.query(places, k)
        shape = len(places), k  # which has lost its last axis when k = 1
        return Nearest(self._order[np.reshape(indices, shape)], np.reshape(distances, shape))


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
