"""What units tell of factors, in nats: by bins, and by neighbours without bins."""

from collections.abc import Callable
from functools import partial

import numpy as np

from vae_explorer.errors import UnknownName
from vae_explorer.metrics.scores.codes import Codes

DEAD_RANGE = 1e-6
"""Of the widest unit's: a unit that keeps within it is constant, or bins would tell apart its rounding errors."""
TIE_BREAK = 1e-10
"""Of a unit's deviation: noise that parts equal values, between which there is no distance."""


def constant(mu: np.ndarray) -> np.ndarray:
    """Which units never move, beside the widest; bool [D]."""
    ranges = np.ptp(mu, axis=0)
    return ranges <= DEAD_RANGE * ranges.max()


def in_bins(mu: np.ndarray, bins: int) -> np.ndarray:
    """The bin of every code, of equal widths between each unit's least and largest value; int64 [N, D]."""
    low, still = mu.min(axis=0).astype(np.float64), constant(mu)
    width = np.where(still, 1.0, np.ptp(mu, axis=0).astype(np.float64))
    places = np.minimum((mu - low) / width * bins, bins - 1).astype(np.int64)
    return np.where(still, 0, places)


def entropy(counts: np.ndarray) -> float:
    """Of relative frequencies, in nats; counts of any shape."""
    share = counts[counts > 0] / counts.sum()
    return float(-(share * np.log(share)).sum())


def factor_entropies(values: np.ndarray) -> np.ndarray:
    """Of each factor among the images, in nats [F]."""
    return np.array([entropy(np.bincount(column)) for column in values.T.astype(np.int64)])


def plug_in(a: np.ndarray, b: np.ndarray) -> float:
    """Mutual information of two columns of whole numbers, by their relative frequencies."""
    size = int(b.max()) + 1
    joint = np.bincount(a * size + b, minlength=(int(a.max()) + 1) * size).reshape(-1, size)
    return max(0.0, entropy(joint.sum(axis=1)) + entropy(joint.sum(axis=0)) - entropy(joint))


def binned(codes: Codes, rng: np.random.Generator, bins: int) -> np.ndarray:
    """By relative frequencies in equal-width bins [D, F]."""
    units, values = in_bins(codes.mu, bins), codes.values.astype(np.int64)
    return np.array([[plug_in(unit, factor) for factor in values.T] for unit in units.T])


def by_neighbours(codes: Codes, rng: np.random.Generator, neighbours: int) -> np.ndarray:
    """By distances to neighbours, of a number beside a class (Kraskov et al. 2004; Ross 2014) [D, F].

    A unit is a line, so neighbours are found by sorting.
    """
    found = np.zeros((codes.mu.shape[1], len(codes.factors)))
    for unit in np.flatnonzero(~constant(codes.mu)):
        x = codes.mu[:, unit].astype(np.float64)
        x = (x - x.mean()) / x.std() + TIE_BREAK * rng.standard_normal(len(x))
        found[unit] = [_ross(x, column, neighbours) for column in codes.values.T]
    return found


def _ross(x: np.ndarray, values: np.ndarray, neighbours: int) -> float:
    """ψ(N) + ⟨ψ(k)⟩ − ⟨ψ(images of a value)⟩ − ⟨ψ(images nearer than the k-th neighbour of that value)⟩.

    Values of a single image have no neighbour and are left out.
    """
    order = np.lexsort((x, values))
    _, sizes = np.unique(values, return_counts=True)
    size = np.repeat(sizes, sizes)
    line, place = x[order][size > 1], np.concatenate([np.arange(n) for n in sizes])[size > 1]
    size = size[size > 1]
    if not len(line):
        return 0.0
    k = np.minimum(neighbours, size - 1)
    radius, together = _distance(line, place, size, k), np.sort(line)
    radius -= 4 * np.spacing(np.abs(line) + radius)  # the neighbour itself stays outside, however sums are rounded
    near = np.searchsorted(together, line + radius, "right") - np.searchsorted(together, line - radius, "left")
    psi = np.concatenate([[0.0, 0.0], np.cumsum(1 / np.arange(1, len(line)))])
    return max(0.0, float(psi[len(line)] + (psi[k] - psi[size] - psi[np.maximum(near, 1)]).mean()))


def _distance(line: np.ndarray, place: np.ndarray, size: np.ndarray, k: np.ndarray) -> np.ndarray:
    """From every point to its k-th neighbour of the same value: the nearest to hold it of all windows of k + 1 points.

    Args:
        line: points sorted by value, then by place [N].
        place, size: each point's place among those of its value, and their number [N].
    """
    best = np.full(len(line), np.inf)
    for before in range(int(k.max()) + 1):
        inside = np.flatnonzero((before <= k) & (place >= before) & (place - before + k < size))
        left, right = line[inside - before], line[inside - before + k[inside]]
        best[inside] = np.minimum(best[inside], np.maximum(line[inside] - left, right - line[inside]))
    return best


ESTIMATORS: dict[str, Callable[[Codes, np.random.Generator], np.ndarray]] = {
    **{f"{bins} bins": partial(binned, bins=bins) for bins in (10, 20, 50, 64)},
    **{f"KSG, {k} neighbours": partial(by_neighbours, neighbours=k) for k in (3, 10)},
}


def mutual_information(codes: Codes, rng: np.random.Generator, estimator: str) -> np.ndarray:
    """Of every unit and every factor, in nats [D, F].

    Args:
        estimator: a name in ESTIMATORS.

    Raises:
        UnknownName: for another.
    """
    if estimator not in ESTIMATORS:
        raise UnknownName("estimator", estimator, ESTIMATORS)
    return ESTIMATORS[estimator](codes, rng)
