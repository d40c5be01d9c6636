"""Posterior: q(z|x) of a batch of images."""

from typing import NamedTuple

from torch import Tensor

from vae_explorer.errors import InvalidSetting


class Moments(NamedTuple):
    """Mean and log variance of diagonal Gaussians, each [B, D]."""

    mu: Tensor
    logvar: Tensor


class Posterior(NamedTuple):
    """q(z|x), a diagonal Gaussian; without logvar the single code of a plain autoencoder."""

    mu: Tensor
    """[B, D]."""
    logvar: Tensor | None
    """[B, D]; None for a plain autoencoder."""

    def moments(self) -> Moments:
        """Both moments of a Gaussian.

        Raises:
            InvalidSetting: for a plain autoencoder's code, which is no Gaussian.
        """
        if self.logvar is None:
            raise InvalidSetting("A plain autoencoder has no posterior.")
        return Moments(self.mu, self.logvar)

    def sample(self, eps: Tensor) -> Tensor:
        """z = mu + σ · eps, reparameterised (Kingma & Welling 2014); [B, D]. A plain autoencoder's z is mu."""
        return self.mu if self.logvar is None else self.mu + (0.5 * self.logvar).exp() * eps

    def float(self) -> "Posterior":
        """In float32, whatever precision the products were made in."""
        return Posterior(self.mu.float(), None if self.logvar is None else self.logvar.float())

    def repeat(self, draws: int) -> "Posterior":
        """The batch so many times, one after another; [draws · B, D]."""
        return Posterior(self.mu.repeat(draws, 1), None if self.logvar is None else self.logvar.repeat(draws, 1))
