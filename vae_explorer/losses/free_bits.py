"""Units whose first nats cost nothing (Kingma et al. 2016)."""

from typing import TYPE_CHECKING

from vae_explorer.losses.row import Loss, Requirement, Setting, Step, Values

if TYPE_CHECKING:
    from torch import Tensor


def free_bits(step: Step, values: Values) -> "Tensor":
    """nll + β · Σ_d max(λ, mean KL of unit d): below λ a unit is free (Kingma et al. 2016, appendix C.8)."""
    return step.nll.mean() + step.beta * step.unit_kl.mean(0).clamp(min=values["free_nats"]).sum()


ROW = Loss(
    "nll + β · Σ max(KL of a unit, λ) (Kingma et al. 2016)",
    free_bits,
    settings=(
        Setting(
            "free_nats",
            float,
            neutral=0.0,
            high=100.0,
            offered=0.5,
            title="λ (nats per unit)",
            help="nats that each unit's rate may have for nothing",
        ),
    ),
    requirements=(
        Requirement(lambda match: match.prior == "normal", "Free bits need the prior normal, whose KL splits."),
    ),
)
