"""The images that are the points of a map: every encoded one or, of very many, some that are drawn once for all maps.

What a browser holds and paints, and what is searched beneath a moving pointer, does not grow beyond them; all other
images are found by their number, counted, and named as neighbours.
"""

from functools import lru_cache

import numpy as np

MOST = 100_000
SEED = 0


def map_points(n: int) -> np.ndarray:
    """Which of n encoded images are points, ascending; int64 [P], all where there are at most MOST."""
    return _drawn(n, MOST)


def of_points(values: np.ndarray) -> np.ndarray:
    """The rows of values [N, …] that belong to points, [P, …]; the values themselves where all do."""
    points = map_points(len(values))
    return values if len(points) == len(values) else values[points]


@lru_cache(maxsize=8)
def _drawn(n: int, most: int) -> np.ndarray:
    drawn = np.sort(np.random.default_rng(SEED).choice(n, most, replace=False)) if n > most else np.arange(n)
    drawn.flags.writeable = False
    return drawn
