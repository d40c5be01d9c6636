"""State dicts that left here: they tell the settings of their model, and nothing is left to measure."""

from collections.abc import Mapping, Sequence

import numpy as np
from torch import Tensor

from vae_explorer import models, strict_json
from vae_explorer.config import ModelConfig
from vae_explorer.errors import CheckpointError, ExplorerError
from vae_explorer.importers.interpretation import Answers, Network
from vae_explorer.importers.second_head import Meaning
from vae_explorer.importers.subject import Subject

LAYOUT = "vae-explorer"


def subject(note: str, weights: Mapping[str, np.ndarray], image_shape: tuple[int, int, int]) -> Subject:
    """The model that the note tells of, for images of this shape.

    Raises:
        CheckpointError: when the note tells of no model, of one that takes labels or other images, or of other weights.
    """
    config = _config(note)
    if config.classes or config.multi_rate:
        raise CheckpointError(
            "This model takes labels or many βs, which are not read from a state dict; bring its zip."
        )
    if config.image_shape != image_shape:
        told = f"This model draws images {list(config.image_shape)}, the data set has {list(image_shape)}"
        raise CheckpointError(f"{told}; name the one it was trained on.")
    model = models.restore(config, weights)

    def reconstructions(readings: Sequence[Answers], x: Tensor) -> list[Tensor]:
        return [model.decode(model.encode(x).mu).sigmoid()] * len(readings)

    def second_head(answers: Answers, images: np.ndarray) -> Meaning:
        raise AssertionError("It is told.")

    network = Network(config, dict(weights))
    return Subject(LAYOUT, config.latent_dim, {}, {}, {}, reconstructions, second_head, lambda answers: network)


def _config(note: str) -> ModelConfig:
    try:
        config = ModelConfig.from_dict(strict_json.mapping(note))
        models.outline(config)
    except (ExplorerError, ValueError, TypeError, KeyError) as error:
        raise CheckpointError("This state dict tells of no model that is known here; export it again.") from error
    return config
