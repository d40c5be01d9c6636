"""A training run from settings to a finished checkpoint, saved whole after every epoch; interrupted, it goes on."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from vae_explorer import checkpoints, coding, datasets, models
from vae_explorer.checkpoints import Checkpoint, Recipe, catalogue
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.datasets.images import ImageSet
from vae_explorer.errors import CheckpointError, require
from vae_explorer.folders import require_writable, standing
from vae_explorer.journal.recorder import Journal
from vae_explorer.metrics.evaluation import Evaluation, evaluation
from vae_explorer.presets import preset
from vae_explorer.training.trainer import Progress, Trainer


@dataclass(frozen=True)
class Plan:
    """All that a run needs to know; checked before anything is read or written."""

    preset: str
    dataset: str
    model: ModelConfig
    train: TrainConfig
    folder: Path
    threads: int = 1
    """What the process works with."""
    device: str = "cpu"
    compiled: bool = False
    resumed: Checkpoint | None = None


def plan(
    name: str,
    dataset: str,
    training: Mapping[str, Any],
    shape: Mapping[str, Any] | None = None,
    out: Path | None = None,
) -> Plan:
    """A checked plan from a preset and the settings that differ from it, of training and of the model's shape.

    The folder defaults to runs/<dataset>-<preset>[-<what was changed>…]-b<beta>-s<seed>.

    Raises:
        UnknownName: for a preset or data set that is not known.
        InvalidSetting: for a value out of bounds.
    """
    row, data, shape = preset(name), datasets.dataset(dataset), shape or {}
    train = TrainConfig(**{**row.training, **training})
    model = row.model(data.image_shape, len(data.classes), **shape)
    models.outline(model)
    folder = out or catalogue.roots()[1] / _name(name, dataset, train, shape)
    require(
        checkpoints.NAME.fullmatch(folder.name) is not None,
        f"The folder's name must be at most 80 letters, digits and ._+- only, not “{folder.name}”.",
    )
    return Plan(name, dataset, model, train, folder)


def _name(name: str, dataset: str, train: TrainConfig, shape: Mapping[str, Any]) -> str:
    changes = [f"z{shape['latent_dim']}"] if "latent_dim" in shape else []
    changes += [str(shape[setting]) for setting in ("likelihood", "prior") if setting in shape]
    changes += [] if train.objective == preset(name).objective else [train.objective]
    return "-".join([dataset, name, *changes, f"b{train.beta:g}", f"s{train.seed}"])


def resumption(folder: Path, training: Mapping[str, Any], shape: Mapping[str, Any]) -> Plan:
    """The plan of an interrupted run, which goes on bit for bit; settings may be repeated, but not changed.

    Raises:
        CheckpointError: when the folder holds no run, or a finished one.
        InvalidSetting: when a setting differs from the run's.
    """
    checkpoint = checkpoints.open_checkpoint(folder)
    checkpoints.read_state(checkpoint)
    recipe = checkpoint.recipe
    known = {**recipe.model.to_dict(), **recipe.train.to_dict()}
    for name, value in {**training, **shape}.items():
        require(
            known[name] == value,
            f"{checkpoint.id} was started with {name} {known[name]}, not {value}; a resumed run keeps its settings.",
        )
    return Plan(
        recipe.preset,
        recipe.dataset,
        recipe.model,
        recipe.train,
        folder,
        threads=recipe.threads,
        device=recipe.device,
        compiled=recipe.compiled,
        resumed=checkpoint,
    )


def refuse_existing(folder: Path, replace: bool = False) -> None:
    """Keep an older checkpoint from being overwritten by accident, and what is no checkpoint from being so at all.

    Raises:
        InvalidSetting: when the folder is there already and may not be replaced, or holds other files.
    """
    place = standing(folder)
    if not place.exists():
        return
    require(replace, f"{folder} exists already; choose another --out, or --replace it.")
    others = sorted({path.name for path in place.iterdir()} - checkpoints.FILES) if place.is_dir() else [place.name]
    require(not others, f"{folder} is no checkpoint: it holds {others[:1]}; choose another --out.")


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
        TrainingStopped: at a non-finite loss; the last whole epoch stays.
    """
    require_writable(planned.folder)
    images = datasets.load(planned.dataset, "train", data_root)
    test = datasets.load(planned.dataset, "test", data_root)
    held = planned.train.held_out
    trainer, history = _trainer(planned, images if held is None else images.without(held))
    recipe = planned.resumed.recipe if planned.resumed else None
    if journal is not None:
        journal.begin(planned.model, test)
    for progress in trainer.strides():
        if progress is not None:
            history.append(progress._asdict())
            recipe = _recipe(planned, trainer, progress)
            weights, state = models.weights(trainer.model), trainer.state()
            checkpoints.save(planned.folder, recipe, weights, history, state=state)
            report(progress, planned.train.epochs)
        if journal is not None:
            journal.look(trainer)
    assert recipe is not None
    return measure(planned.folder, recipe, test)


def _trainer(planned: Plan, images: ImageSet) -> tuple[Trainer, list[dict[str, Any]]]:
    make = Trainer
    if planned.resumed is None:
        model = models.build(planned.model, planned.train.seed)
        return make(model, images, planned.train, planned.device, planned.compiled), []
    weights = checkpoints.read_weights(planned.resumed)
    model = deepcopy(models.restore(planned.model, weights))  # the stored arrays are not ours to train in
    betas = planned.resumed.recipe.betas
    trainer = make(model, images, planned.train, planned.device, planned.compiled, betas)
    trainer.resume(checkpoints.read_state(planned.resumed))
    return trainer, checkpoints.read_history(planned.resumed)


def measure(folder: Path, recipe: Recipe, images: ImageSet) -> tuple[Checkpoint, Evaluation]:
    """Encode a split with the folder's model and store latents and measured figures beside its weights.

    An interrupted run keeps the state from which it can go on; a finished one no longer needs it.

    Raises:
        CheckpointError: when what was measured is not finite; the folder stays as it was.
    """
    checkpoint = checkpoints.open_checkpoint(folder)
    weights, history = checkpoints.read_weights(checkpoint), checkpoints.read_history(checkpoint)
    encoded = coding.encode_set(models.restore(recipe.model, weights), images)
    measured = evaluation(encoded)
    if not (np.isfinite(encoded.mu).all() and np.isfinite(measured.nll) and np.isfinite(measured.rate or 0)):
        raise CheckpointError(f"{folder.name} gives figures that are not finite; train again with a lower lr.")
    unfinished = checkpoints.STATE in checkpoint.files and recipe.epoch < recipe.train.epochs
    state = checkpoints.read_state(checkpoint) if unfinished else None
    figures = checkpoints.read_measurements(checkpoint)._replace(evaluation=measured)
    return checkpoints.save(folder, recipe, weights, history, figures, encoded, state), measured


def _recipe(planned: Plan, trainer: Trainer, progress: Progress) -> Recipe:
    speed = progress.images / progress.seconds
    figures = {"epoch": progress.epoch, "seconds": progress.seconds, "images_per_second": speed}
    place = {"threads": planned.threads, "device": planned.device, "compiled": planned.compiled}
    source = planned.model, planned.train, planned.dataset, planned.preset
    return Recipe(*source, **figures, **place, betas=trainer.betas)
