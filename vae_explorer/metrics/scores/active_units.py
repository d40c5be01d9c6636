"""Active units: how many units carry something."""

import numpy as np

from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.sample import sample
from vae_explorer.metrics.scores.score import Scored


def active_units(codes: Codes, rng: np.random.Generator, *, n: int = 10_000) -> Scored:
    """How many units' mu varies by more than 0.01 over images (Burda et al. 2016)."""
    drawn = sample(codes, rng, n)
    return drawn.scored(drawn.codes.active.sum(), {}, drawn.nothing)
