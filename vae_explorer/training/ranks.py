"""Ranks: the processes that train one model together, each on its own rows of every batch; most often one alone."""

from collections.abc import Callable

from torch import Tensor

from vae_explorer.errors import require
from vae_explorer.models.vae import VAE, Output

Forward = Callable[[Tensor, Tensor, Tensor | None], Output]


class Ranks:
    """One process that trains alone, and what those of a group do in another way (`process_group`)."""

    index = 0
    """Counted from 0; the first reports and writes, the others train beside it."""
    local = 0
    """The same among those of one machine."""
    count = 1

    def require_fit(self, batch_size: int) -> None:
        """Refuse a batch that the processes cannot share out evenly.

        Raises:
            InvalidSetting: naming the nearest that they can.
        """
        below = batch_size - batch_size % self.count
        near = f"{below} or {below + self.count}" if below else f"{self.count}"
        told = f"batch_size {batch_size} is that of all {self.count} processes together, and must divide among them"
        require(batch_size == below, f"{told}; take {near}.")

    def own(self, rows: Tensor, draws: int = 1) -> Tensor:
        """The rows of this process out of those of a whole batch [draws · B, …], which stand draw by draw."""
        return rows

    def gathered(self, own: Tensor, draws: int = 1) -> Tensor:
        """The whole batch's rows [draws · B, …] out of every process's own; gradients find their way back."""
        return own

    def shared(self, model: VAE) -> Forward:
        """The model's forward pass, with the first process's weights and gradients that are the mean over all."""
        return model

    def descend(self, loss: Tensor, figures: Tensor) -> Tensor:
        """Give the weights the slopes of a loss; figures [F] of it, as the mean over all processes."""
        loss.backward()
        return figures

    def wait(self) -> None:
        """Until all have come here."""

    def agreed(self, said: bool) -> bool:
        """What the first process says, once it comes to say it."""
        return said


ALONE = Ranks()
