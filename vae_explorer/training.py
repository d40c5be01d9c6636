"""Trainer: an iterator of Progress over tensors in memory. No files, no threads, no prints."""

import math
import time
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from vae_explorer.adversary import Adversary
from vae_explorer.coding import pixels
from vae_explorer.config import TrainConfig, require
from vae_explorer.datasets.images import ImageSet
from vae_explorer.errors import CheckpointError, InvalidSetting, TrainingStopped
from vae_explorer.models.starts import prepare
from vae_explorer.models.vae import VAE, Output
from vae_explorer.objectives import LOSSES, Pass, elbo_terms
from vae_explorer.optimizers import MISFIT, adam, pack, taken, to_array, unpack
from vae_explorer.schedules import ANNEALINGS, SCHEDULES

SEEN_AT_START = 5000
"""Training images that a prepared start is made from."""
MAX_TABLE = 2**25
"""Most entries of beta-TCVAE's table [B, B, D], which takes 0.8 GB with its gradients."""
MAX_DRAWN = 2**27
"""Most pixels that a batch with all its draws may have: 0.5 GB for each pass over them."""


class Progress(NamedTuple):
    """One whole epoch: means over its training images, in nats per image; `seconds` is training time so far."""

    epoch: int
    loss: float
    nll: float
    rate: float | None
    seconds: float
    images: int


class Trainer:
    """Trains a model in place; every draw comes from one generator, and the learning rate is a function of the step.

    The data stay one uint8 tensor on the device, batched by `randperm`; convolutions work channels-last.

    Raises:
        InvalidSetting: when batch, objective, model and images do not fit together.
    """

    def __init__(
        self, model: VAE, images: ImageSet, config: TrainConfig, device: str = "cpu", compiled: bool = False
    ) -> None:
        _require_fit(model, images, config)
        self.config, self.device = config, torch.device(device)
        self.model = model.to(self.device).train().requires_grad_(True)
        self._convolutional = any(weight.ndim == 4 for weight in model.parameters())
        if self._convolutional:
            model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._data = torch.from_numpy(images.images).to(self.device)
        self._labels = torch.from_numpy(images.labels).to(self.device) if model.config.classes else None
        self._generator = torch.Generator(self.device).manual_seed(config.seed)
        self._optimizer = adam(model.parameters(), config.lr)
        factor = config.objective == "factor-vae"
        self._adversary = Adversary(model.config.latent_dim, config.seed, self.device) if factor else None
        self._forward = _compiled(model) if compiled else model
        self._epoch, self._seconds = 0, 0.0

    @property
    def steps(self) -> int:
        """Optimizer steps in an epoch; images that fill no batch wait for another epoch."""
        return len(self._data) // self.config.batch_size

    def epochs(self) -> Iterator[Progress]:
        """The epochs that are left, each reported when it is whole and its last step has left a finite loss.

        Raises:
            TrainingStopped: at the first non-finite loss; the model then holds unusable weights.
        """
        while self._epoch < self.config.epochs:
            started = time.perf_counter()
            if self._epoch == 0 and self.config.start == "prepared":
                prepare(self.model, pixels(self._data[:SEEN_AT_START]), self._generator)
            loss, nll, rate = self._train_epoch()
            with torch.no_grad():
                self._loss(self._pass(torch.arange(self.config.batch_size, device=self.device), done=1.0))
            self._epoch += 1
            self._seconds += time.perf_counter() - started
            seen = self._epoch * self.steps * self.config.batch_size
            yield Progress(self._epoch, loss, nll, None if math.isnan(rate) else rate, self._seconds, seen)

    def state(self) -> dict[str, np.ndarray]:
        """All that a run needs beyond its weights and settings to go on bit for bit."""
        generator = self._generator.get_state().numpy().copy()
        own = {"generator": generator, "clock": np.array([self._epoch, self._seconds])} | pack(self._optimizer, "adam")
        if self._adversary is None:
            return own
        weights = self._adversary.discriminator.state_dict()
        critic = {f"critic.{name}": to_array(value) for name, value in weights.items()}
        return own | critic | pack(self._adversary.optimizer, "critic-adam")

    def resume(self, state: Mapping[str, np.ndarray]) -> None:
        """Take up a state; the model must hold the weights of the same moment.

        Raises:
            CheckpointError: when the state does not fit the model.
        """
        generator = taken(state, "generator", tuple(self._generator.get_state().shape), np.uint8)
        epoch, seconds = taken(state, "clock", (2,), np.float64).tolist()
        if not (1 <= epoch <= self.config.epochs and math.isfinite(seconds) and seconds >= 0):
            raise CheckpointError(MISFIT)
        try:
            self._generator.set_state(torch.from_numpy(generator))
            self._epoch, self._seconds = int(epoch), seconds
        except (RuntimeError, TypeError, ValueError) as error:
            raise CheckpointError(MISFIT) from error
        unpack(self._optimizer, "adam", state)
        if self._adversary is not None:
            for name, value in self._adversary.discriminator.state_dict().items():
                value.copy_(torch.from_numpy(taken(state, f"critic.{name}", tuple(value.shape))))
            unpack(self._adversary.optimizer, "critic-adam", state)

    def _train_epoch(self) -> list[float]:
        order = torch.randperm(len(self._data), generator=self._generator, device=self.device)
        totals = torch.zeros(3, device=self.device)
        for step, batch in enumerate(order[: self.steps * self.config.batch_size].split(self.config.batch_size)):
            done = (self._epoch + step / self.steps) / self.config.epochs
            totals += self._step(batch, done)
        return (totals / self.steps).tolist()

    def _step(self, batch: Tensor, done: float) -> Tensor:
        for group in self._optimizer.param_groups:
            group["lr"] = self.config.lr * SCHEDULES[self.config.schedule](done)
        step = self._pass(batch, done)
        loss = self._loss(step)
        self._optimizer.zero_grad(set_to_none=True)
        scale = self._data[0].numel() if self.config.per_pixel else 1
        (loss / scale).backward()
        self._optimizer.step()
        if self._adversary is not None:
            other = torch.randint(len(self._data), batch.shape, generator=self._generator, device=self.device)
            self._adversary.learn(step.output.z, self._codes(other), self._generator)
        rate = loss.new_tensor(math.nan) if step.terms.rate is None else step.terms.rate.detach().mean()
        return torch.stack([loss.detach() / scale, step.terms.nll.detach().mean(), rate])

    def _loss(self, step: Pass) -> Tensor:
        loss = LOSSES[self.config.objective](step, self.config)
        if not math.isfinite(loss.item()):
            raise TrainingStopped(self._advice())
        return loss

    def _pass(self, batch: Tensor, done: float) -> Pass:
        x, y = self._batch(batch)
        eps = self.model.eps(len(batch) * self.config.importance_samples, self._generator)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.config.precision == "bf16"):
            output = self._forward(x, eps, y)
        beta = self.config.beta * ANNEALINGS[self.config.annealing](done)
        critic = None if self._adversary is None else self._adversary.discriminator.log_ratio
        return Pass(self.model, output, elbo_terms(self.model, output, x), beta, done, len(self._data), critic)

    def _batch(self, batch: Tensor) -> tuple[Tensor, Tensor | None]:
        x = pixels(self._data[batch])
        if self._convolutional:
            x = x.contiguous(memory_format=torch.channels_last)
        return x, None if self._labels is None else self._labels[batch]

    @torch.no_grad()
    def _codes(self, batch: Tensor) -> Tensor:
        x, y = self._batch(batch)
        return self.model.encode(x, y).sample(self.model.eps(len(batch), self._generator))

    def _advice(self) -> str:
        kept = "the last whole epoch is kept" if self._epoch else "there is no whole epoch to keep"
        return (
            f"The loss became non-finite in epoch {self._epoch + 1}; {kept}. "
            f"Lower lr (now {self.config.lr:g}) or beta (now {self.config.beta:g})."
        )


