"""Whether a run has diverged: judged after every epoch on images that it is not trained on, by what figures can mean.

Not by whether they are finite: a rate of 1e22 nats is. The scale is the nll of the mean image, drawn whatever is shown.
"""

import math

from vae_explorer.config import TrainConfig
from vae_explorer.errors import Diverged
from vae_explorer.models.vae import VAE
from vae_explorer.training.watched_images import Figures, WatchedImages

AT_ONCE = 2.0
"""Nats a pixel above the mean image's nll, beyond which an epoch's end is enough."""
TWICE = 0.1
"""The same, beyond which two ends in a row are, or the last."""
FELL = 0.02
"""The same of a run that was better than the mean image by as much, and is worse by as much from then on."""
LOOSEST = 1e-3
"""The least weight by which a rate is taken to be held down; without any it may grow far before it means nothing."""
WIDEST, FARTHEST = 30.0, 1e6
"""Of log σ², and of a code's number."""


def sentence(what: str, left: str, lr: float, beta: float | None = None) -> str:
    """What happened, which epoch is left of the run, and what to do; left: empty where none is."""
    kept = f"{left} is kept. Resume it" if left else "there is no good epoch to keep. Start again"
    dial = "" if beta is None else f" or a lower beta (now {beta:g})"
    return f"{what}; {kept} with a lower lr (now {lr:g}){dial}."


class Watch:
    """The images that are looked at, and what a run made of them before."""

    def __init__(self, model: VAE, config: TrainConfig, images: WatchedImages) -> None:
        self._images, self._config = images, config
        betas = model.config.betas
        weight = config.beta if betas is None else betas.low
        self._held = max(min(0.0 if config.annealing != "none" else weight, 1.0), LOOSEST)
        self._mean_image = images.mean_image_nll(model)
        self._start = max(self._mean_image, images.figures(model).nll)
        self._best, self._suspect = math.inf, False

    @property
    def doubtful(self) -> bool:
        """Whether the last epoch looked at is one that the next may show to have been bad; it is not yet to be kept."""
        return self._suspect

    def look(self, model: VAE, epoch: int, kept: int) -> Figures:
        """Judge the end of an epoch by its figures; kept: the epoch that would be left.

        Raises:
            Diverged: with what is seen and what to do.
        """
        seen = self._images.figures(model)
        last = epoch >= self._config.epochs
        told = self._range(seen) or self._beyond(seen, AT_ONCE)
        doubt = self._beyond(seen, TWICE) or self._fallen(seen)
        if not told and doubt and (self._suspect or last):
            told = doubt
        self._suspect = bool(doubt)
        if told:
            what, left = f"Training diverged in epoch {epoch}: {told}", f"epoch {kept}" if kept else ""
            raise Diverged(sentence(what, left, self._config.lr), epoch)
        self._best = min(self._best, seen.nll)
        return seen

    def _beyond(self, seen: Figures, by: float) -> str:
        """What of nll and rate is beyond all that a run can mean."""
        room = by * self._images.pixels
        if seen.rate is not None and not self._held * seen.rate <= self._mean_image + room:
            return f"its rate is {seen.rate:.3g} nats on unseen images, far beyond what an image is worth"
        if not seen.nll <= self._start + room:
            return f"its nll is {seen.nll:.3g} nats on unseen images, where the mean image has {self._mean_image:.3g}"
        return ""

    def _fallen(self, seen: Figures) -> str:
        room = FELL * self._images.pixels
        if self._best < self._mean_image - room and seen.nll > self._mean_image + room:
            return f"its nll rose from {self._best:.3g} to {seen.nll:.3g} nats on unseen images, above the mean image's"
        return ""

    def _range(self, seen: Figures) -> str:
        if not seen.logvar <= WIDEST:
            return f"log σ² has risen to {seen.logvar:.3g}"
        return "" if seen.mu <= FARTHEST else f"codes lie as far out as {seen.mu:.3g}"
