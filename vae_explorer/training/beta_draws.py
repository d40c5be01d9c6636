"""The weight on the rate at a step of training: one β, or those that a multi-rate network is turned to."""

import torch
from torch import Tensor

from vae_explorer.config import TrainConfig
from vae_explorer.losses import LOSSES
from vae_explorer.models.vae import VAE
from vae_explorer.schedules import ANNEALINGS, OPENINGS
from vae_explorer.training.ranks import ALONE, Ranks


def step_beta(
    model: VAE,
    config: TrainConfig,
    beta: float,
    rows: int,
    done: float,
    generator: torch.Generator,
    ranks: Ranks = ALONE,
) -> float | Tensor:
    """The β of a step after annealing; of a multi-rate network one drawn for each row [B], and it is turned to them.

    Log-uniform over the part of the range that is open (Bae et al. 2022). A loss that compares the images of a batch
    with each other needs them seen at one β: it gets one draw for all.
    """
    betas = model.config.betas
    if betas is None:
        return beta * ANNEALINGS[config.annealing](done)
    draws, least = 1 if LOSSES[config.objective].compares else rows, OPENINGS[config.annealing](done)
    uniform = torch.rand(draws, generator=generator, device=generator.device)
    shares = (least + (1 - least) * uniform).expand(rows)
    model.turn(ranks.own(shares))
    return betas.low * (betas.high / betas.low) ** shares
