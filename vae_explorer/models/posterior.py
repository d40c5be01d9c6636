"""Posterior: q(z|x) of a batch of images."""

from typing import NamedTuple

from torch import Tensor


class Posterior(NamedTuple):
    """q(z|x), a diagonal Gaussian; without logvar the single code of a plain autoencoder."""

    mu: Tensor
    """[B, D]."""
    logvar: Tensor | None
    """[B, D]; None for a plain autoencoder."""

    def sample(self, eps: Tensor) -> Tensor:
        """z = mu + σ · eps, reparameterised (Kingma & Welling 2014); [B, D]. A plain autoencoder's z is mu."""
        return self.mu if self.logvar is None else self.mu + (0.5 * self.logvar).exp() * eps

    def float(self) -> "Posterior":
        """In float32, whatever precision the products were made in."""
        return Posterior(self.mu.float(), None if self.logvar is None else self.logvar.float())

    def repeat(self, draws: int) -> "Posterior":
        """The batch so many times, one after another; [draws · B, D]."""
        return Posterior(self.mu.repeat(draws, 1), None if self.logvar is None else self.logvar.repeat(draws, 1))
