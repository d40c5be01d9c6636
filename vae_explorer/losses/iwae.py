"""The importance-weighted bound (Burda et al. 2016)."""

import math
from typing import TYPE_CHECKING

from vae_explorer.losses.row import Loss, Setting, Step, Values

if TYPE_CHECKING:
    from torch import Tensor


def iwae(step: Step, values: Values) -> "Tensor":
    """−log of the mean importance weight over K draws, averaged over the batch (Burda et al. 2016, eq. 8)."""
    k = int(values["importance_samples"])
    return (math.log(k) - step.log_weights().view(k, -1).logsumexp(0)).mean()


ROW = Loss(
    "the importance-weighted bound of K draws (Burda et al. 2016)",
    iwae,
    weighted=False,
    per_image=True,
    settings=(
        Setting(
            "importance_samples",
            int,
            neutral=1,
            high=1000,
            offered=5,
            title="K draws per image",
            help="how many codes are drawn of each image: more make the bound tighter",
            draws=True,
        ),
    ),
)
