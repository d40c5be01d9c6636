"""Yardstick: what an nll was measured with and on; only nlls of one yardstick can be compared."""

from typing import NamedTuple

from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.metrics.evaluation import Evaluation


class Yardstick(NamedTuple):
    """Models of equal yardsticks may share an axis or a sorted column of nll, ELBO or bound; others never.

    Grey levels read as means, densities of pixels, and pixels drawn black or white are nats of different events;
    another variance is another density; and a class that was held out of training is strange to one model alone.
    """

    dataset: str
    """With its binarisation."""
    split: str
    likelihood: str
    variance: float | None
    """Of a density's pixels; None where it is learned, or there is none."""
    held_out: int | None


def yardstick(model: ModelConfig, train: TrainConfig, measured: Evaluation) -> Yardstick:
    """What a model's measured nll can be compared by."""
    variance = model.variance if model.likelihood == "gaussian" else None
    return Yardstick(measured.dataset, measured.split, model.likelihood, variance, train.held_out)
