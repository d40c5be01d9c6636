"""Settings of a fitted map, checked where they are made."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from vae_explorer.bounds import require_seed
from vae_explorer.errors import UnknownName, require
from vae_explorer.projections import PROJECTIONS

METRICS = ("euclidean", "cosine", "manhattan", "correlation")
MAX_NEIGHBORS, MAX_PERPLEXITY = 200, 100.0


@dataclass(frozen=True)
class Settings:
    """How a map is fitted; what its method does not take stands at its default, so that equal maps have one key."""

    method: str
    n_neighbors: int = 15
    min_dist: float = 0.1
    metric: str = "euclidean"
    perplexity: float = 30.0
    seed: int = 0

    def __post_init__(self) -> None:
        fitted = [name for name, row in PROJECTIONS.items() if row.fitted]
        if self.method not in fitted:
            raise UnknownName("fitted map", self.method, fitted)
        if self.metric not in METRICS:
            raise UnknownName("metric", self.metric, METRICS)
        require(2 <= self.n_neighbors <= MAX_NEIGHBORS, f"n_neighbors must be from 2 to {MAX_NEIGHBORS}.")
        require(0 <= self.min_dist <= 0.99, "min_dist must be from 0 to 0.99.")
        require(5 <= self.perplexity <= MAX_PERPLEXITY, f"perplexity must be from 5 to {MAX_PERPLEXITY:g}.")
        require_seed(self.seed)

    def taken(self) -> dict[str, Any]:
        """The method and the settings it takes, by name."""
        return {"method": self.method} | {name: getattr(self, name) for name in PROJECTIONS[self.method].settings}


def settings(method: str, values: dict[str, Any]) -> Settings:
    """The settings of a method, of whatever values there are; what it does not take stays at its default.

    Raises:
        InvalidSetting, UnknownName: for a value outside its bounds.
    """
    taken = PROJECTIONS[method].settings if method in PROJECTIONS else ()
    return Settings(method, **{name: value for name, value in values.items() if name in taken})


def key(mu: np.ndarray, chosen: Settings) -> str:
    """The name of a map's content: 32 hex digits of a hash over the latents mu [N, D] and all settings."""
    digest = hashlib.sha256(json.dumps([1, mu.shape, asdict(chosen)], sort_keys=True).encode())
    digest.update(np.ascontiguousarray(mu, "<f4").data)
    return digest.hexdigest()[:32]
