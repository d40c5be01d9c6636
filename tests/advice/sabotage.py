"""Runs on digits whose loss has a slip, saved as ordinary checkpoints with recipes that claim a sound one."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor

from vae_explorer import checkpoints, coding, models
from vae_explorer.checkpoints import Checkpoint, Recipe
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.datasets.images import ImageSet
from vae_explorer.losses import LOSSES
from vae_explorer.losses.row import Loss, Step, Values
from vae_explorer.metrics.evaluation import evaluation
from vae_explorer.models.likelihoods import bernoulli_nll
from vae_explorer.models.vae import VAE
from vae_explorer.training.trainer import Trainer

Minimised = Callable[[Step, Values], Tensor]
SHAPE = ModelConfig("mlp", (1, 28, 28), 10, (64,))
TRAINED = TrainConfig(epochs=16, batch_size=64)


class Sabotage(NamedTuple):
    """What is done to a training, and what its recipe does not tell."""

    minimised: Minimised | None = None
    claimed_scale: str = ""
    twice: bool = False
    noiseless: bool = False


class TwoSigmoids(torch.nn.Module):
    """A loss that takes logits, given pixels."""

    def forward(self, logits: Tensor, x: Tensor) -> Tensor:
        return bernoulli_nll(logits.sigmoid(), x)


def trained(
    folder: Path,
    images: tuple[ImageSet, ImageSet],
    shape: ModelConfig = SHAPE,
    train: TrainConfig = TRAINED,
    sabotage: Sabotage | None = None,
) -> Checkpoint:
    """A checkpoint of a model trained on the first images and encoding the second ones."""
    done = sabotage or Sabotage()
    model = models.build(shape, train.seed)
    if done.twice:
        model.likelihood = TwoSigmoids()
    if done.noiseless:
        model.eps = lambda rows, generator: torch.zeros(rows, shape.latent_dim)
    history = _history(model, images[0], train, done.minimised)
    told = replace(shape, scale=done.claimed_scale or shape.scale)
    weights = models.weights(model)
    latents = coding.encode_set(models.restore(told, weights), images[1])
    recipe = Recipe(told, train, images[1].name, "mlp-small-z2", train.epochs, 1.0, 100.0)
    measured = checkpoints.Measurements(evaluation(latents))
    return checkpoints.save(folder, recipe, weights, history, measured, latents)


def _history(model: VAE, images: ImageSet, train: TrainConfig, minimised: Minimised | None) -> list[dict[str, object]]:
    """What the trainer reports, with another loss in the place of the one it claims."""
    kept = LOSSES["beta-vae"]
    LOSSES["beta-vae"] = Loss("", minimised) if minimised else kept
    try:
        return [progress._asdict() for progress in Trainer(model, images, train).epochs()]
    finally:
        LOSSES["beta-vae"] = kept
