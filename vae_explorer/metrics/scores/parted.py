"""Parted: the images that a classifier learns from, and those that it is tested on."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.sample import sample_of_factors
from vae_explorer.metrics.scores.score import Scored

TOO_FEW = "Too few images to learn from some and be tested on others."
N = 15_000
"""Of the protocol: 10,000 images to learn from, 5,000 to be tested on."""


class Parted(NamedTuple):
    """Codes to learn from and others to be tested on, and sentences about them."""

    fit: Codes
    test: Codes
    said: tuple[str, ...]
    nothing: str
    """Why there is nothing to score; empty where there is."""
    n: int
    """Images on both sides."""

    @property
    def names(self) -> list[str]:
        """Of the factors."""
        return [factor.name for factor in self.fit.factors]

    def scored(self, value: float, parts: Mapping[str, float] | None = None, *said: str) -> Scored:
        """A value of these images, with all that has to be said of it."""
        return Scored(float(value), parts or {}, self.n, " ".join(s for s in (*self.said, *said) if s))

    def by_factor(self, each: np.ndarray, *said: str) -> Scored:
        """The mean over factors [F], which are the parts."""
        return self.scored(each.mean(), dict(zip(self.names, each.tolist(), strict=True)), *said)

    def unscored(self, reason: str = "", value: float = 0.0) -> Scored:
        """0, or what chance gives, where there is nothing to score, and why."""
        return self.scored(value, {}, reason or self.nothing)


def parted(codes: Codes, rng: np.random.Generator, n: int) -> Parted:
    """Images without repetition, two thirds to learn from; factors that take two values at least among those.

    Raises:
        InvalidSetting: for n below 1.
    """
    drawn = sample_of_factors(codes, rng, n)
    seen = drawn.codes
    if len(seen) < 2:
        return Parted(seen, seen, drawn.said, drawn.nothing or TOO_FEW, len(seen))
    order, count = rng.permutation(len(seen)), len(seen) * 2 // 3
    fit, test = seen.take(order[:count]), seen.take(order[count:])
    varied = [at for at in range(len(fit.factors)) if len(fit.rows(at)) > 1]
    if not varied:
        return Parted(fit, test, drawn.said, drawn.nothing or TOO_FEW, len(seen))
    return Parted(_of(fit, varied), _of(test, varied), drawn.said, drawn.nothing, len(seen))


def _of(codes: Codes, columns: list[int]) -> Codes:
    return replace(codes, values=codes.values[:, columns], factors=tuple(codes.factors[at] for at in columns))
