"""New images of the prior, as an npz that is a data set of one's own."""

import math

import numpy as np

from vae_explorer import coding, images, npz
from vae_explorer.bounds import require_seed
from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.errors import require
from vae_explorer.latents.encoded import prior_draws

MAX_SAMPLES = 100_000
MAX_BYTES = 1 << 30
BATCH = 500


def samples(checkpoint: Checkpoint, n: int, per_class: bool = False, seed: int = 0) -> bytes:
    """`images` uint8 [N, C, H, W] and, of a conditional model, `labels` [N], which take turns; for an .npz file.

    Args:
        n: how many; of each class where `per_class` is set.

    Raises:
        InvalidSetting: for a count out of bounds, `per_class` of a model without classes, or a plain autoencoder.
        CheckpointError: when weights or latents cannot be read.
    """
    require_seed(seed)
    config = checkpoint.recipe.model
    require(bool(config.classes) or not per_class, "Only a conditional model draws images of each class.")
    rows = n * (config.classes if per_class else 1)
    most = min(MAX_SAMPLES, MAX_BYTES // math.prod(config.image_shape))
    require(n >= 1 and rows <= most, f"samples must be from 1 to {most:,} images in all, not {rows:,}.")
    z = prior_draws(catalogue.LATENTS.get(checkpoint), rows, seed)
    labels = np.arange(rows) % config.classes if config.classes else None
    found: dict[str, np.ndarray] = {"images": _decoded(checkpoint, z, labels)}
    return npz.pack(found if labels is None else found | {"labels": labels}, compressed=True)


def _decoded(checkpoint: Checkpoint, z: np.ndarray, labels: np.ndarray | None) -> np.ndarray:
    """uint8 [N, C, H, W], decoded so many at a time: all of them as floats would be four times as large."""
    model, found = catalogue.MODELS.get(checkpoint), np.empty((len(z), *checkpoint.recipe.model.image_shape), np.uint8)
    for first in range(0, len(z), BATCH):
        rows = slice(first, first + BATCH)
        found[rows] = images.to_uint8(coding.decode(model, z[rows], None if labels is None else labels[rows]))
    return found
