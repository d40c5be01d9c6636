"""How much of latent space a flat view of a checkpoint's codes shows, measured once for each."""

from functools import lru_cache
from typing import NamedTuple

from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.latents.map_points import of_points
from vae_explorer.projections import trust
from vae_explorer.projections.distinct import distinct
from vae_explorer.projections.planes import share, unit_plane
from vae_explorer.projections.trust import Trust


@lru_cache(maxsize=256)
def repeated_codes(checkpoint: Checkpoint) -> int:
    """How many points of a map have the code of another one, or one that no map sets apart from it."""
    mu = of_points(catalogue.LATENTS.get(checkpoint).mu)
    return len(mu) - len(distinct(mu))


class PlaneFigures(NamedTuple):
    """What was measured of a plane."""

    share: float
    """Of Var(mu), summed over units."""
    trust: Trust


@lru_cache(maxsize=256)
def plane_figures(checkpoint: Checkpoint, units: tuple[int, ...]) -> PlaneFigures:
    """Of the plane of these units or, of none, of the principal plane.

    Both are of the points of a map, the trustworthiness of fewer the more there are, so that a page can wait for it.
    """
    mu = of_points(catalogue.LATENTS.get(checkpoint).mu)
    n, latent_dim = mu.shape
    plane = unit_plane(units, latent_dim) if units else catalogue.PLANES.get(checkpoint)
    if len(plane.components) == latent_dim:
        return PlaneFigures(1.0, trust.exact(n))
    most = max(1, min(trust.SAMPLE, trust.AT_ONCE // n))
    return PlaneFigures(share(plane, mu), trust.trustworthiness(mu, plane.project(mu), most=most))
