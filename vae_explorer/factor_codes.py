"""Codes of a fixed sample of training images, encoded once for each model and kept on disk.

Every score of disentanglement draws from them, so that scores of one model, and of models side by side, are of the
same images; where a data set knows no factors, its classes are one.
"""

import contextlib
import hashlib
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from vae_explorer import checkpoints, coding, datasets, folders, npz, regular_files
from vae_explorer.cache import cache_root
from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.datasets.images import Factor, ImageSet, Order
from vae_explorer.errors import StorageError
from vae_explorer.metrics.scores.codes import Codes

SPLIT = "train"
SAMPLE = 100_000
"""Most images, so that every value of every factor has hundreds of them."""
MAX_BYTES = 1 << 28


def codes(checkpoint: Checkpoint, dataset: str, root: Path | None = None, sample: int = SAMPLE) -> Codes:
    """Those of a model, from disk or encoded now.

    Args:
        checkpoint: the model.
        dataset: whose training images are encoded.
        root: where data sets lie.
        sample: most images.

    Raises:
        UnknownName: for a data set that is not known.
        DataUnavailable: when its images are not on this machine.
        InvalidSetting: when the model takes other images.
    """
    images = _sampled(datasets.load(dataset, SPLIT, root), sample)
    path = cache_root() / "codes" / f"{_key(checkpoint, dataset, len(images))}.npz"
    mu, logvar = _kept(path, (len(images), checkpoint.recipe.model.latent_dim)) or _encoded(checkpoint, images, path)
    return Codes(mu, logvar, *_known(images))


def _sampled(images: ImageSet, sample: int) -> ImageSet:
    """A fixed draw of images, in their own order."""
    if len(images) <= sample:
        return images
    return images.select(np.sort(np.random.default_rng(0).permutation(len(images))[:sample]))


def _known(images: ImageSet) -> tuple[np.ndarray, tuple[Factor, ...]]:
    if images.factor_values is not None:
        return images.factor_values, images.factors
    return images.labels[:, None], (Factor("class", len(images.classes), Order.NONE),)


def _key(checkpoint: Checkpoint, dataset: str, n: int) -> str:
    """A hash over the model's shape and weights, and the images; what is measured later does not change it."""
    shape = asdict(checkpoint.recipe.model) | ({} if checkpoint.at is None else {"beta": checkpoint.at})
    digest = hashlib.sha256(json.dumps([1, dataset, n, shape], sort_keys=True, default=list).encode())
    for name, values in sorted(checkpoints.read_weights(checkpoint).items()):
        digest.update(name.encode())
        digest.update(np.ascontiguousarray(values).tobytes())
    return digest.hexdigest()[:32]


def _kept(path: Path, shape: tuple[int, int]) -> tuple[np.ndarray, np.ndarray | None] | None:
    """What is on disk; None where there is nothing of use."""
    try:
        arrays = npz.unpack(regular_files.read(path, MAX_BYTES), MAX_BYTES, path.name)
    except StorageError:
        return None
    mu, logvar = arrays.get("mu"), arrays.get("logvar")
    if mu is None or not all(_fits(kept, shape) for kept in arrays.values()):
        return None
    return mu, logvar


def _fits(kept: np.ndarray, shape: tuple[int, int]) -> bool:
    return kept.shape == shape and kept.dtype == np.float32 and bool(np.isfinite(kept).all())


def _encoded(checkpoint: Checkpoint, images: ImageSet, path: Path) -> tuple[np.ndarray, np.ndarray | None]:
    latents = coding.encode_set(catalogue.MODELS.get(checkpoint), images)
    kept = {"mu": latents.mu} | ({} if latents.logvar is None else {"logvar": latents.logvar})
    with contextlib.suppress(StorageError):  # of use is what was encoded, not that it is kept
        folders.write_file(path, npz.pack(kept))
    return latents.mu, latents.logvar
