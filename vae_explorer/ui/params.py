"""PARAMS: everything that is being looked at, as plain values that fit in a URL. One row each."""

import json
import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from vae_explorer import strict_json
from vae_explorer.bounds import MAX_SEED, is_number
from vae_explorer.checkpoints.catalogue import DEFAULT_ID
from vae_explorer.config import MAX_LATENT_DIM
from vae_explorer.latents import clusters
from vae_explorer.latents.neighbours import MEASURES
from vae_explorer.latents.traversals import MAX_FRAMES, MAX_STEPS, PATHS, SPACINGS
from vae_explorer.metrics.scores.factor_matrix import MATRICES
from vae_explorer.projections import PROJECTIONS
from vae_explorer.projections.settings import MAX_NEIGHBORS, MAX_PERPLEXITY, METRICS, Settings

MAX_CLASS = 9999
OWN = "own"
"""Of a path: each end decoded as its own class."""
MAX_CORNERS = 64
MAX_STEP = 10**12
"""Optimizer steps."""
MAX_COMPARED = 6
"""Models side by side."""
MAX_FIELDS = 40
"""Fields that a person fills in."""

Value = str | int | float | tuple[Any, ...] | Mapping[str, Any] | None


def _text(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= 80:
        raise ValueError("expected a short text")
    return value


def _one_of(*names: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if value not in names:
            raise ValueError(f"expected {', '.join(names)}")
        return value

    return check


def _number(low: float, high: float) -> Callable[[Any], float]:
    def check(value: Any) -> float:
        if not is_number(value, -math.inf, math.inf):
            raise ValueError("expected a number")
        if not low <= value <= high:
            raise ValueError(f"expected a number from {low:g} to {high:g}")
        return value

    return check


def _whole(low: int, high: int) -> Callable[[Any], int]:
    number = _number(low, high)

    def check(value: Any) -> int:
        if int(number(value)) != value:
            raise ValueError("expected a whole number")
        return int(value)

    return check


def _list(item: Callable[[Any], Any], low: int, high: int) -> Callable[[Any], tuple[Any, ...]]:
    def check(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple) or not low <= len(value) <= high:
            raise ValueError(f"expected {low} to {high} values")
        return tuple(item(entry) for entry in value)

    return check


def _optional(check: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else check(value)


def _plain(text: str) -> str | float:
    """A number where the text is one: the shortest JSON that it could be."""
    if len(text) > 40:
        return text
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return value if isinstance(value, int | float) else text


_FACTOR = "factor-(0|[1-9][0-9]?)"
_TRAIT = re.compile(rf"label|{_FACTOR}")
_COLOUR = re.compile(rf"class|nll|rate|distance|{_FACTOR}|(mu|sigma)-(0|[1-9][0-9]{{0,2}})|{clusters.NAME.pattern}")


def _colour(value: Any) -> str:
    """What points can be coloured by: `class`, `factor-2`, `nll`, `mu-3`, `kmeans-10`, …"""
    if not _COLOUR.fullmatch(_text(value)):
        raise ValueError("expected class, factor-0, nll, rate, distance, mu-0, sigma-0, kmeans-10 or hdbscan")
    return value


def _trait(value: Any) -> str:
    """The column of what is known of images."""
    if not _TRAIT.fullmatch(_text(value)):
        raise ValueError("expected label or factor-0")
    return value


def _spot(value: Any) -> tuple[float, ...]:
    """Nothing, or a place on the map."""
    spot = _list(_PLACE, 0, 2)(value)
    if len(spot) == 1:
        raise ValueError("expected x and y")
    return spot


def _area(value: Any) -> tuple[float, ...]:
    """Nothing, or the corners of a polygon on the map: x and y in turn."""
    area = _list(_PLACE, 0, 2 * MAX_CORNERS)(value)
    if area and (len(area) < 6 or len(area) % 2):
        raise ValueError(f"expected x and y of 3 to {MAX_CORNERS} corners")
    return area


def _cell(value: Any) -> tuple[int, ...]:
    """Nothing, or a unit and a factor."""
    cell = _list(_UNIT, 0, 2)(value)
    if len(cell) == 1:
        raise ValueError("expected a unit and a factor")
    return cell


def _view(value: Any) -> tuple[float, ...]:
    """Nothing, or centre x, centre y and the width that a thousand pixels show."""
    view = _list(_number(-1000, 1000), 0, 3)(value)
    if view and not (len(view) == 3 and 1e-3 <= view[2] <= 1e4):
        raise ValueError("expected centre x, centre y and a width above 0")
    return view


def _pin(value: Any) -> tuple[float, ...]:
    """A code; the origin is where every pin starts."""
    pin = _list(_number(-10_000, 10_000), 0, MAX_LATENT_DIM)(value)
    return pin if any(pin) else ()


def _form(value: Any) -> Mapping[str, Any]:
    """Fields by name, as a person filled them in; those whom they are meant for say whether they fit."""
    if not isinstance(value, Mapping) or len(value) > MAX_FIELDS or not all(map(_is_field, value, value.values())):
        raise ValueError(f"expected up to {MAX_FIELDS} fields with numbers or short texts")
    return dict(value)


def _is_field(name: Any, given: Any) -> bool:
    short = isinstance(given, str) and len(given) <= 200
    return isinstance(name, str) and len(name) <= 40 and (given is None or short or is_number(given, -1e15, 1e15))


_PLACE = _number(-1e6, 1e6)
_ON_OFF = _one_of("on", "off")


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
            return self.check(parts if self.texts else [_plain(part) for part in parts])
        return self.check(text if isinstance(self.default, str) else _plain(text))

    def write(self, value: Value) -> str:
        """The value as a URL's text; numbers keep four decimals."""
        if isinstance(value, Mapping):
            return json.dumps(dict(value), ensure_ascii=False, separators=(",", ":"))
        values = value if isinstance(value, tuple) else (value,)
        return ",".join(str(round(entry, 4) + 0.0 if isinstance(entry, float) else entry) for entry in values)


def _own_or_class(value: Any) -> Value:
    return OWN if value == OWN else _whole(0, MAX_CLASS)(_plain(str(value)))


_INDEX = _whole(0, 10_000_000)
_UNIT = _whole(0, MAX_LATENT_DIM - 1)

PARAMS: Mapping[str, Param] = {
    "model": Param("Model", DEFAULT_ID, _text),
    "beta": Param("β", 1.0, _number(-math.inf, math.inf)),
    "y": Param("Decode as", 0, _whole(0, MAX_CLASS)),
    "plane": Param("Plane", "units", _one_of(*PROJECTIONS)),
    "units": Param("Units", (), _list(_UNIT, 0, 2)),
    "colour": Param("Colour", "class", _colour),
    "pin": Param("Pinned z", (), _pin),
    "point": Param("Chosen image", None, _optional(_INDEX)),
    "view": Param("View", (), _view),
    "spot": Param("Place on the map", (), _spot),
    "area": Param("Selection", (), _area),
    "lattice": Param("Decoded lattice", 0.0, _number(0, 1)),
    "names": Param("Class names", "on", _ON_OFF),
    "contours": Param("Density contours", "off", _ON_OFF),
    "thumbnails": Param("Thumbnails", "on", _ON_OFF),
    "refine": Param("Re-encoding", "off", _ON_OFF),
    "measure": Param("Measure of neighbours", "euclidean", _one_of(*MEASURES)),
    "n_neighbors": Param("Neighbours of the map", Settings.n_neighbors, _whole(2, MAX_NEIGHBORS)),
    "min_dist": Param("Least distance on the map", Settings.min_dist, _number(0, 0.99)),
    "metric": Param("Metric of the map", Settings.metric, _one_of(*METRICS)),
    "perplexity": Param("Perplexity", Settings.perplexity, _number(5, MAX_PERPLEXITY)),
    "map_seed": Param("Seed of the map", Settings.seed, _whole(0, MAX_SEED)),
    "counted": Param("Histogram", "label", _trait),
    "hidden": Param("Hidden categories", (), _list(_whole(0, 1000), 0, 1000)),
    "unit": Param("Unit", None, _optional(_UNIT)),
    "spacing": Param("Spacing", "linear", _one_of(*SPACINGS)),
    "span": Param("Span", 2.5, _number(0.5, 6)),
    "steps": Param("Steps", 17, _whole(2, MAX_STEPS)),
    "a": Param("Image A", 0, _INDEX),
    "b": Param("Image B", 1, _INDEX),
    "path": Param("Path", "slerp", _one_of(*PATHS)),
    "path_class": Param("Decode the path as", OWN, _own_or_class),
    "frames": Param("Frames", 16, _whole(2, MAX_FRAMES)),
    "t": Param("Position t", 0.0, _number(0, 1)),
    "models": Param("Models", (), _list(_text, 0, MAX_COMPARED), texts=True, most=MAX_COMPARED),
    "axes": Param("Axes", "units", _one_of("units", "pca")),
    "seed": Param("Seed", 0, _whole(0, MAX_SEED)),
    "difference": Param("Difference", "image", _one_of("image", "first")),
    "cell": Param("Unit and factor", (), _cell),
    "matrix": Param("Matrix", "information", _one_of(*MATRICES)),
    "run": Param("Run", "", lambda value: value and _text(value)),
    "snapshot": Param("Snapshot", None, _optional(_whole(0, MAX_STEP))),
    "form": Param("Form", {}, _form),
    "sweep": Param("Sweep", "", lambda value: value and _text(value)),
    "over_time": Param("Map over time", "plane", _one_of("plane", "umap")),
}
