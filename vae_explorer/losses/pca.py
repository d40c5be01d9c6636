"""The least squared error of a linear model, which is known: solved for, and no step is taken (Pearson 1901)."""

from typing import TYPE_CHECKING

from vae_explorer.losses.row import Loss, Requirement, Step, Values

if TYPE_CHECKING:
    from torch import Tensor

MAX_PIXELS = 64 * 64
"""Of an image: the covariance of so many pixels takes 0.13 GB, and its axes half a minute on one core."""


def pca(step: Step, values: Values) -> "Tensor":
    """nll alone, measured at the principal axes (Pearson 1901)."""
    return step.nll.mean()


ROW = Loss(
    "the least squared error of a linear model, solved and not trained (Pearson 1901)",
    pca,
    weighted=False,
    plain=True,
    closed_form=True,
    requirements=(
        Requirement(
            lambda match: match.pixels <= MAX_PIXELS,
            f"pca solves for images of at most {MAX_PIXELS:,} pixels in all colours; a preset ae-… takes more.",
        ),
    ),
)
