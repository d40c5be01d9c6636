"""A batch of codes to uint8 images, and back; called in the worker thread: it may import PyTorch and load a model."""

import time
from functools import lru_cache
from types import ModuleType

import numpy as np

from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.errors import BadRequest, CheckpointError
from vae_explorer.images import to_uint8

THREADS = 1
"""For small batches a second thread costs more than it brings: where another process works on the same cores,
64 MLP images take 0.8 ms on one thread and up to 40 ms on two, 64 convolutional ones 10 ms and 116 ms."""


def pictures(model: str, z: np.ndarray, y: np.ndarray | None = None) -> np.ndarray:
    """uint8 images [M, C, H, W] of codes z [M, D], as the classes y, by the checkpoint of this id.

    y: ids [M], or the share of every class [M, K].

    Raises:
        BadRequest: when the model has another D, other classes or none.
        UnknownName, CheckpointError: when there is no usable checkpoint of this id.
    """
    checkpoint = found(model)
    require_width(checkpoint, z)
    _require_classes(model, y, checkpoint.recipe.model.classes)
    return to_uint8(torch_side().decode(catalogue.MODELS.get(checkpoint), z, y))


def reconstructions(model: str, indices: np.ndarray, y: np.ndarray | None = None) -> np.ndarray:
    """uint8 images [M, C, H, W] that the mu of encoded images [M] decode as; otherwise as `pictures`."""
    return pictures(model, own_codes(found(model), indices), y)


def own_codes(checkpoint: Checkpoint, indices: np.ndarray) -> np.ndarray:
    """The mu float32 [M, D] of encoded images [M].

    Raises:
        BadRequest: when there are not so many.
    """
    mu = catalogue.LATENTS.get(checkpoint).mu
    if indices.max() >= len(mu):
        raise BadRequest(f"{checkpoint.id} has {len(mu):,} encoded images; ask for 0 to {len(mu) - 1:,}.")
    return mu[indices]


def codes(model: str, images: np.ndarray, y: np.ndarray | None = None) -> np.ndarray:
    """mu [M, D] of uint8 images [M, C, H, W] that this model has decoded, as the classes y [M] they were decoded as.

    Raises:
        UnknownName, CheckpointError: when there is no usable checkpoint of this id, or mu is not finite.
    """
    mu = torch_side().encode(catalogue.MODELS.get(found(model)), images / np.float32(255), y)
    if not np.isfinite(mu).all():
        raise CheckpointError(f"{model} encodes one of these pictures as numbers that are not finite.")
    return mu


def found(model: str) -> Checkpoint:
    """The checkpoint of this id, looked for at most once a second: each search looks at all its files."""
    return _found(model, int(time.monotonic()))


def require_width(checkpoint: Checkpoint, z: np.ndarray) -> None:
    """Refuse codes z [M, D] of another D than the model's."""
    width = checkpoint.recipe.model.latent_dim
    if z.shape[1] != width:
        raise BadRequest(f"{checkpoint.id} has {width} latent units; a code of {z.shape[1]} numbers came.")


def _require_classes(model: str, y: np.ndarray | None, classes: int) -> None:
    if not classes and y is not None:
        raise BadRequest(f"{model} takes no class; leave y out.")
    if y is not None and y.ndim == 2:
        if y.shape[1] != classes:
            raise BadRequest(f"{model} has {classes} classes; shares of {y.shape[1]} came.")
    elif classes and (y is None or not ((y >= 0) & (y < classes)).all()):
        raise BadRequest(f"{model} decodes a class: y must hold ids from 0 to {classes - 1}.")


@lru_cache(maxsize=64)
def _found(model: str, second: int) -> Checkpoint:
    return catalogue.find(model)


def torch_side() -> ModuleType:
    """The module `coding`, with PyTorch imported (seconds, the first time) and set to decode on THREADS threads.

    PyTorch keeps that number for each calling thread, so it is set at every call and not once.
    """
    import torch

    from vae_explorer import coding

    torch.set_num_threads(THREADS)
    return coding
