"""A planned run to its finished checkpoint, saved whole after every epoch; interrupted, it goes on."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from vae_explorer import checkpoints, coding, datasets, models
from vae_explorer.checkpoints import Checkpoint, Recipe
from vae_explorer.datasets.images import ImageSet
from vae_explorer.errors import CheckpointError, Diverged, require
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
from vae_explorer.training.trainer import Trainer
from vae_explorer.training.validation import Validation
from vae_explorer.training.watched_images import Figures, WatchedImages


def execute(
    planned: Plan,
    data_root: Path | None,
    report: Callable[[Progress, int], None],
    journal: Journal | None = None,
) -> tuple[Checkpoint, Evaluation]:
    """Train, saving after every epoch, then measure on the test split; report(progress, epochs) after each epoch.

    A journal looks on between the steps; what is trained is the same with and without it.

    Raises:
        StorageError: when the folder cannot be written; before anything is trained.
        DataUnavailable: before anything is written.
        Diverged: at a non-finite loss, where the last whole epoch stays, and when its figures mean nothing any more,
            where the last good one does, measured.
    """
    require_writable(planned.folder)
    test = datasets.load(planned.dataset, "test", data_root)
    images = run_images.load(planned, test, data_root)
    trainer, best, history = _trainer(planned, images.train)
    recipe = planned.resumed.recipe if planned.resumed else None
    if journal is not None:
        journal.begin(planned.model, test)
    watched = WatchedImages(trainer.model, images.watched)
    watch = Watch(trainer.model, planned.train, watched)
    if history and not best.epoch:
        best.look(trainer.model, watched.figures(trainer.model), len(history), trainer.beta)
    for progress in trainer.strides():
        found = None
        if progress is not None:
            seen = _look(watch, trainer.model, progress.epoch, planned.folder, recipe, test)
            found = Validation(seen.nll, seen.rate, images.split, len(images.watched))
            progress = progress._replace(validation=found)
            history.append(progress.record())
            if not watch.doubtful:
                best.look(trainer.model, seen, progress.epoch, progress.beta)
                recipe = _recipe(planned, trainer, progress)
                _save(planned.folder, recipe, trainer, best, history)
            report(progress, planned.train.epochs)
        if journal is not None:
            journal.look(trainer, found)
        if trainer.between_epochs and best.given_up(int(trainer.epoch)):
            break
    assert recipe is not None
    return _settle(planned.folder, recipe, best, test)


def _save(folder: Path, recipe: Recipe, trainer: Trainer, best: BestEpoch, history: list[dict[str, Any]]) -> None:
    weights, state = models.weights(trainer.model), trainer.state() | best.state()
    checkpoints.save(folder, recipe, weights, history, state=state, same_units=len(history) > 1)


def _look(watch: Watch, model: VAE, epoch: int, folder: Path, kept: Recipe | None, test: ImageSet) -> Figures:
    """Judge an epoch before it takes the place of the one that is kept.

    Raises:
        Diverged: after the model that is kept was marked and measured.
    """
    try:
        return watch.look(model, epoch, 0 if kept is None else kept.epoch)
    except Diverged:
        if kept is not None:
            measure(folder, replace(kept, diverged=epoch), test)
        raise


def _settle(folder: Path, recipe: Recipe, best: BestEpoch, test: ImageSet) -> tuple[Checkpoint, Evaluation]:
    """The model that is kept, measured: that of the last epoch, or of the best."""
    earlier = bool(best.weights) and best.epoch < recipe.epoch
    if earlier or recipe.epoch < recipe.train.epochs:
        recipe = replace(recipe, epoch=best.epoch if earlier else recipe.epoch, ended=recipe.epoch)
    return measure(folder, recipe, test, weights=best.weights if earlier else None)


def _trainer(planned: Plan, images: ImageSet) -> tuple[Trainer, BestEpoch, list[dict[str, Any]]]:
    make, best = Trainer, BestEpoch(planned.train)
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
    place = {"threads": planned.threads, "device": planned.device, "compiled": planned.compiled}
    source = planned.model, planned.train, planned.dataset, planned.preset
    return Recipe(*source, **figures, **place, betas=trainer.betas, stages=planned.stages)
