"""Principal axes of the training images: what a linear model would be trained to, in closed form."""

import torch
from torch import Tensor

from vae_explorer.models.linear import Linear
from vae_explorer.training.image_batches import ImageBatches

MOST = 60_000
"""Images that are looked at; of more, so many are drawn."""
CHUNK = 1000
"""Images at a time."""


def solve(model: Linear, images: ImageBatches, generator: torch.Generator) -> None:
    """Give a model the weights of the least squared error on the images: their mean, and their first D axes.

    Bourlard & Kamp 1988: no linear autoencoder does better. The axes come by falling variance and are orthonormal.
    """
    order = torch.randperm(len(images), generator=generator, device=generator.device)[:MOST]
    mean, covariance = _moments(images, order.cpu())
    model.project(mean, principal_axes(covariance, model.config.latent_dim))


def principal_axes(covariance: Tensor, count: int) -> Tensor:
    """The first eigenvectors of a covariance [P, P] by falling variance, the largest entry of each positive.

    Returns:
        [count, P], orthonormal.
    """
    axes = torch.linalg.eigh(covariance).eigenvectors.T.flip(0)[:count]
    largest = axes.gather(1, axes.abs().argmax(dim=1, keepdim=True))
    return axes * largest.sign()


def _moments(images: ImageBatches, rows: Tensor) -> tuple[Tensor, Tensor]:
    """Mean [P] and covariance [P, P] of the pixels of these images, in double precision, on the CPU."""
    mean, products = torch.zeros(()), torch.zeros(())
    for some in rows.split(CHUNK):
        pixels = images[some].flatten(1).cpu().double()
        mean, products = mean + pixels.sum(0), products + pixels.T @ pixels
    mean = mean / len(rows)
    return mean, products / len(rows) - torch.outer(mean, mean)
