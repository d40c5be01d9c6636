"""A planned run to its finished checkpoint, saved whole after every epoch; interrupted, it goes on."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from copy import deepcopy
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from vae_explorer import checkpoints, coding, datasets, models
from vae_explorer.checkpoints import Checkpoint, Recipe
from vae_explorer.checkpoints.stages import PLACE
from vae_explorer.datasets.images import ImageSet
from vae_explorer.errors import CheckpointError, Diverged, ExplorerError, require
from vae_explorer.folders import require_writable
from vae_explorer.journal.recorder import Journal
from vae_explorer.latents.beta_latents import BetaLatents, stacked
from vae_explorer.latents.encoded import Latents
from vae_explorer.metrics.evaluation import Evaluation, evaluation
from vae_explorer.models.vae import VAE
from vae_explorer.runs import run_images
from vae_explorer.runs.plans import Plan
from vae_explorer.training.best_epoch import BestEpoch
from vae_explorer.training.divergence import Watch
from vae_explorer.training.progress import Progress
from vae_explorer.training.ranks import ALONE, Ranks
from vae_explorer.training.trainer import Trainer
from vae_explorer.training.validation import Parts, Validation
from vae_explorer.training.watched_images import WatchedImages


def execute(
    planned: Plan,
    data_root: Path | None,
    report: Callable[[Progress, int], None],
    journal: Journal | None = None,
    ranks: Ranks = ALONE,
) -> tuple[Checkpoint, Evaluation]:
    """Train, saving after every epoch, then measure on the test split; report(progress, epochs) after each epoch.

    A journal looks on between the steps; what is trained is the same with and without it. Of several processes this
    is the first, and each of the others is to `assist`.

    Raises:
        StorageError: when the folder cannot be written; before anything is trained.
        DataUnavailable: before anything is written.
        Diverged: at a non-finite loss, where the last whole epoch stays, and when its figures mean nothing any more,
            where the last good one does, measured.
    """
    require_writable(planned.folder)
    test = datasets.load(planned.dataset, "test", data_root)
    run = _Run(planned, run_images.load(planned, test, data_root), ranks)
    if journal is not None:
        journal.begin(planned.model, test)
    try:
        run.train(report, journal)
    except Diverged as error:
        if run.kept is not None:
            measure(planned.folder, replace(run.kept, diverged=error.epoch), test)
        raise
    assert run.kept is not None
    return _settle(planned.folder, run.kept, run.best, test)


def assist(planned: Plan, data_root: Path | None, ranks: Ranks) -> None:
    """Take part in the steps of a run that another process keeps, to its end; what that was, the other one tells.

    Raises:
        DataUnavailable: when the images are not on this machine.
    """
    test = datasets.load(planned.dataset, "test", data_root)
    trainer, *_ = _trainer(planned, run_images.load(planned, test, data_root).train, ranks)
    with suppress(Diverged):  # at a loss that is no number, which is the same for all
        for _ in trainer.strides():
            if trainer.between_epochs and ranks.agreed(False):
                return


class _Run:
    """A run under way."""

    def __init__(self, planned: Plan, images: Parts, ranks: Ranks) -> None:
        self._planned, self._images, self._ranks = planned, images, ranks
        self._trainer, self.best, self._history = _trainer(planned, images.train, ranks)
        self.kept = planned.resumed.recipe if planned.resumed else None
        """Of the epoch that the folder holds; None before the first."""
        watched = WatchedImages(self._trainer.model, images.watched)
        self._watch = Watch(self._trainer.model, planned.train, watched)
        if self._history and not self.best.epoch:
            seen = watched.figures(self._trainer.model)
            self.best.look(self._trainer.model, seen, len(self._history), self._trainer.beta)

    def train(self, report: Callable[[Progress, int], None], journal: Journal | None) -> None:
        """To the last epoch, or until none better has come for long."""
        for progress in self._trainer.strides():
            whole = None if progress is None else self._judged(progress)
            if whole is not None:
                report(whole, self._planned.train.epochs)
            if journal is not None:
                journal.look(self._trainer, None if whole is None else whole.validation)
            if self._trainer.between_epochs and self._ranks.agreed(self.best.given_up(int(self._trainer.epoch))):
                return

    def _judged(self, progress: Progress) -> Progress:
        """The same; where it ends the run, the other processes hear of it, who wait for no more than a word."""
        try:
            return self._whole(progress)
        except ExplorerError:
            self._ranks.agreed(True)
            raise

    def _whole(self, progress: Progress) -> Progress:
        """An epoch, judged before it takes the place of the one that is kept."""
        model, watched = self._trainer.model, self._images.watched
        seen = self._watch.look(model, progress.epoch, 0 if self.kept is None else self.kept.epoch)
        progress = progress._replace(validation=Validation(seen.nll, seen.rate, self._images.split, len(watched)))
        self._history.append(progress.record())
        if not self._watch.doubtful:
            self.best.look(model, seen, progress.epoch, progress.beta)
            self._save(progress)
        return progress

    def _save(self, progress: Progress) -> None:
        self.kept = _recipe(self._planned, self._trainer, progress)
        weights, state = models.weights(self._trainer.model), self._trainer.state() | self.best.state()
        later = len(self._history) > 1
        checkpoints.save(self._planned.folder, self.kept, weights, self._history, state=state, same_units=later)


def _settle(folder: Path, recipe: Recipe, best: BestEpoch, test: ImageSet) -> tuple[Checkpoint, Evaluation]:
    """The model that is kept, measured: that of the last epoch, or of the best."""
    earlier = bool(best.weights) and best.epoch < recipe.epoch
    if earlier or recipe.epoch < recipe.train.epochs:
        recipe = replace(recipe, epoch=best.epoch if earlier else recipe.epoch, ended=recipe.epoch)
    return measure(folder, recipe, test, weights=best.weights if earlier else None)


def _trainer(planned: Plan, images: ImageSet, ranks: Ranks) -> tuple[Trainer, BestEpoch, list[dict[str, Any]]]:
    make, best = partial(Trainer, ranks=ranks), BestEpoch(planned.train)
    if planned.resumed is None:
        model = models.build(planned.model, planned.train.seed)
        return make(model, images, planned.train, planned.device, planned.compiled), best, []
    recipe, weights = planned.resumed.recipe, checkpoints.read_weights(planned.resumed)
    history = [line for line in checkpoints.read_history(planned.resumed) if line["epoch"] <= recipe.epoch]
    model = deepcopy(models.restore(planned.model, weights))  # the stored arrays are not ours to train in
    trainer = make(model, images, planned.train, planned.device, planned.compiled, recipe.betas)
    if checkpoints.STATE in planned.resumed.files:
        state = checkpoints.read_state(planned.resumed)
        trainer.resume(state, moved=planned.device != recipe.device)
        best.resume(state)
    else:
        trainer.go_on(recipe.epoch, history[-1]["seconds"])
    if planned.beta is not None:
        trainer.beta = planned.beta
    if planned.stages != recipe.stages:
        best.begin(recipe.epoch)
    return trainer, best, history


def measure(
    folder: Path,
    recipe: Recipe,
    images: ImageSet,
    half: bool = False,
    weights: Mapping[str, np.ndarray] | None = None,
) -> tuple[Checkpoint, Evaluation]:
    """Encode a split with the folder's model and store latents and measured figures beside its weights.

    An interrupted run keeps the state from which it can go on; a finished one no longer needs it. With `half` the
    weights of a finished one are kept in half precision from now on, and all figures are those of these weights.
    weights: of the epoch that was chosen, to be the model's from now on.

    Raises:
        CheckpointError: when what was measured is not finite; the folder stays as it was.
        InvalidSetting: for `half` of an interrupted run.
    """
    checkpoint = checkpoints.open_checkpoint(folder)
    short = recipe.epoch < recipe.train.epochs and recipe.ended is None
    unfinished = checkpoints.STATE in checkpoint.files and short
    require(not (half and unfinished), "An interrupted run goes on in full precision; finish it before you halve it.")
    weights, history = weights or checkpoints.read_weights(checkpoint), checkpoints.read_history(checkpoint)
    weights = models.halved(weights) if half else weights
    network = models.restore(recipe.model, weights)
    encoded, measured = encode(network, images, folder.name)
    state = checkpoints.read_state(checkpoint) if unfinished else None
    before = checkpoints.Measurements() if half else checkpoints.read_measurements(checkpoint)
    figures = before._replace(evaluation=measured)
    stops = None if unfinished else _stops(network, images)
    kept = {"state": state, "stops": stops, "same_units": True}
    return checkpoints.save(folder, recipe, weights, history, figures, encoded, **kept), measured


def encode(network: VAE, images: ImageSet, name: str) -> tuple[Latents, Evaluation]:
    """A split as a network of this name encodes it, and its figures.

    Raises:
        CheckpointError: when what was measured is not finite.
    """
    encoded = coding.encode_set(network, images)
    measured = evaluation(encoded)
    if not (np.isfinite(encoded.mu).all() and np.isfinite(measured.nll) and np.isfinite(measured.rate or 0)):
        raise CheckpointError(f"{name} gives figures that are not finite; train again with a lower lr.")
    return encoded, measured


def _stops(network: VAE, images: ImageSet) -> BetaLatents | None:
    """The split at every stop of a multi-rate network, all by the same eps; None of any other network."""
    betas = network.config.betas
    if betas is None:
        return None
    stops = betas.stops()
    return stacked(stops, [coding.encode_set(models.at_beta(network, beta), images) for beta in stops])


def _recipe(planned: Plan, trainer: Trainer, progress: Progress) -> Recipe:
    speed = progress.images / progress.seconds
    figures = {"epoch": progress.epoch, "seconds": progress.seconds, "images_per_second": speed}
    place = {name: getattr(planned, name) for name in PLACE}
    source = planned.model, planned.train, planned.dataset, planned.preset
    return Recipe(*source, **figures, **place, betas=trainer.betas, stages=planned.stages)
