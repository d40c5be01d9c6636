"""Means over optimizer steps, summed on the device and read only when they are asked for."""

from typing import NamedTuple

from torch import Tensor


class Window(NamedTuple):
    """Means over the training images of some steps in a row, in nats per image."""

    step: int
    """Optimizer steps so far."""
    epoch: float
    """Epochs so far, with the part of one that is under way."""
    seconds: float
    """Of training so far."""
    beta: float
    """As it was set, before annealing."""
    loss: float
    """In nats per pixel where the loss is divided by the pixels."""
    nll: float
    rate: float | None
    """None for a plain autoencoder."""
    kl: tuple[float, ...] | None
    """Of each unit; None where the rate does not split over units."""


class Sums:
    """Rows of figures, added up; reading a mean waits for the device, adding does not."""

    def __init__(self) -> None:
        self._total: Tensor | None = None
        self.count = 0

    def add(self, row: Tensor) -> None:
        """One row more; all have one width."""
        self._total = row if self._total is None else self._total + row
        self.count += 1

    def means(self) -> list[float]:
        """The mean of each figure over the rows; none of no rows."""
        return [] if self._total is None else (self._total / self.count).tolist()
