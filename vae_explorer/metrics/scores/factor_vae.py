"""The FactorVAE score: whether the unit that varies least tells which factor was fixed."""

import numpy as np

from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.information import ONE_FACTOR
from vae_explorer.metrics.scores.partners import BATCH, asked, partners
from vae_explorer.metrics.scores.sample import sample_of_factors
from vae_explorer.metrics.scores.score import Scored

LEAST_DEVIATION = 0.05
"""Deviation of mu from which a unit may win a vote."""
NO_UNIT = f"No unit is active: the deviation of mu is below {LEAST_DEVIATION} in each."


def factor_vae(codes: Codes, rng: np.random.Generator, *, n: int = 10_000, batch: int = BATCH) -> Scored:
    """Accuracy of a majority vote (Kim & Mnih 2018): n votes to learn from, and half as many to be tested on.

    A vote is the unit of least variance in a batch of images that share a value, over its variance in all; units with
    a deviation of mu below 0.05 have none. Parts are the accuracies of the factors that were fixed.
    """
    drawn = sample_of_factors(codes, rng, n)
    spread = drawn.codes.mu.var(axis=0, ddof=1) if len(drawn.codes) > 1 else np.zeros(codes.mu.shape[1])
    alive = np.flatnonzero(np.sqrt(spread) >= LEAST_DEVIATION)
    nothing = drawn.nothing or ("" if len(alive) else NO_UNIT)
    if nothing or len(drawn.codes.factors) == 1:
        return drawn.unscored(nothing or ONE_FACTOR)
    seen = len(drawn.codes)
    scaled = drawn.codes.mu[:, alive] / np.sqrt(spread[alive])
    learned = votes(drawn.codes, scaled, rng, seen, batch)
    tested = votes(drawn.codes, scaled, rng, max(1, seen // 2), batch)
    return drawn.scored(*_majority(learned, tested, [factor.name for factor in drawn.codes.factors]))


def votes(codes: Codes, scaled: np.ndarray, rng: np.random.Generator, count: int, batch: int) -> np.ndarray:
    """How often a unit varied least where a factor was fixed; whole numbers [F, D].

    Args:
        scaled: codes with variance 1 of every unit that may win, [N, D].
    """
    fixed = asked(codes, count, rng)
    found = np.zeros((len(codes.factors), scaled.shape[1]), np.int64)
    for factor in range(len(codes.factors)):
        like = rng.integers(len(codes), size=(int((fixed == factor).sum()), 1))
        places = partners(codes, factor, np.repeat(like, batch, axis=1), rng)
        least = scaled[places].var(axis=1).argmin(axis=1)
        found[factor] = np.bincount(least, minlength=scaled.shape[1])
    return found


def _majority(learned: np.ndarray, tested: np.ndarray, names: list[str]) -> tuple[float, dict[str, float]]:
    """A unit stands for the factor that it won most votes of."""
    right = tested[learned.argmax(axis=0), np.arange(tested.shape[1])]
    each = np.bincount(learned.argmax(axis=0), right, len(names)) / np.maximum(tested.sum(axis=1), 1)
    return float(right.sum() / tested.sum()), dict(zip(names, each.tolist(), strict=True))
