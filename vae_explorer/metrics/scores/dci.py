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


class _Grown(NamedTuple):
    model: Any
    importance: np.ndarray


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
    grown = [TREES[task.trees](x, values, task.seed) for values in fit.values.T]
    pairs = zip(grown, test.values.T, strict=True)
    accuracy = np.array([float(np.mean(trees.model.predict(of) == values)) for trees, values in pairs])
    return Told(np.stack([trees.importance for trees in grown], axis=1), accuracy)


def _forest(x: np.ndarray, y: np.ndarray, seed: int) -> _Grown:
    from sklearn.ensemble import RandomForestClassifier

    model = RandomForestClassifier(100, criterion="entropy", max_depth=10, n_jobs=2, random_state=seed).fit(x, y)
    return _Grown(model, model.feature_importances_)


def _boosted(x: np.ndarray, y: np.ndarray, seed: int) -> _Grown:
    """The protocol's 100 rounds of depth 3 at rate 0.1, by histograms, as exact splits take minutes.

    Leaves have 20 images at least. The library has no importances of these trees; they are the gains of the splits, as
    those of its exact ones are.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits  # scikit-learn's own

    settings: dict[str, Any] = {"max_depth": 3, "early_stopping": False, "random_state": seed}
    with threadpool_limits(1):  # threads wait for each other longer than these small trees take
        model: Any = HistGradientBoostingClassifier(**settings).fit(x, y)
    nodes = np.concatenate([tree.nodes for round_ in model._predictors for tree in round_])
    splits = nodes[nodes["is_leaf"] == 0]
    gain = np.bincount(splits["feature_idx"], splits["gain"], x.shape[1])
    return _Grown(model, gain / gain.sum() if gain.any() else gain)


TREES: dict[str, Callable[[np.ndarray, np.ndarray, int], _Grown]] = {FOREST: _forest, BOOSTED: _boosted}
