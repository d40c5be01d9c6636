"""The best epoch so far by validation images: which one is kept, and whether a better one is still waited for."""

import math
from collections.abc import Mapping

import numpy as np

from vae_explorer import models
from vae_explorer.config import TrainConfig
from vae_explorer.losses import LOSSES
from vae_explorer.models.vae import VAE
from vae_explorer.training.optimizers import taken
from vae_explorer.training.watched_images import Figures

CLOCK, WEIGHTS = "best.clock", "best.weights."


class BestEpoch:
    """Judged by nll + β · rate, where β weighs the rate in what is minimised; by nll + rate under every other loss.

    Scores under one β do not compare with those under another: once it is changed, the best is looked for anew.
    """

    def __init__(self, config: TrainConfig) -> None:
        self._config, self._on_rate = config, LOSSES[config.objective].on_rate
        self.epoch = 0
        """The best one; 0 before the first."""
        self._score, self._beta, self._begun = math.inf, config.beta, 0
        self.weights: dict[str, np.ndarray] = {}
        """Of the best one, where it is to be kept."""

    def look(self, model: VAE, seen: Figures, epoch: int, beta: float) -> None:
        """The figures of an epoch on validation images, and the β that it ended with."""
        if not self._config.validation:
            return
        weight = beta if self._on_rate and model.config.betas is None else 1.0
        score = seen.nll + weight * seen.weighted_rate
        if score < self._score or beta != self._beta:
            self.epoch, self._score, self._beta = epoch, score, beta
            self.weights = models.weights(model) if self._config.keep == "best" else {}

    def begin(self, epoch: int) -> None:
        """Wait anew from this epoch on: whoever trains further wants it to go on."""
        self._begun = epoch

    def given_up(self, epoch: int) -> bool:
        """Whether none has been better for as long as patience lasts."""
        patience = self._config.patience
        return patience > 0 and epoch - max(self.epoch, self._begun) >= patience

    def state(self) -> dict[str, np.ndarray]:
        """All that it needs to go on bit for bit, by name; nothing before the first epoch."""
        if not self.epoch:
            return {}
        clock = np.array([self.epoch, self._score, self._beta, self._begun], np.float64)
        return {CLOCK: clock} | {WEIGHTS + name: value for name, value in self.weights.items()}

    def resume(self, state: Mapping[str, np.ndarray]) -> None:
        """Take up what `state` gave, if it gave anything.

        Raises:
            CheckpointError: when it does not fit.
        """
        if CLOCK not in state:
            return
        epoch, self._score, self._beta, begun = taken(state, CLOCK, (4,), np.float64).tolist()
        self.epoch, self._begun = int(epoch), int(begun)
        self.weights = {name.removeprefix(WEIGHTS): state[name] for name in state if name.startswith(WEIGHTS)}
