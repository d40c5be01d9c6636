"""A sample of images seen through a model, that all cards of its units rest on."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from vae_explorer import coding
from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.checkpoints.encoded_codes import encoded_codes
from vae_explorer.checkpoints.originals import image_set, originals
from vae_explorer.errors import DataUnavailable
from vae_explorer.latents.encoded import collapsed, prior_spread
from vae_explorer.metrics.factor_reader import FactorReader, factor_reader

if TYPE_CHECKING:
    from vae_explorer.models.vae import VAE

SAMPLE, SEED = 500, 0


@dataclass(frozen=True)
class Subject:
    """What does not change from unit to unit."""

    model: "VAE"
    mu: np.ndarray
    """Of the sampled images, [S, D]."""
    y: np.ndarray | None
    """Their classes, for a conditional model."""
    home: np.ndarray
    """The mean of each unit's prior or, of a plain autoencoder, of its mu; [D]."""
    alive: np.ndarray
    """Which units say something, bool [D]."""
    recoded: np.ndarray
    """mu of the decoded mu, [S, D]."""
    images: np.ndarray | None
    """The images in [0, 1], [S, C, H, W]; None where they are not on this machine."""
    absent: str
    """Why there are no images; empty where there are."""
    nll: np.ndarray | None
    """Of the images at their mu, in nats [S]."""
    reader: FactorReader
    """What reads the factors, or the class, off codes of the whole encoded split."""
    quality: np.ndarray
    """The share of each factor's variance that it reads right, [F]."""


def subject(checkpoint: Checkpoint) -> Subject:
    """The sample of a checkpoint's encoded split, always the same images."""
    model, latents = catalogue.MODELS.get(checkpoint), catalogue.LATENTS.get(checkpoint)
    places = np.sort(np.random.default_rng(SEED).permutation(len(latents.mu))[:SAMPLE])
    mu, y = latents.mu[places], latents.label[places] if checkpoint.recipe.model.classes else None
    images, absent = _images(checkpoint, places)
    reader = factor_reader(encoded_codes(checkpoint), SEED)
    return Subject(
        model,
        mu,
        y,
        prior_spread(latents).mean,
        ~collapsed(latents),
        recode(model, mu, y),
        images,
        absent,
        None if images is None else coding.nll_of_codes(model, images, mu, y),
        reader,
        reader.quality(),
    )


def recode(model: "VAE", z: np.ndarray, y: np.ndarray | None) -> np.ndarray:
    """mu of what codes z [S, D] are decoded to; [S, D]."""
    return coding.encode(model, coding.decode(model, z, y), y)


def _images(checkpoint: Checkpoint, places: np.ndarray) -> tuple[np.ndarray | None, str]:
    found = originals(checkpoint)
    if found.note:
        return None, found.note
    try:
        return image_set(found.dataset, found.split).images[places].astype(np.float32) / 255, ""
    except DataUnavailable as error:
        return None, str(error)
