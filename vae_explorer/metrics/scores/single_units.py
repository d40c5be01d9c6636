"""SNC and NK: how well one unit alone tells a factor, and how far the others fall short without it."""

import warnings
from typing import Any, NamedTuple

import numpy as np

from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.cuts import cut
from vae_explorer.metrics.scores.parted import N, Parted, parted
from vae_explorer.metrics.scores.score import Scored
from vae_explorer.standard import standardised

FEW_UNITS = "There are fewer units than factors: those left over are guessed by their commonest value."
HIDDEN = 64
EPOCHS = 30


class _Reading(NamedTuple):
    """One unit's reading of one factor: which value each bin stands for."""

    value: np.ndarray
    right: int
    """Images read right among those learned from."""


def snc(codes: Codes, rng: np.random.Generator, *, n: int = N) -> Scored:
    """Accuracy of one unit for each factor on unseen images, mean over factors, the parts (Mahon et al. 2023).

    A unit is cut into as many equally frequent bins as the factor has values, bins are assigned to values one to one,
    and units to factors one to one, so that most images are read right (Hungarian assignment, Kuhn 1955).
    """
    drawn = parted(codes, rng, n)
    if drawn.nothing:
        return drawn.unscored()
    units, readings = _assigned(drawn.fit)
    each = [_read(drawn, at, units.get(at), readings) for at in range(len(drawn.names))]
    return drawn.by_factor(np.array(each), FEW_UNITS if len(units) < len(each) else "")


def nk(codes: Codes, rng: np.random.Generator, *, n: int = N) -> Scored:
    """How far a small network's accuracy falls without the unit that SNC gives a factor (Mahon et al. 2023).

    Mean over factors, which are the parts; a fall below 0 counts 0. A factor without a unit of its own falls by 0.
    """
    drawn = parted(codes, rng, n)
    if drawn.nothing:
        return drawn.unscored()
    units, _ = _assigned(drawn.fit)
    seed = int(rng.integers(2**31))
    each = [_fall(drawn, at, units[at], seed) if at in units else 0.0 for at in range(len(drawn.names))]
    return drawn.by_factor(np.maximum(each, 0), FEW_UNITS if len(units) < len(each) else "")


def _assigned(fit: Codes) -> tuple[dict[int, int], list[list[_Reading]]]:
    """The unit of each factor that has one, and the readings by factor and unit."""
    from scipy.optimize import linear_sum_assignment

    readings = []
    for at in range(len(fit.factors)):
        count = len(fit.rows(at))
        place = np.unique(fit.values[:, at], return_inverse=True)[1]
        readings.append([_reading(bins, place, count) for bins in cut(fit.mu, fit.mu, count).T])
    right = np.array([[reading.right for reading in row] for row in readings])
    return {int(at): int(unit) for at, unit in zip(*linear_sum_assignment(-right), strict=True)}, readings


def _reading(bins: np.ndarray, place: np.ndarray, count: int) -> _Reading:
    from scipy.optimize import linear_sum_assignment

    table = np.bincount(bins * count + place, minlength=count**2).reshape(count, count)
    rows, columns = linear_sum_assignment(-table)
    return _Reading(columns, int(table[rows, columns].sum()))


def _read(drawn: Parted, at: int, unit: int | None, readings: list[list[_Reading]]) -> float:
    """Accuracy on the images to be tested on."""
    fit, truth = drawn.fit, drawn.test.values[:, at]
    known, counts = np.unique(fit.values[:, at], return_counts=True)
    if unit is None:
        return float(np.mean(truth == known[counts.argmax()]))
    bins = cut(drawn.test.mu[:, [unit]], fit.mu[:, [unit]], len(known))[:, 0]
    return float(np.mean(known[readings[at][unit].value[bins]] == truth))


def _fall(drawn: Parted, at: int, unit: int, seed: int) -> float:
    """A network sees a zero in place of the unit that is taken away."""
    x, of = standardised(drawn.fit.mu), standardised(drawn.test.mu, drawn.fit.mu)
    kept = np.arange(x.shape[1]) != unit
    y, truth = drawn.fit.values[:, at], drawn.test.values[:, at]
    whole, without = (_network(x * keep, y, seed).score(of * keep, truth) for keep in (np.ones_like(kept), kept))
    return float(whole - without)


def _network(x: np.ndarray, y: np.ndarray, seed: int) -> Any:
    """One hidden layer, for so many passes whether or not it has converged."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    network = MLPClassifier(HIDDEN, learning_rate_init=0.01, max_iter=EPOCHS, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return network.fit(x.astype(np.float32), y)
