"""Charts: the way between a map of latents and latent space, both ways, and how far from the data a place is."""

from typing import NamedTuple

import numpy as np

from vae_explorer.projections.cloud import TINY, Cloud, Remoteness
from vae_explorer.projections.nearest import Nearest
from vae_explorer.projections.planes import Plane

NEIGHBOURS = 8
"""Points of a fitted map whose latents are blended."""


class PlaneChart(NamedTuple):
    """A plane through the latents: exact both ways."""

    plane: Plane
    latents: Cloud

    def through(self, z: np.ndarray) -> "PlaneChart":
        """The parallel plane that holds the code z [D]."""
        flat = self.plane.lift(self.plane.project(z[None]))[0]
        return self._replace(plane=self.plane._replace(mean=self.plane.mean + z - flat))

    def lift(self, xy: np.ndarray) -> np.ndarray:
        """The codes [M, D] at places [M, 2]."""
        return self.plane.lift(xy[:, : len(self.plane.components)])

    def place(self, z: np.ndarray) -> np.ndarray:
        """Where codes [M, D] lie when seen at right angles; [M, 2], a line's second coordinate is 0."""
        xy = self.plane.project(z)
        return np.pad(xy, ((0, 0), (0, 2 - xy.shape[1])))

    def distance(self, z: np.ndarray, xy: np.ndarray) -> Remoteness:
        """How far from the data codes are, in latent space with all its units; [M]."""
        return self.latents.remoteness(z)


class MapChart(NamedTuple):
    """A fitted map of the latents, point for point: neighbours are blended, and a data point is exact both ways."""

    map: Cloud
    latents: Cloud

    def lift(self, xy: np.ndarray) -> np.ndarray:
        """The codes [M, D] at places [M, 2]: of the latents nearest in the map."""
        return blend(self.map.nearest(xy, NEIGHBOURS), self.latents.points)

    def place(self, z: np.ndarray) -> np.ndarray:
        """Where codes [M, D] lie: among the places of the nearest latents; [M, 2]."""
        return blend(self.latents.nearest(z, NEIGHBOURS), self.map.points)

    def distance(self, z: np.ndarray, xy: np.ndarray) -> Remoteness:
        """How far from the data codes or their places are, in latent space or in the map: what is less usual; [M]."""
        there, here = self.latents.remoteness(z), self.map.remoteness(xy)
        rarer = there.unusual >= here.unusual
        return Remoteness(*(np.where(rarer, one, other) for one, other in zip(there, here, strict=True)))


class SpaceChart(NamedTuple):
    """Latent space with all its units, which is no map: a code is its own place."""

    latents: Cloud

    def lift(self, xy: np.ndarray) -> np.ndarray:
        """The codes [M, D] themselves."""
        return xy

    def place(self, z: np.ndarray) -> np.ndarray:
        """The codes [M, D] themselves."""
        return z

    def distance(self, z: np.ndarray, xy: np.ndarray) -> Remoteness:
        """How far from the data codes are; [M]."""
        return self.latents.remoteness(z)


Chart = PlaneChart | MapChart | SpaceChart


def blend(near: Nearest, values: np.ndarray) -> np.ndarray:
    """The mean of the nearest points' values [N, V] with weights 1 / d², and a point's own value on it; [M, V].

    Inverse distance weighting: Shepard 1968.
    """
    squares = near.distances**2 + TINY
    weights = squares[:, :1] / squares
    weights /= weights.sum(axis=1, keepdims=True)
    return np.einsum("mk,mkv->mv", weights, values[near.indices].astype(float))
