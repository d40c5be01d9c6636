"""Latents: an encoded data set as NumPy arrays, its columns by name and what it says about a model."""

from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import numpy as np

from vae_explorer.errors import UnknownName
from vae_explorer.projections import pca_plane

ACTIVE_VARIANCE = 0.01


class Gaussians(NamedTuple):
    """A mixture of K diagonal Gaussians over z: weights [K], mu and logvar [K, D]; float32."""

    weights: np.ndarray
    mu: np.ndarray
    logvar: np.ndarray


class Latents(NamedTuple):
    """A data set seen through a model; one z per image was drawn with the seed for nll. float32 throughout."""

    dataset: str
    split: str
    seed: int
    mu: np.ndarray
    """[N, D]."""
    logvar: np.ndarray | None
    """[N, D]."""
    label: np.ndarray
    """int64 [N], class ids."""
    nll: np.ndarray
    """[N], nats per image."""
    rate: np.ndarray | None
    """[N], nats per image."""
    kl_per_dim: np.ndarray | None
    """[D], nats, the mean over images."""
    prior: Gaussians | None = None


@dataclass(frozen=True)
class Evaluation:
    """Measured figures of one split, in nats per image, with all that is needed to measure them again."""

    dataset: str
    split: str
    n: int
    seed: int
    nll: float
    rate: float
    elbo: float
    active_units: int
    kl_per_dim: tuple[float, ...]

    def to_dict(self) -> dict[str, Any]:
        """The figures as JSON values."""
        return asdict(self) | {"kl_per_dim": list(self.kl_per_dim)}


def evaluation(latents: Latents) -> Evaluation:
    """The means over a split; a unit is active when Var_x(mu) > 0.01 (Burda et al. 2016)."""
    nll, rate = float(latents.nll.mean(dtype=float)), float(latents.rate.mean(dtype=float))
    active = int((latents.mu.var(axis=0, dtype=float) > ACTIVE_VARIANCE).sum())
    per_unit = tuple(latents.kl_per_dim.astype(float).tolist())
    n = len(latents.label)
    return Evaluation(latents.dataset, latents.split, n, latents.seed, nll, rate, -(nll + rate), active, per_unit)


class Aggregate(NamedTuple):
    """The aggregate posterior q(z) = mean over images of q(z|x), to hold against the prior's zeros and identity."""

    mean: np.ndarray
    """[D]."""
    covariance: np.ndarray
    """[D, D]: the covariance of mu plus the mean posterior variance."""


def aggregate_posterior(latents: Latents) -> Aggregate:
    """Mean and covariance of q(z), exact for the mixture of the images' Gaussians (Makhzani et al. 2015)."""
    mu = latents.mu.astype(float)
    within = np.exp(latents.logvar.astype(float)).mean(axis=0)
    between = np.atleast_2d(np.cov(mu, rowvar=False, bias=True))
    return Aggregate(mu.mean(axis=0), between + np.diag(within))


def bits_per_pixel(evaluation: Evaluation, image_shape: tuple[int, int, int]) -> float:
    """−ELBO in bits, per pixel and channel."""
    return -evaluation.elbo / (np.log(2) * np.prod(image_shape))


def units_by_kl(kl_per_dim: np.ndarray) -> list[int]:
    """Latent units, the most informative first; ties keep their order."""
    return np.argsort(-np.asarray(kl_per_dim), kind="stable").tolist()


def column(latents: Latents, name: str) -> np.ndarray:
    """One value per image: `label`, `nll`, `rate`, `mu-3`, `logvar-3`, or a principal component `pca-0`; [N].

    Raises:
        UnknownName: for any other name.
    """
    stem, _, unit = name.partition("-")
    if not unit and stem in ("label", "nll", "rate"):
        return getattr(latents, stem)
    width = latents.mu.shape[1]
    if unit.isascii() and unit.isdigit() and len(unit) < 5:
        if stem in ("mu", "logvar") and int(unit) < width:
            return getattr(latents, stem)[:, int(unit)]
        if stem == "pca" and int(unit) < min(2, width):
            return pca_plane(latents.mu).project(latents.mu)[:, int(unit)]
    raise UnknownName("column", name, ("label", "nll", "rate", "mu-0…", "logvar-0…", "pca-0", "pca-1"))
