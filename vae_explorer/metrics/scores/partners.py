"""Partners: images that share the value of one factor with others, drawn with replacement."""

import numpy as np

from vae_explorer.metrics.scores.codes import Codes

BATCH = 64


def partners(codes: Codes, factor: int, places: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """For each image, by its place, the place of one with its value of a factor, all of those equally likely."""
    rows = codes.rows(factor)
    sizes = np.array([len(row) for row in rows])
    ordered = np.concatenate(rows)
    value = np.empty(len(codes), np.int64)
    value[ordered] = np.repeat(np.arange(len(rows)), sizes)
    chosen = value[places]
    first = np.cumsum(sizes) - sizes
    return ordered[first[chosen] + rng.integers(sizes[chosen])]


def asked(codes: Codes, count: int, rng: np.random.Generator) -> np.ndarray:
    """The factors that are fixed in so many batches, in order; [count]."""
    return np.sort(rng.integers(len(codes.factors), size=count))
