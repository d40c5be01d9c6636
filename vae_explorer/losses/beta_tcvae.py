"""β on the total correlation alone, estimated from the batch (Chen et al. 2018)."""

from typing import TYPE_CHECKING

from vae_explorer.losses.row import Loss, Match, Requirement, Step, Values

if TYPE_CHECKING:
    from torch import Tensor

MAX_TABLE = 2**25
"""Most entries of the table [B, B, D], which takes 0.8 GB with its gradients."""


def beta_tcvae(step: Step, values: Values) -> "Tensor":
    """nll + mutual information + β · total correlation + unit-wise KL (Chen et al. 2018, eq. 4 with α = γ = 1)."""
    parts = step.parts()
    rate = parts.mutual_information + step.beta * parts.total_correlation + parts.unit_wise_kl
    return (step.nll + rate).mean()


def _table_fits(match: Match) -> bool:
    return match.batch_size > 1 and match.batch_size**2 * match.latent_dim <= MAX_TABLE


ROW = Loss(
    "nll + mutual information + β · total correlation + unit-wise KL (Chen et al. 2018)",
    beta_tcvae,
    multi_rate=True,
    compares=True,
    requirements=(
        Requirement(
            _table_fits,
            f"beta-tcvae compares a batch with itself: batch_size² · latent_dim must be at most {MAX_TABLE:,}.",
        ),
    ),
)
