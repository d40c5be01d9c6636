"""A held-out run on the classes that it was trained for and on the other apart: one mean of both says neither."""

from typing import Any, NamedTuple

import numpy as np

from vae_explorer.errors import require
from vae_explorer.latents.encoded import Latents
from vae_explorer.metrics.evidence import Evidence


class Means(NamedTuple):
    """Of some images of a split, nats per image; a plain autoencoder has no rate and no ELBO."""

    n: int
    nll: float
    rate: float | None
    elbo: float | None


class Apart(NamedTuple):
    """The images of the classes that were trained, and those of the class that was held out."""

    trained: Means
    held_out: Means


def apart(latents: Latents, held_out: int) -> Apart:
    """The means of both kinds of image.

    Raises:
        InvalidSetting: when either kind has no image.
    """
    strange = latents.label == held_out
    require(0 < strange.sum() < len(strange), f"There must be images of the held-out class {held_out} and of others.")
    return Apart(_means(latents, ~strange), _means(latents, strange))


def _means(latents: Latents, chosen: np.ndarray) -> Means:
    nll = float(latents.nll[chosen].mean(dtype=float))
    rate = None if latents.rate is None else float(latents.rate[chosen].mean(dtype=float))
    return Means(int(chosen.sum()), nll, rate, None if rate is None else -(nll + rate))


def measure(evidence: Evidence) -> dict[str, Any]:
    """Both kinds' means, as JSON values.

    Raises:
        InvalidSetting: as `apart`.
    """
    held_out = evidence.train.held_out
    assert held_out is not None, "the row needs one"
    return {kind: means._asdict() for kind, means in apart(evidence.latents, held_out)._asdict().items()}
