"""What a look at images that are not trained on takes of an epoch: both timed in turn, in one process."""

import time
from collections.abc import Iterator
from typing import NamedTuple

from bench.figure import Figure, median
from vae_explorer import datasets, models
from vae_explorer.config import VALIDATION_SHARE
from vae_explorer.run_settings import RunSettings
from vae_explorer.training import process
from vae_explorer.training.trainer import Trainer
from vae_explorer.training.validation import parts
from vae_explorer.training.watched_images import WatchedImages

GOAL = 3.0
"""Percent of an epoch."""


class Case(NamedTuple):
    """A run of so many epochs."""

    preset: str
    dataset: str
    epochs: int


CASES = (Case("mlp-small-z2", "digits", 30), Case("mlp-400-z20", "mnist", 5), Case("conv-z10", "mnist", 1))


def run() -> Iterator[Figure]:
    """Test images alone, as in every run, and a twentieth of the training images, where an epoch is chosen."""
    process.prepare(1)
    for case in CASES:
        for share in (0.0, VALIDATION_SHARE):
            yield _figure(case, share)


def _figure(case: Case, share: float) -> Figure:
    train, test = (datasets.load(case.dataset, split) for split in ("train", "test"))
    images = parts(train, train, test, share)
    settings = RunSettings(case.preset, case.dataset, {"epochs": case.epochs + 1, "validation": share})
    trainer = Trainer(models.build(settings.model), images.train, settings.train)
    watched, epochs = WatchedImages(trainer.model, images.watched), trainer.epochs()
    next(epochs)  # the first meets memory that is new to it
    watched.figures(trainer.model)
    ratios = []
    for _ in range(case.epochs):
        before = trainer.seconds
        next(epochs)
        started = time.perf_counter()
        watched.figures(trainer.model)
        ratios.append((time.perf_counter() - started) / (trainer.seconds - before))
    what = f"{len(images.watched):,} {images.split} images"
    return Figure(f"{case.dataset}, {case.preset}: {what}", 100 * median(ratios), "% of an epoch", GOAL)
