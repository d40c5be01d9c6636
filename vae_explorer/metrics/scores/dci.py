"""DCI: whether trees that tell the factors need one unit for each, and each unit for one."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.cuts import cut
from vae_explorer.metrics.scores.information import ONE_FACTOR
from vae_explorer.metrics.scores.med import purity, weighted
from vae_explorer.metrics.scores.parted import N, Parted, parted
from vae_explorer.metrics.scores.score import Scored

FOREST = "forest"
BOOSTED = "boosted"
LEVELS = 255
"""Levels that units are cut into: trees see ranks alone, and sort few levels in half the time."""
ONE_UNIT = "Not defined: with one unit every factor can only lie in that one."
NO_IMPORTANCE = "No unit helps to tell any factor."


class Told(NamedTuple):
    """How well classifiers tell each factor, and of which units."""

    importance: np.ndarray
    """[D, F], at least 0; a factor's sum to 1, or are 0."""
    accuracy: np.ndarray
    """On images that they have not seen, [F]."""


def disentanglement(codes: Codes, rng: np.random.Generator, *, n: int = N, trees: str = FOREST) -> Scored:
    """1 − entropy of each unit's importances over factors, weighted by importance (Eastwood & Williams 2018).

    Parts are the units, numbered from 0.
    """
    drawn, told = _told(codes, rng, n, trees)
    if told is None or len(drawn.names) == 1:
        return drawn.unscored(ONE_FACTOR if told else "")
    parts = {f"unit {unit}": float(value) for unit, value in enumerate(purity(told.importance))}
    return drawn.scored(weighted(told.importance), parts, _remark(told))


def completeness(codes: Codes, rng: np.random.Generator, *, n: int = N, trees: str = FOREST) -> Scored:
    """1 − entropy of each factor's importances over units, weighted by importance (Eastwood & Williams 2018).

    Parts are the factors.
    """
    drawn, told = _told(codes, rng, n, trees)
    if told is None or len(told.importance) == 1:
        return drawn.unscored(ONE_UNIT if told else "")
    parts = dict(zip(drawn.names, purity(told.importance.T).tolist(), strict=True))
    return drawn.scored(weighted(told.importance.T), parts, _remark(told))


def informativeness(codes: Codes, rng: np.random.Generator, *, n: int = N, trees: str = FOREST) -> Scored:
    """Accuracy of the same classifiers on unseen images, mean over factors, which are the parts."""
    drawn, told = _told(codes, rng, n, trees)
    return drawn.unscored() if told is None else drawn.by_factor(told.accuracy)


def _remark(told: Told) -> str:
    return "" if told.importance.any() else NO_IMPORTANCE


def _told(codes: Codes, rng: np.random.Generator, n: int, trees: str) -> tuple[Parted, Told | None]:
    """None where there is nothing to tell; the rows of one kind of trees share what they draw alike."""
    drawn = parted(codes, rng, n)
    seed = int(rng.integers(2**31))
    if drawn.nothing:
        return drawn, None
    arrays = (drawn.fit.mu, drawn.fit.values, drawn.test.mu, drawn.test.values)
    digest = hashlib.blake2b(b"".join(np.ascontiguousarray(array).tobytes() for array in arrays)).digest()
    return drawn, _fitted(_Task(digest, drawn.fit.mu.shape, seed, trees, drawn))


@dataclass(frozen=True)
class _Task:
    digest: bytes
    shape: tuple[int, ...]
    seed: int
    trees: str
    drawn: Parted = field(compare=False)


@lru_cache(maxsize=4)
def _fitted(task: _Task) -> Told:
    """The last few are kept: three rows rest on one fit of minutes."""
    fit, test = task.drawn.fit, task.drawn.test
    x, of = cut(fit.mu, fit.mu, LEVELS), cut(test.mu, fit.mu, LEVELS)
    models = [TREES[task.trees](task.seed).fit(x, values) for values in fit.values.T]
    pairs = zip(models, test.values.T, strict=True)
    accuracy = np.array([float(np.mean(model.predict(of) == values)) for model, values in pairs])
    return Told(np.stack([model.feature_importances_ for model in models], axis=1), accuracy)


def _forest(seed: int) -> Any:
    from sklearn.ensemble import RandomForestClassifier

    return RandomForestClassifier(100, criterion="entropy", max_depth=10, n_jobs=2, random_state=seed)


def _boosted(seed: int) -> Any:
    from sklearn.ensemble import GradientBoostingClassifier

    return GradientBoostingClassifier(random_state=seed)


TREES: dict[str, Callable[[int], Any]] = {FOREST: _forest, BOOSTED: _boosted}
