"""train(): an iterator of Progress. No files, no threads, no prints."""

import math
import time
from collections.abc import Iterator
from typing import NamedTuple

import torch
from torch import Tensor

from vae_explorer.coding import pixels
from vae_explorer.config import SCHEDULES, TrainConfig, require
from vae_explorer.datasets.images import ImageSet
from vae_explorer.errors import TrainingStopped
from vae_explorer.models.vae import VAE
from vae_explorer.objectives import beta_loss, elbo_terms


class Progress(NamedTuple):
    """One whole epoch: means over its training images, in nats per image; `seconds` is training time so far."""

    epoch: int
    loss: float
    nll: float
    rate: float
    seconds: float
    images: int


def train(model: VAE, images: ImageSet, config: TrainConfig) -> Iterator[Progress]:
    """Train the model in place, yielding after every epoch.

    The data stay one uint8 tensor batched by `randperm`; shuffling and eps come from one generator.

    Raises:
        InvalidSetting: when the batch is larger than the data.
        TrainingStopped: at the first non-finite loss; the model then holds unusable weights.
    """
    require(
        config.batch_size <= len(images),
        f"batch_size must be at most the {len(images)} training images, not {config.batch_size}.",
    )
    data = torch.from_numpy(images.images)
    generator = torch.Generator().manual_seed(config.seed)
    steps = config.epochs * (len(data) // config.batch_size)
    optimizer = torch.optim.Adam(model.parameters(), lr=config.lr, fused=True)
    factor = SCHEDULES[config.schedule]
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: factor(min(step / steps, 1.0)))
    seconds = 0.0
    for epoch in range(1, config.epochs + 1):
        started = time.perf_counter()
        means = _epoch(model, data, config, generator, optimizer, schedule)
        seconds += time.perf_counter() - started
        _refuse_non_finite(model, means, epoch, config)
        loss, nll, rate = means
        yield Progress(epoch, loss, nll, rate, seconds, epoch * (len(data) // config.batch_size) * config.batch_size)


def _epoch(
    model: VAE,
    data: Tensor,
    config: TrainConfig,
    generator: torch.Generator,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LRScheduler,
) -> list[float]:
    model.train().requires_grad_(True)
    order = torch.randperm(len(data), generator=generator)
    batches = order[: len(data) // config.batch_size * config.batch_size].split(config.batch_size)
    totals = torch.zeros(3)
    for batch in batches:
        x = pixels(data[batch])
        terms = elbo_terms(model(x, generator), x)
        loss = beta_loss(terms, config.beta)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        schedule.step()
        totals += torch.stack([loss.detach(), terms.nll.detach().mean(), terms.rate.detach().mean()])
    return (totals / len(batches)).tolist()


def _refuse_non_finite(model: VAE, means: list[float], epoch: int, config: TrainConfig) -> None:
    sound = all(bool(parameter.isfinite().all()) for parameter in model.parameters())
    if not sound or not all(math.isfinite(value) for value in means):
        raise TrainingStopped(
            f"The loss became non-finite in epoch {epoch}; the last whole epoch is kept. "
            f"Lower lr (now {config.lr:g}) or beta (now {config.beta:g})."
        )
