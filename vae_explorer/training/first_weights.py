"""What a run begins with, from its training images: a prepared start, or at once the weights that are best."""

import torch

from vae_explorer.config import TrainConfig
from vae_explorer.models.linear import Linear
from vae_explorer.models.starts import SEEN_AT_START, prepare
from vae_explorer.models.vae import VAE
from vae_explorer.training.closed_form import solve
from vae_explorer.training.image_batches import ImageBatches


def begin(model: VAE, images: ImageBatches, config: TrainConfig, generator: torch.Generator) -> None:
    """Give an untrained model the weights that its training begins with; a linear one needs no other."""
    if isinstance(model, Linear):
        solve(model, images, generator)
    elif config.start == "prepared":
        prepare(model, images[torch.arange(min(SEEN_AT_START, len(images)))], generator)
