"""A training run from settings to a finished checkpoint, saved whole after every epoch."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vae_explorer import catalogue, checkpoints, coding, config, datasets, models, training
from vae_explorer.checkpoints import Checkpoint, Recipe
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.datasets.images import ImageSet
from vae_explorer.errors import InvalidSetting
from vae_explorer.folders import standing
from vae_explorer.latents import Evaluation, evaluation


@dataclass(frozen=True)
class Plan:
    """All that a run needs to know; checked before anything is read or written."""

    preset: str
    dataset: str
    model: ModelConfig
    train: TrainConfig
    folder: Path


def plan(preset: str, dataset: str, train: TrainConfig, latent_dim: int | None = None, out: Path | None = None) -> Plan:
    """A checked plan; the folder defaults to runs/<dataset>-<preset>-b<beta>-s<seed>.

    Raises:
        UnknownName: for a preset or data set that is not known.
        InvalidSetting: for a value out of bounds.
    """
    shape = datasets.dataset(dataset).image_shape
    model = config.preset(preset).model(shape, latent_dim)
    latent = "" if latent_dim is None else f"-z{latent_dim}"
    name = f"{dataset}-{preset}{latent}-b{train.beta:g}-s{train.seed}"
    folder = out or catalogue.roots()[1] / name
    config.require(
        checkpoints.NAME.fullmatch(folder.name) is not None,
        f"The folder's name must be at most 80 letters, digits and ._+- only, not “{folder.name}”.",
    )
    return Plan(preset, dataset, model, train, folder)


def refuse_existing(folder: Path) -> None:
    """Keep an older checkpoint from being overwritten by accident.

    Raises:
        InvalidSetting: when the folder is there already.
    """
    if standing(folder).exists():
        raise InvalidSetting(f"{folder} exists already; choose another --out, or --replace it.")


def execute(
    planned: Plan, data_root: Path | None, report: Callable[[training.Progress, int], None]
) -> tuple[Checkpoint, Evaluation]:
    """Train, saving after every epoch, then measure on the test split; report(progress, epochs) after each epoch.

    Raises:
        DataUnavailable: before anything is written.
        TrainingStopped: at a non-finite loss; the last whole epoch stays.
    """
    images = datasets.load(planned.dataset, "train", data_root)
    test = datasets.load(planned.dataset, "test", data_root)
    model = models.build(planned.model, planned.train.seed)
    history: list[dict[str, Any]] = []
    recipe = None
    for progress in training.train(model, images, planned.train):
        history.append(progress._asdict())
        recipe = _recipe(planned, progress)
        checkpoints.save(planned.folder, recipe, models.weights(model), history)
        report(progress, planned.train.epochs)
    assert recipe is not None
    return measure(planned.folder, recipe, test)


def measure(folder: Path, recipe: Recipe, images: ImageSet) -> tuple[Checkpoint, Evaluation]:
    """Encode a split with the folder's model and store latents and measured figures beside its weights."""
    checkpoint = checkpoints.open_checkpoint(folder)
    weights, history = checkpoints.read_weights(checkpoint), checkpoints.read_history(checkpoint)
    encoded = coding.encode_set(models.restore(recipe.model, weights), images)
    measured = evaluation(encoded)
    return checkpoints.save(folder, recipe, weights, history, measured.to_dict(), encoded), measured


def _recipe(planned: Plan, progress: training.Progress) -> Recipe:
    speed = progress.images / progress.seconds
    figures = {"epoch": progress.epoch, "seconds": progress.seconds, "images_per_second": speed}
    return Recipe(planned.model, planned.train, planned.dataset, planned.preset, **figures)
