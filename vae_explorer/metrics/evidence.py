"""Evidence: what a score may look at of one model on one split, and what a score can need of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.datasets.images import ImageSet
from vae_explorer.latents.encoded import Latents
from vae_explorer.metrics.aggregate import Aggregate, aggregate_posterior
from vae_explorer.metrics.evaluation import Evaluation, evaluation
from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.udr import FEWEST_MODELS


@dataclass(frozen=True)
class Evidence:
    """A split seen through a model; nothing is encoded before a score asks for it, and each split once.

    The model is PyTorch's, which this room never sees: the callables read it.
    """

    model: ModelConfig
    train: TrainConfig
    images: ImageSet
    """The split that is measured, with its classes and factors."""
    seed: int
    """Of every draw."""
    encode: Callable[[str], Latents]
    """A split of the same data set, by name."""
    bound: Callable[[int], np.ndarray]
    """The importance-weighted bound of each image from so many draws; nats [N]."""
    reconstruction_mse: Callable[[], float]
    """Of the images, per pixel."""
    read_codes: Callable[[], Codes]
    """Of a fixed sample of training images whose factors, or else classes, are known."""
    siblings: Mapping[str, Callable[[], Codes]] = field(default_factory=dict)
    """The same of models that differ from this one in their seed alone, by id."""

    @property
    def latents(self) -> Latents:
        """The split that is measured, encoded."""
        return self.encode(self.images.split)

    @cached_property
    def codes(self) -> Codes:
        """What scores of disentanglement look at."""
        return self.read_codes()

    @cached_property
    def evaluation(self) -> Evaluation:
        """The figures of its latents."""
        return evaluation(self.latents)

    @cached_property
    def aggregate(self) -> Aggregate:
        """The aggregate posterior of its latents."""
        return aggregate_posterior(self.latents)


Need = Callable[[Evidence], bool]


def has_rate(evidence: Evidence) -> bool:
    """A plain autoencoder has no posterior, so no rate and no bound."""
    return not evidence.model.plain


def has_grey_levels_as_means(evidence: Evidence) -> bool:
    """Only a Bernoulli likelihood's nll is that of pixels one could code; a Gaussian's is a density."""
    return not evidence.model.density


def has_labels(evidence: Evidence) -> bool:
    """Of one class there is nothing to read."""
    return len(evidence.images.classes) > 1


def has_held_out_class(evidence: Evidence) -> bool:
    """A model that was shown every class finds none of them strange."""
    return evidence.train.held_out is not None


def is_not_told_the_class(evidence: Evidence) -> bool:
    """A conditional model is told the class that would be read off its codes, or be found strange."""
    return not evidence.model.classes


def has_siblings(evidence: Evidence) -> bool:
    """Of one other model nobody can say which of the two is usual."""
    return len(evidence.siblings) >= FEWEST_MODELS - 1
