"""What is told of a whole epoch."""

from typing import Any, NamedTuple

from vae_explorer.training.validation import Validation


class Progress(NamedTuple):
    """One whole epoch: means over its training images, in nats per image; `seconds` is training time so far."""

    epoch: int
    loss: float
    nll: float
    rate: float | None
    seconds: float
    images: int
    beta: float
    """As it was set when the epoch ended, before annealing."""
    validation: Validation | None = None
    """On images that are not trained on, where they were looked at."""

    def record(self) -> dict[str, Any]:
        """As a line of the history."""
        values = self._asdict()
        found = values.pop("validation")
        return values if found is None else {**values, "validation": found._asdict()}
