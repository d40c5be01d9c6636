"""Where a model lies on a measured curve of rate and nll over β."""

from typing import NamedTuple

import numpy as np

from vae_explorer.errors import require
from vae_explorer.latents.beta_latents import BetaCurve


class Place(NamedTuple):
    """The nearest place on a curve."""

    beta: float
    """The equivalent β."""
    distance: float
    """Nats off the curve."""
    clamped: str
    """“below” or “above” where the model lies beyond an end of the curve; empty else."""


def place_on(curve: BetaCurve, rate: float, nll: float) -> Place:
    """The nearest point, by Euclidean distance in nats of rate and nll; between measured β's, linear in log β.

    Raises:
        InvalidSetting: for a curve that has no two rising β's above 0.
    """
    beta, rates, nlls = (np.asarray(values, float) for values in curve)
    rising = len(beta) >= 2 and beta[0] > 0 and bool((np.diff(beta) > 0).all())
    require(rising, f"A curve over β needs two β's or more that rise from above 0, not {beta.tolist()[:8]}.")
    points, target = np.stack([rates, nlls], axis=1), np.array([rate, nll])
    steps = np.diff(points, axis=0)
    lengths = np.maximum((steps**2).sum(axis=1), 1e-12)
    raw = ((target - points[:-1]) * steps).sum(axis=1) / lengths
    along = np.clip(raw, 0, 1)
    away = np.linalg.norm(points[:-1] + along[:, None] * steps - target, axis=1)
    part = int(away.argmin())
    logs = np.log(beta)
    found = float(np.exp(logs[part] + along[part] * (logs[part + 1] - logs[part])))
    before, beyond = part == 0 and raw[0] < 0, part == len(steps) - 1 and raw[-1] > 1
    return Place(found, float(away[part]), "below" if before else "above" if beyond else "")
