"""Images to Latents and z to images: PyTorch ends here, NumPy begins."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
import torch

from vae_explorer.datasets.images import ImageSet
from vae_explorer.errors import require
from vae_explorer.latents.encoded import Latents, PriorMixture
from vae_explorer.models.vae import VAE
from vae_explorer.objectives import elbo_terms, image_nll, log_weights, unit_rates

BATCH = 1000
MAX_SAMPLES = 100_000


def pixels(images: torch.Tensor) -> torch.Tensor:
    """uint8 images as float32 in [0, 1]."""
    return images.float().div_(255)


def _batches(model: VAE, images: ImageSet) -> Iterator[tuple[torch.Tensor, torch.Tensor | None]]:
    """Images and, for a conditional model, their labels, BATCH at a time.

    Raises:
        InvalidSetting: when the model takes images of another shape, or labels of other classes.
    """
    shape, classes = model.config.image_shape, model.config.classes
    require(images.image_shape == shape, f"The model takes images of {list(shape)}, not {list(images.image_shape)}.")
    known = len(images.classes)
    require(classes in (0, known), f"The model takes {classes} classes, the images have {known}.")
    for first in range(0, len(images), BATCH):
        rows = slice(first, first + BATCH)
        labels = torch.from_numpy(images.labels[rows]) if model.config.classes else None
        yield pixels(torch.from_numpy(images.images[rows])), labels


@torch.inference_mode()
def encode_set(model: VAE, images: ImageSet, seed: int = 0) -> Latents:
    """Every image's posterior, and its nll at one z drawn with the seed, so that means are the ELBO's terms."""
    generator, filled = torch.Generator().manual_seed(seed), Columns(len(images))
    for x, y in _batches(model, images):
        output = model(x, model.eps(len(x), generator), y)
        terms = elbo_terms(model, output, x)
        filled.add(len(x), (*output.posterior, terms.nll, terms.rate, unit_rates(model, output)))
    mu, logvar, nll, rate, kl = filled.columns
    assert mu is not None
    assert nll is not None
    per_unit = None if kl is None else kl.mean(axis=0, dtype=float)
    return Latents(images.name, images.split, seed, mu, logvar, images.labels, nll, rate, per_unit, prior_of(model))


class Columns:
    """Columns of n rows that come block by block, each into the place it keeps: what a block was made of is let go."""

    def __init__(self, n: int) -> None:
        self._n, self._done = n, 0
        self.columns: list[np.ndarray | None] = []
        """None for what no block has."""

    def add(self, n: int, block: Sequence[torch.Tensor | None]) -> None:
        """The next n rows of every column."""
        parts = [None if part is None else part.numpy() for part in block]
        if not self.columns:
            shapes = [None if part is None else (self._n, *part.shape[1:]) for part in parts]
            self.columns = [None if shape is None else np.empty(shape, np.float32) for shape in shapes]
        rows = slice(self._done, self._done + n)
        for column, part in zip(self.columns, parts, strict=True):
            if column is not None:
                column[rows] = part
        self._done = rows.stop


@torch.inference_mode()
def prior_of(model: VAE) -> PriorMixture | None:
    """The Gaussians that a learned prior mixes; None: N(0, I)."""
    if model.prior.closed_form:
        return None
    log_weights, mu, logvar = model.prior.mixture(model.encode)
    return PriorMixture(log_weights.exp().numpy(), mu.numpy(), logvar.numpy())


@torch.inference_mode()
def importance_weighted_bound(model: VAE, images: ImageSet, samples: int, seed: int = 0) -> np.ndarray:
    """The importance-weighted bound on log p(x) of each image from K = `samples` draws, in nats; [N].

    Burda et al. 2016.

    Raises:
        InvalidSetting: for fewer than 1 or more than 100,000 samples, or a plain autoencoder, which has no bound.
    """
    require(1 <= samples <= MAX_SAMPLES, f"samples must be from 1 to {MAX_SAMPLES:,}, not {samples}.")
    require(not model.config.plain, "A plain autoencoder has no density to bound.")
    generator = torch.Generator().manual_seed(seed)
    bounds = []
    for x, y in _batches(model, images):
        total = torch.full((len(x),), -math.inf, dtype=torch.float64)  # in float32 a large K stops counting
        for _ in range(samples):
            output = model(x, model.eps(len(x), generator), y)
            total = torch.logaddexp(total, log_weights(model, output, image_nll(model, output, x)).double())
        bounds.append(total - math.log(samples))
    return torch.cat(bounds).numpy()


@torch.inference_mode()
def reconstruction_mse(model: VAE, images: ImageSet) -> float:
    """Mean squared error per pixel between the images in [0, 1] and the reconstructions of their mu."""
    errors = []
    for x, y in _batches(model, images):
        errors.append((model.decode(model.encode(x, y).mu, y).sigmoid() - x).square().flatten(1).mean(1))
    return float(torch.cat(errors).double().mean())


@torch.inference_mode()
def decode(model: VAE, z: np.ndarray, y: np.ndarray | None = None) -> np.ndarray:
    """Images [M, C, H, W] in [0, 1] of codes z [M, D], and for a conditional model of y, ids [M] or shares [M, K].

    Raises:
        InvalidSetting: when z is not a finite [M, D] array of the model's D; when a conditional model gets no y, or
            ids that are not its classes, or no share for each of them, and when another model gets any y.
    """
    width = model.config.latent_dim
    require(z.ndim == 2 and z.shape[1] == width, f"z must be [M, {width}], not {list(z.shape)}.")
    require(bool(np.isfinite(z).all()), "z must be finite.")
    codes = torch.from_numpy(np.ascontiguousarray(z, np.float32))
    return model.decode(codes, _classes(model, y, len(z))).sigmoid_().numpy()


@torch.inference_mode()
def encode(model: VAE, images: np.ndarray, y: np.ndarray | None = None) -> np.ndarray:
    """mu [M, D] of images [M, C, H, W] in [0, 1], and of class ids y [M] for a conditional model.

    Raises:
        InvalidSetting: when the images are not of the model's shape, and for y as in `decode`.
    """
    shape = model.config.image_shape
    require(images.shape[1:] == shape, f"images must be [M, {', '.join(map(str, shape))}], not {list(images.shape)}.")
    x = torch.from_numpy(np.ascontiguousarray(images, np.float32))
    return model.encode(x, _classes(model, y, len(images))).mu.numpy()


@torch.inference_mode()
def nll_of_codes(model: VAE, images: np.ndarray, z: np.ndarray, y: np.ndarray | None = None) -> np.ndarray:
    """−log p(x|z) of images [M, C, H, W] in [0, 1], each at its own z [M, D]; nats [M]."""
    x, codes = torch.from_numpy(images), torch.from_numpy(np.ascontiguousarray(z, np.float32))
    return model.likelihood(model.decode(codes, _classes(model, y, len(z))), x).numpy()


def _classes(model: VAE, y: np.ndarray | None, n: int) -> torch.Tensor | None:
    if y is None:
        require(model.config.classes == 0, "A conditional model is told the class: y is missing.")
        return None
    _require_classes(y, n, model.config.classes)
    return torch.from_numpy(np.ascontiguousarray(y, dtype=np.int64 if y.ndim == 1 else np.float32))


def _require_classes(y: np.ndarray, n: int, classes: int) -> None:
    require(classes > 0, "This model takes no class; leave y out.")
    if y.ndim == 2:
        fits = y.shape == (n, classes) and bool(np.isfinite(y).all())
        require(fits, f"Shares y must be [{n}, {classes}], one of each class for each row.")
        return
    require(y.shape == (n,) and y.dtype.kind in "iu", f"y must be {n} class ids, one for each row.")
    inside = bool(((y >= 0) & (y < classes)).all())
    require(inside, f"Class ids of this model go from 0 to {classes - 1}.")
