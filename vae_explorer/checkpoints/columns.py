"""Every value that a checkpoint has of each image, by name: of its latents, its factors, its clusters and its maps."""

import re
import threading
from functools import lru_cache

import numpy as np

from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.checkpoints.known_traits import known_factors
from vae_explorer.errors import DataUnavailable, UnknownName
from vae_explorer.latents import clusters, encoded
from vae_explorer.latents.clusters import Clusters
from vae_explorer.latents.map_points import of_points
from vae_explorer.latents.traits import range_ids

_FACTOR = re.compile(r"(factor|range)-(0|[1-9][0-9]?)")
_PCA = re.compile(r"pca-([01])")
_MAP = re.compile(r"map-([0-9a-f]{32})-([01])")
_CLUSTERING = threading.Lock()


def column(checkpoint: Checkpoint, name: str) -> np.ndarray:
    """One value per image [N]: a column of the latents, a principal component `pca-0`, the value `factor-2` of a factor
    or which `range-2` it lies in, `kmeans-10`, `hdbscan`, or an axis `map-<key>-0` of a map.

    Raises:
        UnknownName: for any other name, and for a map that is not on this machine.
        DataUnavailable: for a factor of a data set that is not on this machine.
    """
    if clusters.NAME.fullmatch(name):
        return clustered(checkpoint, name).ids
    if factor := _FACTOR.fullmatch(name):
        return _of_factor(checkpoint, factor[1], int(factor[2]))
    if principal := _PCA.fullmatch(name):
        return _principal(checkpoint, int(principal[1]), catalogue.LATENTS.get(checkpoint).mu)
    if on_map := _MAP.fullmatch(name):
        return catalogue.projection(checkpoint, on_map[1]).xy[:, int(on_map[2])]
    return encoded.column(catalogue.LATENTS.get(checkpoint), name)


def map_column(checkpoint: Checkpoint, name: str) -> np.ndarray:
    """The same of the images that are points of a map; [P]."""
    if principal := _PCA.fullmatch(name):
        return _principal(checkpoint, int(principal[1]), of_points(catalogue.LATENTS.get(checkpoint).mu))
    return of_points(column(checkpoint, name))


@lru_cache(maxsize=32)
def category_counts(checkpoint: Checkpoint, name: str, categories: int) -> tuple[int, ...]:
    """How many of all encoded images are of each category, by a column of their ids."""
    return tuple(np.bincount(column(checkpoint, name), minlength=categories).tolist())


def _principal(checkpoint: Checkpoint, component: int, mu: np.ndarray) -> np.ndarray:
    plane = catalogue.PLANES.get(checkpoint)
    if component >= len(plane.components):
        raise UnknownName("column", f"pca-{component}", ("pca-0",))
    return plane.project(mu)[:, component]


def _of_factor(checkpoint: Checkpoint, family: str, place: int) -> np.ndarray:
    known = known_factors(checkpoint)
    if known.note:
        raise DataUnavailable(f"There is no {family}-{place}: {known.note}.")
    if place >= len(known.factors):
        names = [f"{family}-{one}" for one in range(len(known.factors))]
        raise UnknownName("column", f"{family}-{place}", names)
    values = known.values[:, place]
    return values if family == "factor" else range_ids(values, known.factors[place].size)


def clustered(checkpoint: Checkpoint, name: str) -> Clusters:
    """The clusters of this exact content by name, found once: a second caller waits for the first one's."""
    with _CLUSTERING:
        return _clustered(checkpoint, name)


@lru_cache(maxsize=32)
def _clustered(checkpoint: Checkpoint, name: str) -> Clusters:
    return clusters.clusters(catalogue.LATENTS.get(checkpoint).mu, name)