def _compiled(model: VAE) -> Callable[[Tensor, Tensor, Tensor | None], Output]:
    """The model, compiled at its first call.

    Raises (at that call):
        InvalidSetting: where PyTorch finds nothing to compile with.
    """
    from torch._dynamo.exc import TorchDynamoException

    run = torch.compile(model)

    def forward(x: Tensor, eps: Tensor, y: Tensor | None) -> Output:
        try:
            return run(x, eps, y)
        except TorchDynamoException as error:
            raise InvalidSetting("This machine has no compiler that PyTorch can use; take --no-compile.") from error

    return forward


def _require_fit(model: VAE, images: ImageSet, config: TrainConfig) -> None:
    batch, shape = config.batch_size, model.config
    require(batch <= len(images), f"batch_size must be at most the {len(images)} training images, not {batch}.")
    require(
        images.image_shape == shape.image_shape,
        f"The model takes images of {list(shape.image_shape)}, not {list(images.image_shape)}.",
    )
    plain, wants_plain = shape.scale == "none", config.objective == "ae"
    require(plain == wants_plain, "The objective ae belongs to a plain autoencoder (a preset ae-…), and only ae does.")
    require(
        config.objective != "free-bits" or model.prior.closed_form, "Free bits need the prior normal, whose KL splits."
    )
    require(
        config.objective != "beta-tcvae" or (batch > 1 and batch**2 * shape.latent_dim <= MAX_TABLE),
        f"beta-tcvae compares a batch with itself: batch_size² · latent_dim must be at most {MAX_TABLE:,}.",
    )
    drawn = batch * config.importance_samples * images.images[0].size
    require(
        drawn <= MAX_DRAWN,
        f"batch_size · importance_samples · pixels must be at most {MAX_DRAWN:,}, not {drawn:,}.",
    )
    classes = len(images.classes)
    require(shape.classes in (0, classes), f"The model takes {shape.classes} classes, the images have {classes}.")
