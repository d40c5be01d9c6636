"""Sprites a second; seconds and ceilings of the scores of disentanglement on cached codes of 100,000 sprites."""

import time
from collections.abc import Callable, Iterator

import numpy as np

from bench.figure import Figure
from vae_explorer.datasets import sprites
from vae_explorer.metrics.scores import SCORES
from vae_explorer.metrics.scores.attainable import attainable
from vae_explorer.metrics.scores.codes import Codes

DRAWN = 20_000
CODED = 100_000
UNITS = 10
NOISE = 0.3
"""Deviation of what is added to standardised factors: a code that is good, not perfect."""


def run() -> Iterator[Figure]:
    """Drawing, then each score by itself."""
    yield from _drawing()
    codes = _codes()
    taken: dict[str, float] = {}
    for name in (name for name, row in SCORES.items() if row.usual):
        taken[name] = _seconds(lambda name=name: SCORES[name](codes, np.random.default_rng(0)))
        yield Figure(f"{name}: seconds", taken[name], "s", 5.0 if name == "mig" else None)
    yield Figure("all default scores of one model from cached codes", sum(taken.values()), "s", 60.0)
    boosted = [name for name, row in SCORES.items() if not row.usual and name.startswith("dci")]
    seconds = sum(_seconds(lambda name=name: SCORES[name](codes, np.random.default_rng(0))) for name in boosted)
    yield Figure("DCI of the protocol (boosted), all three rows", seconds, "s", 120.0)
    for name in ("mig", "mig-64", "sap"):
        yield Figure(f"{name}: a perfect code", attainable(SCORES[name], codes, np.random.default_rng(0)).value, "of 1")


def _drawing() -> Iterator[Figure]:
    index = np.random.default_rng(0).integers(sprites.TOTAL, size=DRAWN)
    hued = index * sprites.HUES**2
    kinds: dict[str, Callable[[], np.ndarray]] = {
        "32": lambda: sprites.draw(index),
        "64": lambda: sprites.draw(index, 64),
        "32, in colour": lambda: sprites.draw(hued, colour=True),
    }
    for side, draw in kinds.items():
        draw()
        goal = 20_000 if side == "32" else None
        yield Figure(f"sprites at {side}, one core", DRAWN / _seconds(draw), "images/s", goal, at_least=True)


def _codes() -> Codes:
    """Five units that follow a factor each with some noise, and five of noise alone."""
    rng = np.random.default_rng(0)
    values = sprites.factor_values(rng.integers(sprites.TOTAL, size=CODED))
    mu = rng.standard_normal((CODED, UNITS)) * NOISE
    mu[:, : values.shape[1]] += (values - values.mean(0)) / values.std(0)
    logvar = np.full(mu.shape, 2 * np.log(NOISE), np.float32)
    return Codes(mu.astype(np.float32), logvar, values, sprites.FACTORS)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
