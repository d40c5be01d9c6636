"""Reconstruction alone, for a plain autoencoder (Hinton & Salakhutdinov 2006)."""

from typing import TYPE_CHECKING

from vae_explorer.losses.row import Loss, Step, Values

if TYPE_CHECKING:
    from torch import Tensor


def autoencoder(step: Step, values: Values) -> "Tensor":
    """nll alone (Hinton & Salakhutdinov 2006)."""
    return step.nll.mean()


ROW = Loss("nll alone, for a plain autoencoder", autoencoder, weighted=False, plain=True, per_image=True)
