"""Images to Latents and z to images: PyTorch ends here, NumPy begins."""

import math

import numpy as np
import torch

from vae_explorer.config import require
from vae_explorer.datasets.images import ImageSet
from vae_explorer.latents import Latents
from vae_explorer.models.vae import VAE
from vae_explorer.objectives import elbo_terms, log_weights

BATCH = 1000
MAX_SAMPLES = 100_000


def pixels(images: torch.Tensor) -> torch.Tensor:
    """uint8 images as float32 in [0, 1]."""
    return images.float().div_(255)


@torch.inference_mode()
def encode_set(model: VAE, images: ImageSet, seed: int = 0) -> Latents:
    """Every image's posterior, and its nll at one z drawn with the seed, so that means are the ELBO's terms."""
    generator = torch.Generator().manual_seed(seed)
    rows: list[tuple[torch.Tensor, ...]] = []
    for batch in torch.from_numpy(images.images).split(BATCH):
        x = pixels(batch)
        output = model(x, generator)
        terms = elbo_terms(output, x)
        rows.append((*output.posterior, terms.nll, terms.kl_per_dim))
    mu, logvar, nll, kl = (torch.cat(column).numpy() for column in zip(*rows, strict=True))
    rate, kl_per_dim = kl.sum(axis=1), kl.mean(axis=0, dtype=float)
    return Latents(images.name, images.split, seed, mu, logvar, images.labels, nll, rate, kl_per_dim)


@torch.inference_mode()
def importance_weighted_bound(model: VAE, images: ImageSet, samples: int, seed: int = 0) -> np.ndarray:
    """The importance-weighted bound on log p(x) of each image from K = `samples` draws, in nats; [N].

    Burda et al. 2016.

    Raises:
        InvalidSetting: for fewer than 1 or more than 100,000 samples.
    """
    require(1 <= samples <= MAX_SAMPLES, f"samples must be from 1 to {MAX_SAMPLES:,}, not {samples}.")
    generator = torch.Generator().manual_seed(seed)
    bounds = []
    for batch in torch.from_numpy(images.images).split(BATCH):
        x = pixels(batch)
        total = log_weights(model(x, generator), x)
        for _ in range(samples - 1):
            total = torch.logaddexp(total, log_weights(model(x, generator), x))
        bounds.append(total - math.log(samples))
    return torch.cat(bounds).numpy()


@torch.inference_mode()
def reconstruction_mse(model: VAE, images: ImageSet) -> float:
    """Mean squared error per pixel between the images in [0, 1] and the reconstructions of their mu."""
    errors = []
    for batch in torch.from_numpy(images.images).split(BATCH):
        x = pixels(batch)
        errors.append((model.decode(model.encode(x).mu).sigmoid() - x).square().flatten(1).mean(1))
    return float(torch.cat(errors).double().mean())


@torch.inference_mode()
def decode(model: VAE, z: np.ndarray, y: np.ndarray | None = None) -> np.ndarray:
    """Images [M, C, H, W] in [0, 1] of codes z [M, D], and of class ids y [M] for a conditional model.

    Raises:
        InvalidSetting: when z is not a finite [M, D] array of the model's D; when a conditional model gets no y, or
            ids that are not its classes, and when another model gets any y.
    """
    width = model.config.latent_dim
    require(z.ndim == 2 and z.shape[1] == width, f"z must be [M, {width}], not {list(z.shape)}.")
    require(bool(np.isfinite(z).all()), "z must be finite.")
    codes = torch.from_numpy(np.ascontiguousarray(z, dtype=np.float32))
    if y is None:
        require(model.config.classes == 0, "A conditional model decodes a class: y is missing.")
        return model.decode(codes).sigmoid_().numpy()
    _require_classes(y, len(z), model.config.classes)
    return model.decode(codes, torch.from_numpy(np.ascontiguousarray(y, dtype=np.int64))).sigmoid_().numpy()


def _require_classes(y: np.ndarray, n: int, classes: int) -> None:
    require(classes > 0, "This model takes no class; leave y out.")
    require(y.shape == (n,) and y.dtype.kind in "iu", f"y must be {n} class ids, one for each code.")
    inside = bool(((y >= 0) & (y < classes)).all())
    require(inside, f"Class ids of this model go from 0 to {classes - 1}.")
