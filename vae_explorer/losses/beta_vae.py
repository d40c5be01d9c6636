"""β-VAE; β = 1 is the ELBO (Kingma & Welling 2014; Higgins et al. 2017)."""

from typing import TYPE_CHECKING

from vae_explorer.losses.row import Loss, Step, Values

if TYPE_CHECKING:
    from torch import Tensor


def beta_vae(step: Step, values: Values) -> "Tensor":
    """nll + β · rate; β = 1 is the −ELBO (Higgins et al. 2017)."""
    return (step.nll + step.beta * step.rate).mean()


ROW = Loss(
    "nll + β · rate; β = 1 is the ELBO (Kingma & Welling 2014; Higgins et al. 2017)",
    beta_vae,
    on_rate=True,
    multi_rate=True,
    per_image=True,
)
