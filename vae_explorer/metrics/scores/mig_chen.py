"""MIG as it was first defined: by entropies of q(z) itself, from draws of posteriors."""

import numpy as np

from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.mig import SHAPE, gaps
from vae_explorer.metrics.scores.sample import sample_of_factors
from vae_explorer.metrics.scores.score import Scored

NO_POSTERIOR = "It needs the width of posteriors, and a plain autoencoder has none."
BLOCK = 1 << 16
"""Densities computed at once: as many as stay in a core's cache."""


def mig_chen(codes: Codes, rng: np.random.Generator, *, n: int = 10_000) -> Scored:
    """Mean over factors but the shape of the gap in H(z_k) − H(z_k | value), over log(values) (Chen et al. 2018).

    One z is drawn of each image's posterior; q is the mixture of the posteriors of these images, or of those of one
    value. The authors take all 737,280 images and 10,000 draws of them.
    """
    drawn = sample_of_factors(codes, rng, n, SHAPE)
    if drawn.nothing or drawn.codes.logvar is None:
        return drawn.unscored(drawn.nothing or NO_POSTERIOR)
    seen, z = drawn.codes, drawn.codes.drawn(rng).mu
    whole = surprise(z, seen.mu, drawn.codes.logvar).mean(axis=0)
    mi = np.stack([whole - _within(seen, drawn.codes.logvar, z, factor) for factor in range(len(seen.factors))], 1)
    values = [len(seen.rows(factor)) for factor in range(len(seen.factors))]
    each = gaps(np.maximum(mi, 0), np.log(values))
    names = [factor.name for factor in seen.factors]
    return drawn.scored(each.mean(), dict(zip(names, each.tolist(), strict=True)))


def _within(codes: Codes, logvar: np.ndarray, z: np.ndarray, factor: int) -> np.ndarray:
    """Entropy of each unit among images of one value, mean over values as they occur [D]."""
    total = [surprise(z[rows], codes.mu[rows], logvar[rows]).sum(axis=0) for rows in codes.rows(factor)]
    return np.sum(total, axis=0) / len(codes)


def surprise(z: np.ndarray, mu: np.ndarray, logvar: np.ndarray) -> np.ndarray:
    """−log of the density of draws [S, D] under the mixture of posteriors [N, D], unit by unit [S, D].

    Every draw is one of these posteriors' own, so its density is never lost to rounding.
    """
    precision = np.exp(-logvar / 2)
    step = max(1, BLOCK // len(mu))
    density = np.empty(z.shape)
    for unit in range(z.shape[1]):
        scale = precision[:, unit].astype(np.float32)
        centre = mu[:, unit].astype(np.float32)
        for first in range(0, len(z), step):
            away = z[first : first + step, unit, None].astype(np.float32) - centre
            away *= scale
            np.square(away, out=away)
            away *= np.float32(-0.5)
            density[first : first + step, unit] = np.exp(away, out=away) @ scale
    return np.log(len(mu) * np.sqrt(2 * np.pi)) - np.log(density)
