"""Codes of known factors that no model made."""

from dataclasses import replace

import numpy as np

from vae_explorer.datasets.images import Factor
from vae_explorer.datasets.sprites import FACTORS as SPRITE_FACTORS
from vae_explorer.datasets.sprites import TOTAL, factor_values
from vae_explorer.metrics.scores.codes import Codes

FACTORS = (Factor("shape", 3), Factor("size", 4), Factor("angle", 6))


def small(n: int = 1_000, seed: int = 0) -> Codes:
    """A perfect code of three factors with few values."""
    rng = np.random.default_rng(seed)
    values = np.stack([rng.integers(factor.size, size=n) for factor in FACTORS], 1)
    return Codes(values.astype(np.float64), None, values, FACTORS)


def sprites(n: int = 10_000, seed: int = 0) -> Codes:
    """A perfect code of random sprites."""
    values = factor_values(np.random.default_rng(seed).integers(TOTAL, size=n))
    return Codes(values.astype(np.float64), None, values, SPRITE_FACTORS)


def with_mu(codes: Codes, mu: np.ndarray, logvar: np.ndarray | None = None) -> Codes:
    """The same images with other codes."""
    return replace(codes, mu=mu, logvar=logvar)


def noise(codes: Codes, units: int = 5, seed: int = 1) -> Codes:
    """Codes that know nothing of the images."""
    return with_mu(codes, np.random.default_rng(seed).standard_normal((len(codes), units)))


def mixed(codes: Codes, seed: int = 2) -> Codes:
    """Units that each tell something of every factor, and one that tells nothing; posteriors of some width."""
    rng = np.random.default_rng(seed)
    n, factors = codes.values.shape
    mu = codes.values @ rng.uniform(0.1, 1, (factors, factors)) + 0.3 * rng.standard_normal((n, factors))
    mu = np.concatenate([mu, rng.standard_normal((n, 1))], axis=1)
    return with_mu(codes, mu, np.full(mu.shape, -3.0))
