"""Total correlation: what units share, were their codes Gaussian."""

import numpy as np

from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.mutual_information import constant
from vae_explorer.metrics.scores.sample import sample
from vae_explorer.metrics.scores.score import Scored

RIDGE = 1e-6
ONE_UNIT = "One unit that moves has no other to share with."
REGULARISED = f"Some units are sums of others; {RIDGE:g} was added to each correlation with itself."


def total_correlation(codes: Codes, rng: np.random.Generator, *, n: int = 10_000) -> Scored:
    """Nats that units share, of a Gaussian fitted to mu: −½ log det of their correlations (Locatello et al. 2019).

    Constant units share nothing. 0 is best, and lower is better.
    """
    drawn = sample(codes, rng, n)
    if drawn.nothing:
        return drawn.unscored()
    moving = drawn.codes.mu[:, ~constant(drawn.codes.mu)].astype(np.float64)
    if moving.shape[1] < 2:
        return drawn.unscored(ONE_UNIT)
    spread = np.linalg.eigvalsh(np.corrcoef(moving, rowvar=False))
    singular = spread[0] < RIDGE
    value = -0.5 * np.log(np.maximum(spread, 0) + RIDGE if singular else spread).sum()
    return drawn.scored(max(0.0, value), {}, REGULARISED if singular else "")
