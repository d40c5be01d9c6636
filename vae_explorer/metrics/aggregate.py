"""The aggregate posterior: where the codes of all images together lie."""

from typing import NamedTuple

import numpy as np

from vae_explorer.latents.encoded import Latents


class Aggregate(NamedTuple):
    """The aggregate posterior q(z) = mean over images of q(z|x), to hold against the prior's zeros and identity."""

    mean: np.ndarray
    """[D]."""
    covariance: np.ndarray
    """[D, D]: the covariance of mu plus the mean posterior variance; of mu alone for a plain autoencoder."""


def aggregate_posterior(latents: Latents) -> Aggregate:
    """Mean and covariance of q(z), exact for the mixture of the images' Gaussians (Makhzani et al. 2015)."""
    mu = latents.mu.astype(float)
    within = 0.0 if latents.plain else np.diag(np.exp(latents.densities().logvar.astype(float)).mean(axis=0))
    between = np.atleast_2d(np.cov(mu, rowvar=False, bias=True))
    return Aggregate(mu.mean(axis=0), between + within)
