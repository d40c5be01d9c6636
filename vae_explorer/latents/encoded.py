"""Latents: an encoded data set as NumPy arrays, and its columns by name."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from vae_explorer.errors import InvalidSetting, UnknownName, require
from vae_explorer.latents.sampling import standard_normal

COLLAPSED_KL = 0.01
"""Nats per image: a unit with less says nothing that could be matched (Duan et al. 2020)."""
ACTIVE_VARIANCE = 0.01
"""A unit is active when Var_x(mu) is above it (Burda et al. 2016)."""


class PriorMixture(NamedTuple):
    """What a learned prior mixes: K diagonal Gaussians over z; float32."""

    weights: np.ndarray
    """[K], probabilities."""
    mu: np.ndarray
    """[K, D]."""
    logvar: np.ndarray
    """[K, D]."""


class Densities(NamedTuple):
    """What a posterior brings."""

    logvar: np.ndarray
    """[N, D]."""
    rate: np.ndarray
    """[N], nats per image."""
    kl_per_dim: np.ndarray
    """[D], nats, the mean over images."""


class Latents(NamedTuple):
    """A data set seen through a model; one z per image was drawn with the seed for nll. float32 throughout.

    A plain autoencoder has no posterior and no prior: logvar, rate and kl_per_dim are None, all three.
    """

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
    prior: PriorMixture | None = None
    """What a learned prior mixes; None: N(0, I)."""

    @property
    def plain(self) -> bool:
        """Whether these are the codes of a plain autoencoder."""
        return self.logvar is None

    def densities(self) -> Densities:
        """What the posteriors bring.

        Raises:
            InvalidSetting: for a plain autoencoder, which has no posterior.
        """
        if self.logvar is None or self.rate is None or self.kl_per_dim is None:
            raise InvalidSetting("A plain autoencoder has no posterior.")
        return Densities(self.logvar, self.rate, self.kl_per_dim)


def unit_variances(latents: Latents) -> np.ndarray:
    """Var_x(mu) of each unit; [D]."""
    return latents.mu.var(axis=0, dtype=float)


def collapsed(latents: Latents) -> np.ndarray:
    """Which units say nothing: by their mean KL or, of a plain autoencoder, by Var(mu); bool [D]."""
    if latents.plain:
        return unit_variances(latents) <= ACTIVE_VARIANCE
    return latents.densities().kl_per_dim < COLLAPSED_KL


def units_by_information(latents: Latents) -> list[int]:
    """Latent units, the most informative first: by mean KL or, for a plain autoencoder, by Var(mu); ties keep order."""
    information = unit_variances(latents) if latents.plain else latents.densities().kl_per_dim
    return np.argsort(-information, kind="stable").tolist()


class Spread(NamedTuple):
    """Where the codes of each unit are to be looked for."""

    mean: np.ndarray
    """[D]."""
    deviation: np.ndarray
    """[D], above 0."""


def prior_spread(latents: Latents) -> Spread:
    """Mean and standard deviation of each unit under the prior, or, for a plain autoencoder, which has none, of mu."""
    if latents.plain:
        return _spread(latents.mu.mean(axis=0, dtype=float), unit_variances(latents))
    if latents.prior is None:
        return Spread(np.zeros(latents.mu.shape[1]), np.ones(latents.mu.shape[1]))
    weights, mu, logvar = (array.astype(float) for array in latents.prior)
    mean = weights @ mu
    return _spread(mean, weights @ (np.exp(logvar) + (mu - mean) ** 2))


def _spread(mean: np.ndarray, variance: np.ndarray) -> Spread:
    """A unit that hardly moves is looked for as far as an active one moves at least."""
    return Spread(mean, np.sqrt(np.maximum(variance, ACTIVE_VARIANCE)))


def prior_codes(prior: PriorMixture, eps: np.ndarray, seed: int) -> np.ndarray:
    """Codes of a mixture prior made of eps [M, D]: each row's component is drawn with the seed; [M, D].

    The components have a stream of their own, so that eps drawn with the same seed does not decide them too.
    """
    weights = prior.weights.astype(float)
    component = np.random.default_rng((seed, 1)).choice(len(weights), len(eps), p=weights / weights.sum())
    return prior.mu[component] + np.exp(0.5 * prior.logvar[component]) * eps


def prior_draws(latents: Latents, n: int, seed: int) -> np.ndarray:
    """Codes drawn from a model's prior; [N, D].

    Raises:
        InvalidSetting: for a plain autoencoder, which has none.
    """
    require(not latents.plain, "A plain autoencoder has no prior to draw from.")
    eps = standard_normal(n, latents.mu.shape[1], seed)
    return eps if latents.prior is None else prior_codes(latents.prior, eps, seed)


_FAMILIES: dict[str, Callable[[Latents, int], np.ndarray]] = {
    "mu": lambda latents, unit: latents.mu[:, unit],
    "logvar": lambda latents, unit: latents.densities().logvar[:, unit],
    "sigma": lambda latents, unit: np.exp(0.5 * latents.densities().logvar[:, unit]),
    "distance": lambda latents, image: np.linalg.norm(latents.mu - latents.mu[image], axis=1),
}


def column(latents: Latents, name: str) -> np.ndarray:
    """One value per image, by name; [N].

    `label`, `nll`, `rate`; `mu-3`, `logvar-3` and `sigma-3` of a unit; `distance-42`, the Euclidean distance between
    the mu of each image and that of image 42.

    Raises:
        UnknownName: for any other name, and for what a plain autoencoder does not have.
    """
    per_image = ["label", "nll", *([] if latents.plain else ["rate"])]
    if name in per_image:
        return getattr(latents, name)
    family, _, number = name.partition("-")
    counts = _counts(latents)
    if number.isascii() and number.isdigit() and len(number) < 9 and int(number) < counts.get(family, 0):
        return _FAMILIES[family](latents, int(number))
    known = [f"{family}-{number}" for family, count in counts.items() for number in _ends(count)]
    raise UnknownName("column", name, (*per_image, *known))


def _counts(latents: Latents) -> dict[str, int]:
    """How many columns each family has."""
    n, units = latents.mu.shape
    spread = 0 if latents.plain else units
    return {"mu": units, "logvar": spread, "sigma": spread, "distance": n}


def _ends(count: int) -> tuple[str, ...]:
    return ("0", "1")[:count] if count <= 2 else ("0…",)
