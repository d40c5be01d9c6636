"""Trainer: an iterator of Progress over tensors in memory. No files, no threads, no prints."""

import math
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np
import torch
from torch import Tensor

from vae_explorer.betas import Betas, beta_at, changed, checked
from vae_explorer.config import TrainConfig
from vae_explorer.datasets.images import ImageSet
from vae_explorer.errors import CheckpointError, Diverged
from vae_explorer.losses import LOSSES
from vae_explorer.models.vae import VAE
from vae_explorer.objectives import Pass, require_fit
from vae_explorer.schedules import SCHEDULES
from vae_explorer.training import divergence
from vae_explorer.training.adversary import Adversary
from vae_explorer.training.first_weights import begin
from vae_explorer.training.optimizers import MISFIT, Adam, taken
from vae_explorer.training.passes import Passes
from vae_explorer.training.progress import Progress
from vae_explorer.training.ranks import ALONE, Ranks
from vae_explorer.training.windows import Means, Sums, Window


class Trainer:
    """Trains a model in place; every draw comes from one generator, and the learning rate is a function of the step.

    The data stay one uint8 tensor on the device, batched by `randperm`; convolutions work channels-last. Several
    processes share every batch out among them, and each makes the steps that one alone would make.

    Raises:
        InvalidSetting: when batch, objective, model and images do not fit together.
    """

    def __init__(
        self,
        model: VAE,
        images: ImageSet,
        config: TrainConfig,
        device: str = "cpu",
        compiled: bool = False,
        betas: Betas = (),
        ranks: Ranks = ALONE,
    ) -> None:
        require_fit(model, images, config)
        ranks.require_fit(config.batch_size)
        self.config, self.device = config, torch.device(device)
        self.model = model.to(self.device).train().requires_grad_(True)
        self._generator = torch.Generator(self.device).manual_seed(config.seed)
        self._passes, self._compiled = Passes(model, images, config, self._generator, ranks), compiled
        self._ranks = ranks
        self._loss_row, self._loss_values = LOSSES[config.objective], config.values
        self._optimizer = Adam(() if self._loss_row.closed_form else model.parameters(), config.lr)
        critic, latent_dim = self._loss_row.critic, model.config.latent_dim
        self._adversary = Adversary(latent_dim, critic, config.seed, self.device) if critic else None
        self._epoch, self._taken, self._seconds = 0, 0, 0.0
        self._betas, self._window = checked(config, betas), Sums()

    @property
    def steps(self) -> int:
        """Optimizer steps in an epoch; images that fill no batch wait for another epoch."""
        return len(self._passes.images) // self.config.batch_size

    @property
    def step(self) -> int:
        """Optimizer steps so far."""
        return self._epoch * self.steps + self._taken

    @property
    def epoch(self) -> float:
        """Epochs so far, with the part of one that is under way."""
        return self._epoch + self._taken / self.steps

    @property
    def between_epochs(self) -> bool:
        """Whether an epoch is whole and the next one has not begun."""
        return self._taken == 0

    @property
    def seconds(self) -> float:
        """Of training so far, without what was done between the steps."""
        return self._seconds

    @property
    def finished(self) -> bool:
        """Whether the last epoch is whole."""
        return self._epoch >= self.config.epochs

    @property
    def betas(self) -> Betas:
        """The changes of beta so far: with them up front, another trainer repeats this run bit for bit."""
        return self._betas

    @property
    def beta(self) -> float:
        """What the next step is made with, before annealing.

        Raises (when it is set):
            InvalidSetting: when the objective has no beta, or for a value out of bounds.
        """
        return beta_at(self.config.beta, self._betas, self.step)

    @beta.setter
    def beta(self, beta: float) -> None:
        self._betas = changed(self.config, self._betas, self.step, beta)

    def epochs(self) -> Iterator[Progress]:
        """The epochs that are left, as `strides` gives them."""
        return (progress for progress in self.strides() if progress is not None)

    def strides(self) -> Iterator[Progress | None]:
        """A stop before the first step and after each: None, or the epoch's Progress once its last step is behind.

        An epoch is reported when its last step has left a finite loss. At a stop the weights are the model's alone to
        be looked at, and beta may be set.

        Raises:
            Diverged: at the first non-finite loss; the model then holds unusable weights.
        """
        with self._timed():
            if self._epoch == 0:
                begin(self.model, self._passes.images, self.config, self._generator)
            self._passes.begin(self._compiled)
        yield None
        while not self.finished:
            yield from self._train_epoch()

    def window(self) -> Window | None:
        """Means over the steps since the window before, or since the start; None when there were none."""
        means, self._window = self._window.means(), Sums()
        return means and Window(self.step, self.epoch, self._seconds, self.beta, *means)

    def state(self) -> dict[str, np.ndarray]:
        """All that a run needs beyond its weights and settings to go on bit for bit."""
        generator = self._generator.get_state().numpy().copy()
        own = {"generator": generator, "clock": np.array([self._epoch, self._seconds])} | self._optimizer.pack("adam")
        return own if self._adversary is None else own | self._adversary.state()

    def go_on(self, epoch: int, seconds: float) -> None:
        """Take up weights alone, after so many whole epochs: moments from zero, and draws that no epoch has had."""
        self._epoch, self._seconds = epoch, seconds
        self._generator.manual_seed(self.config.seed + (epoch << 32))

    def resume(self, state: Mapping[str, np.ndarray], moved: bool = False) -> None:
        """Take up a state; the model must hold the weights of the same moment.

        moved: from another device, whose generator is another: then the draws are new ones.

        Raises:
            CheckpointError: when the state does not fit the model.
        """
        own = {"generator": self._generator.get_state().numpy()} if moved else {}
        generator = taken({**state, **own}, "generator", tuple(self._generator.get_state().shape), np.uint8)
        epoch, seconds = taken(state, "clock", (2,), np.float64).tolist()
        if not (1 <= epoch <= self.config.epochs and math.isfinite(seconds) and seconds >= 0):
            raise CheckpointError(MISFIT)
        try:
            self._generator.set_state(torch.from_numpy(generator))
            self._epoch, self._seconds = int(epoch), seconds
        except (RuntimeError, TypeError, ValueError) as error:
            raise CheckpointError(MISFIT) from error
        if moved:
            self.go_on(self._epoch, self._seconds)
        self._optimizer.unpack("adam", state)
        if self._adversary is not None:
            self._adversary.resume(state)

    def _train_epoch(self) -> Iterator[Progress | None]:
        with self._timed():
            order = torch.randperm(len(self._passes.images), generator=self._generator, device=self.device)
            batches = order[: self.steps * self.config.batch_size].split(self.config.batch_size)
        self._taken, sums = 0, Sums()
        for batch in batches:
            with self._timed():
                row = self._step(batch, self.epoch / self.config.epochs)
                sums.add(row)
                self._window.add(row)
            self._taken += 1
            if self._taken < self.steps:
                yield None
        if means := sums.means():
            yield self._whole(means)

    def _whole(self, means: Means) -> Progress:
        """The epoch's report, once the loss is known to be finite after its last step."""
        with self._timed(), torch.no_grad():
            first = torch.arange(self.config.batch_size, device=self.device)
            loss = self._loss(self._passes.over(first, self.beta, 1.0, self._adversary))
            self._require_finite(self._ranks.gathered(loss[None]).mean())
        self._epoch, self._taken = self._epoch + 1, 0
        seen = self.step * self.config.batch_size
        return Progress(self._epoch, means.loss, means.nll, means.rate, self._seconds, seen, self.beta)

    @contextmanager
    def _timed(self) -> Iterator[None]:
        started = time.perf_counter()
        yield
        self._seconds += time.perf_counter() - started

    def _step(self, batch: Tensor, done: float) -> Tensor:
        """One optimizer step, none where weights are solved for; what it measured, as `Sums` takes it [2, 3, 3 + D]."""
        self._optimizer.lr = self.config.lr * SCHEDULES[self.config.schedule](done)
        step = self._passes.over(batch, self.beta, done, self._adversary)
        loss = self._loss(step) / (math.prod(self.model.config.image_shape) if self.config.per_pixel else 1)
        row = self._figures(step, loss)
        if not self._loss_row.closed_form:
            self._optimizer.zero_grad()
            row = self._ranks.descend(loss, row)
        self._require_finite(row[0])
        self._optimizer.step()
        if self._adversary is not None:
            self._adversary.learn(step.output.z, self._passes.codes(len(batch)), self._generator)
        return row

    def _loss(self, step: Pass) -> Tensor:
        return self._loss_row.minimised(step, self._loss_values)

    def _figures(self, step: Pass, loss: Tensor) -> Tensor:
        rate = [] if self.model.config.plain else [step.rate.detach().mean()]
        row = torch.stack([loss.detach(), step.terms.nll.detach().mean(), *rate])
        kl = step.terms.kl_per_dim
        return row if kl is None else torch.cat((row, kl.detach().mean(0)))

    def _require_finite(self, loss: Tensor) -> None:
        if not math.isfinite(loss.item()):
            dial = self.beta if self._loss_row.weighted and self.model.config.betas is None else None
            what, left = f"The loss became non-finite in epoch {self._epoch + 1}", "the last whole epoch"
            told = divergence.sentence(what, left if self._epoch else "", self.config.lr, dial)
            raise Diverged(told, self._epoch + 1)
