"""PARAMS: everything that is being looked at, as plain values that fit in a URL. One row each."""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from vae_explorer import strict_json
from vae_explorer.bounds import MAX_SEED
from vae_explorer.checkpoints.catalogue import DEFAULT_ID
from vae_explorer.config import MAX_LATENT_DIM
from vae_explorer.latents.neighbours import MEASURES
from vae_explorer.latents.traversals import MAX_FRAMES, MAX_STEPS, PATHS, SPACINGS
from vae_explorer.metrics.scores.factor_matrix import MATRICES
from vae_explorer.projections import PROJECTIONS
from vae_explorer.projections.settings import MAX_NEIGHBORS, MAX_PERPLEXITY, METRICS, Settings
from vae_explorer.ui import value_checks as checks

MAX_STEP = 10**12
"""Optimizer steps."""
MAX_COMPARED = 6
"""Models side by side."""

Value = str | int | float | tuple[Any, ...] | Mapping[str, Any] | None


@dataclass(frozen=True)
class Param:
    """One thing that is being looked at: its default and what it may be; PAGES says whose URL shows it."""

    title: str
    default: Value
    check: Callable[[Any], Value]
    texts: bool = False
    """Whether a list holds texts, of which none is to be read as a number."""
    most: int | None = None
    """How many values of a link's list are taken, where more are better than none."""

    def read(self, text: str) -> Value:
        """The value of a URL's text.

        Raises:
            ValueError: when the text is no allowed value.
        """
        if isinstance(self.default, Mapping):
            return self.check(strict_json.parsed(text))
        if isinstance(self.default, tuple):
            parts = text.split(",", MAX_LATENT_DIM)[: self.most]
            return self.check(parts if self.texts else [checks.plain(part) for part in parts])
        return self.check(text if isinstance(self.default, str) else checks.plain(text))

    def write(self, value: Value) -> str:
        """The value as a URL's text; numbers keep four decimals."""
        if isinstance(value, Mapping):
            return json.dumps(dict(value), ensure_ascii=False, separators=(",", ":"))
        values = value if isinstance(value, tuple) else (value,)
        return ",".join(str(round(entry, 4) + 0.0 if isinstance(entry, float) else entry) for entry in values)


PARAMS: Mapping[str, Param] = {
    "model": Param("Model", DEFAULT_ID, checks.text),
    "beta": Param("β", 1.0, checks.number(-math.inf, math.inf)),
    "y": Param("Decode as", 0, checks.whole(0, checks.MAX_CLASS)),
    "plane": Param("Plane", "units", checks.one_of(*PROJECTIONS)),
    "units": Param("Units", (), checks.listed(checks.UNIT, 0, 2)),
    "colour": Param("Colour", "class", checks.colour),
    "pin": Param("Pinned z", (), checks.pin),
    "point": Param("Chosen image", None, checks.optional(checks.INDEX)),
    "view": Param("View", (), checks.view),
    "spot": Param("Place on the map", (), checks.pair(checks.PLACE, "x and y")),
    "area": Param("Selection", (), checks.area),
    "lattice": Param("Decoded lattice", 0.0, checks.number(0, 1)),
    "names": Param("Class names", "on", checks.ON_OFF),
    "contours": Param("Density contours", "off", checks.ON_OFF),
    "thumbnails": Param("Thumbnails", "on", checks.ON_OFF),
    "refine": Param("Re-encoding", "off", checks.ON_OFF),
    "measure": Param("Measure of neighbours", "euclidean", checks.one_of(*MEASURES)),
    "n_neighbors": Param("Neighbours of the map", Settings.n_neighbors, checks.whole(2, MAX_NEIGHBORS)),
    "min_dist": Param("Least distance on the map", Settings.min_dist, checks.number(0, 0.99)),
    "metric": Param("Metric of the map", Settings.metric, checks.one_of(*METRICS)),
    "perplexity": Param("Perplexity", Settings.perplexity, checks.number(5, MAX_PERPLEXITY)),
    "map_seed": Param("Seed of the map", Settings.seed, checks.whole(0, MAX_SEED)),
    "counted": Param("Histogram", "label", checks.trait),
    "hidden": Param("Hidden categories", (), checks.listed(checks.whole(0, 1000), 0, 1000)),
    "unit": Param("Unit", None, checks.optional(checks.UNIT)),
    "spacing": Param("Spacing", "linear", checks.one_of(*SPACINGS)),
    "span": Param("Span", 2.5, checks.number(0.5, 6)),
    "steps": Param("Steps", 17, checks.whole(2, MAX_STEPS)),
    "a": Param("Image A", 0, checks.INDEX),
    "b": Param("Image B", 1, checks.INDEX),
    "path": Param("Path", "slerp", checks.one_of(*PATHS)),
    "path_class": Param("Decode the path as", checks.OWN, checks.own_or_class),
    "frames": Param("Frames", 16, checks.whole(2, MAX_FRAMES)),
    "t": Param("Position t", 0.0, checks.number(0, 1)),
    "models": Param("Models", (), checks.listed(checks.text, 0, MAX_COMPARED), texts=True, most=MAX_COMPARED),
    "axes": Param("Axes", "units", checks.one_of("units", "pca")),
    "seed": Param("Seed", 0, checks.whole(0, MAX_SEED)),
    "drawn": Param("Samples from", "prior", checks.one_of("prior", "aggregate")),
    "difference": Param("Difference", "image", checks.one_of("image", "first")),
    "cell": Param("Unit and factor", (), checks.pair(checks.UNIT, "a unit and a factor")),
    "matrix": Param("Matrix", "information", checks.one_of(*MATRICES)),
    "run": Param("Run", "", lambda value: value and checks.text(value)),
    "snapshot": Param("Snapshot", None, checks.optional(checks.whole(0, MAX_STEP))),
    "form": Param("Form", {}, checks.form),
    "sweep": Param("Sweep", "", lambda value: value and checks.text(value)),
    "over_time": Param("Map over time", "plane", checks.one_of("plane", "umap")),
}
