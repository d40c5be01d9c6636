"""Sample: the images that a score draws from codes, and what has to be said of them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple, SupportsFloat

import numpy as np

from vae_explorer.errors import require
from vae_explorer.latents.encoded import ACTIVE_VARIANCE
from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.score import Scored

NO_ACTIVE_UNIT = f"No unit is active: the variance of mu is {ACTIVE_VARIANCE} at most in each."
NO_FACTOR = "Every factor has a single value among these images."


class Sample(NamedTuple):
    """Codes that were drawn, and sentences about them."""

    codes: Codes
    said: tuple[str, ...] = ()
    nothing: str = ""
    """Why there is nothing to score; empty where there is."""

    def scored(self, value: SupportsFloat, parts: Mapping[str, float] | None = None, *said: str) -> Scored:
        """A value of these images, with all that has to be said of it."""
        return Scored(float(value), parts or {}, len(self.codes), " ".join(s for s in (*self.said, *said) if s))

    def unscored(self, reason: str = "", value: float = 0.0) -> Scored:
        """The value where there is nothing to score, and why."""
        return self.scored(value, {}, reason or self.nothing)


def sample(codes: Codes, rng: np.random.Generator, n: int) -> Sample:
    """Images without repetition; all of them where fewer are there than are wanted.

    Raises:
        InvalidSetting: for n below 1.
    """
    require(n >= 1, f"A score needs an image at least, not {n:,}.")
    said = () if n <= len(codes) else (f"Measured on {len(codes):,} images: there are no {n:,}.",)
    if n < len(codes):
        codes = codes.take(rng.choice(len(codes), n, replace=False))
    return Sample(codes, said, "" if codes.active.any() else NO_ACTIVE_UNIT)


def sample_of_factors(codes: Codes, rng: np.random.Generator, n: int, *without: str) -> Sample:
    """The same, with the factors that take two values at least among these images, and are none of those named.

    Raises:
        InvalidSetting: for n below 1.
    """
    drawn = sample(codes, rng, n)
    named = [(column, factor) for column, factor in enumerate(codes.factors) if factor.name not in without]
    varied = [column for column, _ in named if len(drawn.codes.rows(column)) > 1]
    if not varied:
        return drawn._replace(nothing=NO_FACTOR)
    fixed = [factor.name for column, factor in named if column not in varied]
    told = (f"Left out, as one value is all they take here: {', '.join(fixed)}.",) if fixed else ()
    kept = replace(drawn.codes, values=drawn.codes.values[:, varied], factors=tuple(codes.factors[c] for c in varied))
    return drawn._replace(codes=kept, said=(*drawn.said, *told))
