"""Means over optimizer steps, summed on the device and read only when they are asked for."""

from typing import TYPE_CHECKING, NamedTuple

from vae_explorer.training.validation import Validation

if TYPE_CHECKING:
    from torch import Tensor


class Means(NamedTuple):
    """Means over the training images of some steps, in nats per image."""

    loss: float
    """In nats per pixel where the loss is divided by the pixels."""
    nll: float
    rate: float | None = None
    """None for a plain autoencoder."""
    kl: tuple[float, ...] | None = None
    """Of each unit; None where the rate does not split over units."""


class Window(NamedTuple):
    """Means over the training images of the steps since the window before, in nats per image."""

    step: int
    """Optimizer steps so far."""
    epoch: float
    """Epochs so far, with the part of one that is under way."""
    seconds: float
    """Of training so far."""
    beta: float
    """As it was set, before annealing; where it differs from the window before, it was changed at that one's step."""
    loss: float
    """In nats per pixel where the loss is divided by the pixels."""
    nll: float
    rate: float | None
    """None for a plain autoencoder."""
    kl: tuple[float, ...] | None
    """Of each unit; None where the rate does not split over units."""
    validation: Validation | None = None
    """At the end of an epoch, on images that are not trained on; None in between."""

    @property
    def plain(self) -> bool:
        """Whether a plain autoencoder is trained."""
        return self.rate is None


class Sums:
    """Rows of figures, added up; reading a mean waits for the device, adding does not."""

    def __init__(self) -> None:
        self._total: Tensor | None = None
        self.count = 0

    def add(self, row: "Tensor") -> None:
        """One row more: loss, nll, the rate if there is one, and each unit's KL if it splits; all of one width."""
        self._total = row if self._total is None else self._total + row
        self.count += 1

    def means(self) -> Means | None:
        """The mean of each figure over the rows; None of no rows."""
        if self._total is None:
            return None
        loss, nll, *density = (self._total / self.count).tolist()
        return Means(loss, nll, density[0], tuple(density[1:]) or None) if density else Means(loss, nll)
