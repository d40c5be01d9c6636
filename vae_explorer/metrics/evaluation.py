"""Evaluation: the figures of a split that was encoded once, on which models are compared."""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from vae_explorer.latents.encoded import ACTIVE_VARIANCE, Latents, unit_variances
from vae_explorer.metrics.results import Result

SOURCE = ("dataset", "split", "n", "seed")
"""What was measured, beside the figures themselves."""


@dataclass(frozen=True)
class Evaluation:
    """Measured figures of one split, in nats per image, with all that is needed to measure them again.

    A plain autoencoder has no rate, so none of what is made of it: None, all three.
    """

    dataset: str
    split: str
    n: int
    seed: int
    nll: float
    rate: float | None
    elbo: float | None
    active_units: int
    kl_per_dim: tuple[float, ...] | None

    @property
    def plain(self) -> bool:
        """Whether they are of a plain autoencoder."""
        return self.rate is None

    def to_dict(self) -> dict[str, Any]:
        """The figures as JSON values."""
        return asdict(self) | {"kl_per_dim": None if self.kl_per_dim is None else list(self.kl_per_dim)}

    def results(self) -> dict[str, Result]:
        """The figures as results of the rows that are named like them."""
        source = self.dataset, self.split, self.n, self.seed
        values = {name: value for name, value in self.to_dict().items() if name not in SOURCE}
        return {name: Result(name, *source, {}, value) for name, value in values.items()}


def evaluation(latents: Latents) -> Evaluation:
    """The means over a split; a unit is active when Var_x(mu) > 0.01 (Burda et al. 2016)."""
    nll = float(latents.nll.mean(dtype=float))
    rate = None if latents.rate is None else float(latents.rate.mean(dtype=float))
    elbo = None if rate is None else -(nll + rate)
    active = int((unit_variances(latents) > ACTIVE_VARIANCE).sum())
    per_unit = None if latents.kl_per_dim is None else tuple(latents.kl_per_dim.astype(float).tolist())
    n = len(latents.label)
    return Evaluation(latents.dataset, latents.split, n, latents.seed, nll, rate, elbo, active, per_unit)


def bits_per_pixel(elbo: float, image_shape: tuple[int, int, int]) -> float:
    """−ELBO in bits, per pixel and channel."""
    return float(-elbo / (np.log(2) * np.prod(image_shape)))
