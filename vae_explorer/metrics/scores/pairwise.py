"""Mean pairwise mutual information: what two units tell of each other."""

from itertools import combinations

import numpy as np

from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.mutual_information import in_bins, plug_in
from vae_explorer.metrics.scores.sample import sample
from vae_explorer.metrics.scores.score import Scored

ONE_UNIT = "One unit alone makes no pair."


def mean_pairwise_mi(codes: Codes, rng: np.random.Generator, *, n: int = 10_000, bins: int = 20) -> Scored:
    """Nats, mean over pairs of units, in equal-width bins (Locatello et al. 2019); 0 is best, and lower is better."""
    drawn = sample(codes, rng, n)
    if drawn.nothing or drawn.codes.mu.shape[1] < 2:
        return drawn.unscored(drawn.nothing or ONE_UNIT)
    units = in_bins(drawn.codes.mu, bins).T
    return drawn.scored(np.mean([plug_in(a, b) for a, b in combinations(units, 2)]))
