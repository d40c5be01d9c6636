"""METRICS measured of a checkpoint on a split: the model is read here, and what was measured is stored beside it."""

from collections.abc import Callable, Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from vae_explorer import checkpoints, coding, datasets, factor_codes, metrics
from vae_explorer.bounds import require_seed
from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.datasets.images import ImageSet
from vae_explorer.latents.encoded import Latents
from vae_explorer.metrics.evidence import Evidence
from vae_explorer.metrics.results import Result, merged
from vae_explorer.metrics.scores.codes import Codes


def measure(
    checkpoint: Checkpoint,
    evidence: Evidence,
    settings: Mapping[str, Any],
    again: bool,
    names: Collection[str] | None = None,
) -> dict[str, Result]:
    """The result of every row of METRICS that applies, by its name; what is stored is not measured another time.

    Args:
        checkpoint: the model.
        evidence: of it, on a split.
        settings: of the rows, by name.
        again: measure what is stored too.
        names: of the rows to measure; the usual ones unless given.

    Raises:
        InvalidSetting: as the rows do.
    """
    return metrics.measure(evidence, settings, {} if again else _stored(checkpoint, evidence), names)


def _stored(checkpoint: Checkpoint, evidence: Evidence) -> Mapping[str, Result]:
    evaluation, results = checkpoints.read_measurements(checkpoint)
    source = evidence.images.name, evidence.images.split
    known = metrics.on_split(results, *source, evidence.model, checkpoint.at)
    of_latents = checkpoint.at is None and evaluation is not None and (evaluation.dataset, evaluation.split) == source
    return known | evaluation.results() if evaluation is not None and of_latents else known


def store(checkpoint: Checkpoint, results: Mapping[str, Result]) -> Checkpoint:
    """Keep beside the checkpoint what is not there yet, each result in place of an older one on the same split.

    Raises:
        CheckpointError, StorageError: as checkpoints.store_measurements.
    """
    before = checkpoints.read_measurements(checkpoint)
    of_latents = before.evaluation.results() if before.evaluation is not None else {}
    seen = {name: result._replace(beta=checkpoint.at) for name, result in results.items()}
    new = [result for name, result in seen.items() if result not in (*before.results, of_latents.get(name))]
    if not new:
        return checkpoint
    return checkpoints.store_measurements(checkpoint, before._replace(results=merged(before.results, new)))


def evidence(
    checkpoint: Checkpoint,
    images: ImageSet,
    seed: int,
    root: Path | None = None,
    beside: Collection[Checkpoint] = (),
) -> Evidence:
    """A checkpoint's model on a split, for METRICS to look at; nothing is read before it is asked for.

    Args:
        checkpoint: the model.
        images: the split that is measured.
        seed: of every draw.
        root: where data sets lie.
        beside: other models, of which those that differ in their seed alone are compared with it.

    Raises:
        InvalidSetting: for a bad seed.
    """
    require_seed(seed)

    @cache
    def encode(split: str) -> Latents:
        chosen = images if split == images.split else datasets.load(images.name, split, root)
        return coding.encode_set(catalogue.MODELS.get(checkpoint), chosen, seed)

    def bound(samples: int) -> np.ndarray:
        return coding.importance_weighted_bound(catalogue.MODELS.get(checkpoint), images, samples, seed)

    def reconstruction_mse() -> float:
        return coding.reconstruction_mse(catalogue.MODELS.get(checkpoint), images)

    def codes_of(other: Checkpoint) -> Callable[[], Codes]:
        return lambda: factor_codes.codes(other, images.name, root)

    recipe = checkpoint.recipe
    siblings = {other.id: codes_of(other) for other in beside if recipe.differs_in_seed_alone(other.recipe)}
    model = recipe.model, recipe.train
    return Evidence(*model, images, seed, encode, bound, reconstruction_mse, codes_of(checkpoint), siblings)
