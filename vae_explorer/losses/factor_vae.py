"""β on the total correlation by a discriminator (Kim & Mnih 2018)."""

from typing import TYPE_CHECKING

from vae_explorer.losses.row import Critic, Loss, Step, Values

if TYPE_CHECKING:
    from torch import Tensor


def factor_vae(step: Step, values: Values) -> "Tensor":
    """nll + rate + β · total correlation, the last by a discriminator's log ratio (Kim & Mnih 2018, eq. 2)."""
    return (step.nll + step.rate + step.beta * step.total_correlation()).mean()


ROW = Loss(
    "nll + rate + β · total correlation by a discriminator (Kim & Mnih 2018)",
    factor_vae,
    critic=Critic(depth=5, width=1000, lr=1e-4),
)
