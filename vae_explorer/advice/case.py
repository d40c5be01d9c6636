"""Case: all that was measured of one model, and the moments that advice is made of."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from vae_explorer import checkpoints
from vae_explorer.advice.image_bounds import ImageBounds, image_bounds
from vae_explorer.checkpoints import Checkpoint, Recipe, catalogue, originals
from vae_explorer.config import ModelConfig
from vae_explorer.latents.beta_latents import BetaCurve, curve
from vae_explorer.latents.encoded import Latents
from vae_explorer.metrics import columns
from vae_explorer.metrics.evaluation import Evaluation
from vae_explorer.metrics.metric import Place
from vae_explorer.metrics.results import Result

LEAST_BETA = 0.1
"""Below it the pull of the rate is too weak to be seen in a training of usual length."""
BASIC = frozenset(("nll", "rate", "elbo", "active_units"))
"""Rows that are no scores."""


class Score(NamedTuple):
    """A figure, and which images it was measured on."""

    value: float
    source: str


class Case(NamedTuple):
    """One model as it was measured."""

    id: str
    recipe: Recipe
    latents: Latents
    measured: Evaluation
    history: Sequence[Mapping[str, Any]]
    """Means over training images, one record per epoch."""
    bounds: ImageBounds | None = None
    """Of the encoded images; None where they are not on this machine."""
    curve: BetaCurve | None = None
    """Of a multi-rate network, over all its β's."""
    scores: Mapping[str, Score] = MappingProxyType({})
    """Further figures by heading."""

    @property
    def source(self) -> str:
        """Which images were measured."""
        return _images(self.measured)

    @property
    def rate(self) -> float:
        """Nats per image; NaN for a plain autoencoder."""
        return float("nan") if self.measured.rate is None else self.measured.rate

    @property
    def weighed(self) -> bool:
        """Whether its recipe says that every unit was held to N(0, 1) by a weighted KL.

        Then the loss is still where no unit can be stretched: E[mu² + σ²] = 1 of each, whatever β is, because decoder
        and encoder could undo the stretch but the KL would see it.
        """
        model, train = self.recipe.model, self.recipe.train
        held = (
            self.recipe.imported is None
            and not model.plain
            and model.betas is None
            and model.prior == "normal"
            and model.heads == "linear"
        )
        return held and train.objective in ("beta-vae", "beta-tcvae") and self.recipe.beta >= LEAST_BETA


def _images(measured: Evaluation | Result) -> str:
    return f"{measured.n:,} {measured.split} images"


def case_of(checkpoint: Checkpoint) -> Case:
    """What is stored of a checkpoint, and of its images where they are on this machine.

    Raises:
        CheckpointError: when it has no encoded split yet, or a file is damaged.
    """
    latents, results = catalogue.LATENTS.get(checkpoint), catalogue.RESULTS.get(checkpoint)
    return Case(
        checkpoint.id,
        checkpoint.recipe,
        latents,
        catalogue.EVALUATIONS.get(checkpoint),
        checkpoints.read_history(checkpoint),
        _bounds(checkpoint),
        _curve(checkpoint),
        _scores(results, checkpoint.recipe.model),
    )


def _scores(results: Mapping[str, Result], model: ModelConfig) -> dict[str, Score]:
    shown = [column for column in columns(Place.MODEL_TABLE, [results]) if column.metric not in BASIC]
    numbers = {column: column.number(results, model) for column in shown}
    return {
        column.figure.heading: Score(number, _images(results[column.metric]))
        for column, number in numbers.items()
        if number is not None
    }


def _curve(checkpoint: Checkpoint) -> BetaCurve | None:
    """None of one at a single β, and of a network that was not measured over its range."""
    measured = checkpoints.BETAS in checkpoint.files and checkpoint.at is None
    return curve(catalogue.STOPS.get(checkpoint)) if measured else None


def _bounds(checkpoint: Checkpoint) -> ImageBounds | None:
    found = originals.originals(checkpoint)
    if not found.available:
        return None
    if len(originals.image_set(found.dataset, found.split)) != len(catalogue.LATENTS.get(checkpoint).label):
        return None
    model = checkpoint.recipe.model
    return _bounds_under(found.dataset, found.split, model.likelihood, model.variance)


@lru_cache(maxsize=32)
def _bounds_under(dataset: str, split: str, likelihood: str, variance: float) -> ImageBounds | None:
    return image_bounds(originals.image_set(dataset, split), likelihood, variance)


class Moments(NamedTuple):
    """Of each unit over images; [D]."""

    within: np.ndarray
    """E[σ²]."""
    between: np.ndarray
    """Var(mu)."""
    second: np.ndarray
    """E[mu² + σ²]: 1 where a KL holds the unit to N(0, 1)."""


def moments(case: Case, variance: np.ndarray | None = None) -> Moments:
    """Moments as the recipe reads them, or with another reading of σ² [N, D]."""
    mu = case.latents.mu.astype(float)
    own = np.exp(case.latents.densities().logvar.astype(float)) if variance is None else variance
    within = own.mean(axis=0)
    return Moments(within, mu.var(axis=0), (mu**2).mean(axis=0) + within)
