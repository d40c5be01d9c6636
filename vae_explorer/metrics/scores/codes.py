"""Codes: what a score of disentanglement looks at, the codes of images whose factors are known."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from vae_explorer.datasets.images import Factor
from vae_explorer.errors import require
from vae_explorer.latents.encoded import ACTIVE_VARIANCE


@dataclass(frozen=True)
class Codes:
    """Codes of a fixed sample of images, from which every score draws its own."""

    mu: np.ndarray
    """float [N, D]."""
    logvar: np.ndarray | None
    """[N, D]; None of a plain autoencoder, and of codes that are no model's."""
    values: np.ndarray
    """Values of the factors, whole numbers [N, F], each below its factor's size."""
    factors: tuple[Factor, ...]

    def __post_init__(self) -> None:
        n = len(self.mu)
        require(self.mu.ndim == 2 and min(self.mu.shape, default=0) > 0, "Codes are [N, D] with an image and a unit.")
        require(bool(np.isfinite(self.mu).all()), "Codes must be finite; train this model again with a lower lr.")
        require(self.values.shape == (n, len(self.factors)), "Every code needs one value of each factor.")
        require(len(self.factors) > 0, "A score needs a factor or a class that is known of every image.")

    def __len__(self) -> int:
        return len(self.mu)

    @cached_property
    def active(self) -> np.ndarray:
        """Which units carry something, by the variance of their mu; bool [D]."""
        return self.mu.var(axis=0) > ACTIVE_VARIANCE

    def rows(self, factor: int) -> list[np.ndarray]:
        """The places of the images of each value that a factor takes among them, by value."""
        return self._rows[factor]

    @cached_property
    def _rows(self) -> list[list[np.ndarray]]:
        return [[np.flatnonzero(column == value) for value in np.unique(column)] for column in self.values.T]

    @property
    def steps(self) -> np.ndarray:
        """How far neighbouring values of each factor lie apart where its first is 0 and its last 1; [F]."""
        return 1 / np.array([max(factor.size - 1, 1) for factor in self.factors])

    def take(self, places: np.ndarray) -> "Codes":
        """Those of some images, by their places, repeated where these repeat."""
        logvar = None if self.logvar is None else self.logvar[places]
        return replace(self, mu=self.mu[places], logvar=logvar, values=self.values[places])

    def drawn(self, rng: np.random.Generator) -> "Codes":
        """One z of each posterior in place of mu; as they are where there is no posterior."""
        if self.logvar is None:
            return self
        return replace(self, mu=self.mu + np.exp(self.logvar / 2) * rng.standard_normal(self.mu.shape))

    def perfect(self) -> "Codes":
        """The codes of the same images by one who knows the factors: each unit is one factor, from 0 to 1.

        The scale matters to SAP alone, whose machines see units as they are.
        """
        return replace(self, mu=self.values * self.steps, logvar=None)
