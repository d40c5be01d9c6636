"""Where new codes come from: the prior, or a Gaussian mixture fitted to the aggregate posterior."""

from typing import Any, NamedTuple

import numpy as np

from vae_explorer.bounds import require_seed
from vae_explorer.errors import require

MAX_DRAWS = 20_000
MAX_ITERATIONS = 1000


class FittedMixture(NamedTuple):
    """K Gaussians of full covariance over z, fitted to the aggregate posterior."""

    weights: np.ndarray
    """[K], their sum is 1."""
    mean: np.ndarray
    """[K, D]."""
    covariance: np.ndarray
    """[K, D, D]."""


def fit_mixture(
    mu: np.ndarray, logvar: np.ndarray | None, components: int = 10, seed: int = 0, most: int = MAX_DRAWS
) -> FittedMixture:
    """A full-covariance mixture fitted to one draw per image, z = mu + σ·eps.

    Where the prior leaves holes in the aggregate posterior, or where there is no prior at all, decoded draws from the
    mixture look more like data: ex-post density estimation, Ghosh et al. 2020. Units are standardised for the fit, so
    that neither its k-means start nor its floor under the variances hangs on their scale.

    Args:
        mu: [N, D].
        logvar: [N, D]; None for a plain autoencoder, whose codes are mu itself.
        components: K.
        seed: of the choice of images, eps and the start of the fit.
        most: how many images are drawn from when there are more.

    Raises:
        InvalidSetting: for codes that are not finite or do not fit together, fewer than two of them, a bad seed, or
            components outside 1 to the number of distinct codes.
    """
    from sklearn.mixture import GaussianMixture
    from sklearn.preprocessing import StandardScaler

    require(mu.ndim == 2 and len(mu) >= 2 and mu.shape[1] >= 1, f"mu must be [N, D] from two codes, not {mu.shape}.")
    require(logvar is None or logvar.shape == mu.shape, "mu and logvar must be of the same images and units.")
    rng = _generator(seed)
    z = _posterior_draws(mu, logvar, most, rng)
    require(bool(np.isfinite(z).all()), "A mixture can only be fitted to finite codes.")
    distinct = len(np.unique(z, axis=0))
    require(1 <= components <= distinct, f"components must be from 1 to {distinct} distinct codes, not {components}.")
    scaler: Any = StandardScaler().fit(z)
    fitted: Any = GaussianMixture(components, max_iter=MAX_ITERATIONS, random_state=int(rng.integers(2**32)))
    fitted.fit(scaler.transform(z))
    covariance = fitted.covariances_ * np.outer(scaler.scale_, scaler.scale_)
    return FittedMixture(fitted.weights_, scaler.inverse_transform(fitted.means_), covariance)


def draw(mixture: FittedMixture, n: int, seed: int) -> np.ndarray:
    """Codes drawn from the mixture; float32 [n, D].

    Raises:
        InvalidSetting: for n below 1 or a bad seed.
    """
    require(n >= 1, f"n must be a whole number from 1, not {n}.")
    rng = _generator(seed)
    component = rng.choice(len(mixture.weights), n, p=mixture.weights / mixture.weights.sum())
    z = rng.standard_normal((n, mixture.mean.shape[1]))
    for k, factor in enumerate(np.linalg.cholesky(mixture.covariance)):
        z[component == k] = mixture.mean[k] + z[component == k] @ factor.T
    return z.astype(np.float32)


def standard_normal(n: int, latent_dim: int, seed: int) -> np.ndarray:
    """Codes drawn from the prior N(0, I); float32 [n, latent_dim].

    Raises:
        InvalidSetting: for n or latent_dim below 1, or a bad seed.
    """
    require(min(n, latent_dim) >= 1, f"n and latent_dim must be whole numbers from 1, not {n} and {latent_dim}.")
    return _generator(seed).standard_normal((n, latent_dim), dtype=np.float32)


def _generator(seed: int) -> np.random.Generator:
    require_seed(seed)
    return np.random.default_rng(seed)


def _posterior_draws(mu: np.ndarray, logvar: np.ndarray | None, most: int, rng: np.random.Generator) -> np.ndarray:
    """One code of each image, of so many images at most; float64 [n, D]."""
    chosen = rng.permutation(len(mu))[:most]
    z = mu[chosen].astype(float)
    if logvar is None:
        return z
    return z + np.exp(0.5 * logvar[chosen].astype(float)) * rng.standard_normal(z.shape)
