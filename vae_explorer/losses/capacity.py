"""A rate held to a capacity that grows (Burgess et al. 2018)."""

from typing import TYPE_CHECKING

from vae_explorer.losses.row import Loss, Setting, Step, Values
from vae_explorer.schedules import ramp

if TYPE_CHECKING:
    from torch import Tensor


def capacity(step: Step, values: Values) -> "Tensor":
    """nll + β · |rate − C|, the batch's mean rate held to a C that rises from 0 (Burgess et al. 2018, eq. 8)."""
    target = values["capacity"] * ramp(step.done)
    return step.nll.mean() + step.beta * (step.rate.mean() - target).abs()


ROW = Loss(
    "nll + β · |rate − C|, C rising from 0 (Burgess et al. 2018)",
    capacity,
    settings=(
        Setting(
            "capacity",
            float,
            neutral=0.0,
            high=1e4,
            offered=25.0,
            title="C (nats)",
            help="nats per image that the rate is held to in the end",
            unit="nats",
        ),
    ),
)
