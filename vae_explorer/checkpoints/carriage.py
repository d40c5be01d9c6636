"""Places of one checkpoint's map as codes of another's: fitted once for each pair that has encoded the same images."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.latents.affine_map import AffineMap, affine_map
from vae_explorer.projections.planes import Plane


class Carriage(NamedTuple):
    """The code at a place (x, y): origin + x · across + y · up, each [D] of the model it is carried to."""

    origin: np.ndarray
    across: np.ndarray
    up: np.ndarray
    r2: float
    """As AffineMap has it; 1 within one model."""


@lru_cache(maxsize=512)
def code_map(checkpoint: Checkpoint, other: Checkpoint) -> AffineMap:
    """The best affine map from a checkpoint's codes to another's of the same images; from its own to itself, no change.

    Raises:
        InvalidSetting: when the two have not encoded the same images.
    """
    mu = catalogue.LATENTS.get(checkpoint).mu
    if checkpoint == other:
        return AffineMap(np.eye(mu.shape[1]), np.zeros(mu.shape[1]), 1.0)
    return affine_map(mu, catalogue.LATENTS.get(other).mu)


def carriage(checkpoint: Checkpoint, plane: Plane, other: Checkpoint) -> Carriage:
    """How places of a plane through a checkpoint's codes are codes of another."""
    found = code_map(checkpoint, other)
    steps = plane.components @ found.weights
    up = steps[1] if len(steps) > 1 else np.zeros(steps.shape[1])
    return Carriage(found(plane.mean), steps[0], up, found.r2)
