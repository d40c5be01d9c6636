"""What values may be that come from a link, a widget or the browser; each check gives the value or a ValueError."""

import json
import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from vae_explorer.bounds import is_number
from vae_explorer.config import MAX_LATENT_DIM
from vae_explorer.latents import clusters

MAX_CLASS = 9999
OWN = "own"
"""Of a path: each end decoded as its own class."""
MAX_CORNERS = 64
MAX_FIELDS = 40
"""Fields that a person fills in."""


def text(value: Any) -> str:
    """A short text."""
    if not isinstance(value, str) or not 0 < len(value) <= 80:
        raise ValueError("expected a short text")
    return value


def one_of(*names: str) -> Callable[[Any], str]:
    """One of these names."""

    def check(value: Any) -> str:
        if value not in names:
            raise ValueError(f"expected {', '.join(names)}")
        return value

    return check


def number(low: float, high: float) -> Callable[[Any], float]:
    """A finite number from low to high."""

    def check(value: Any) -> float:
        if not is_number(value, -math.inf, math.inf):
            raise ValueError("expected a number")
        if not low <= value <= high:
            raise ValueError(f"expected a number from {low:g} to {high:g}")
        return value

    return check


def whole(low: int, high: int) -> Callable[[Any], int]:
    """A whole number from low to high."""
    within = number(low, high)

    def check(value: Any) -> int:
        if int(within(value)) != value:
            raise ValueError("expected a whole number")
        return int(value)

    return check


def listed(item: Callable[[Any], Any], low: int, high: int) -> Callable[[Any], tuple[Any, ...]]:
    """So many values, each as the item is checked."""

    def check(value: Any) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple) or not low <= len(value) <= high:
            raise ValueError(f"expected {low} to {high} values")
        return tuple(item(entry) for entry in value)

    return check


def pair(item: Callable[[Any], Any], named: str) -> Callable[[Any], tuple[Any, ...]]:
    """Nothing, or two values, each as the item is checked."""

    def check(value: Any) -> tuple[Any, ...]:
        found = listed(item, 0, 2)(value)
        if len(found) == 1:
            raise ValueError(f"expected {named}")
        return found

    return check


def optional(check: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Nothing, or what is checked."""
    return lambda value: None if value is None else check(value)


def plain(text: str) -> str | float:
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


def colour(value: Any) -> str:
    """What points can be coloured by: `class`, `factor-2`, `nll`, `mu-3`, `kmeans-10`, …"""
    if not _COLOUR.fullmatch(text(value)):
        raise ValueError("expected class, factor-0, nll, rate, distance, mu-0, sigma-0, kmeans-10 or hdbscan")
    return value


def trait(value: Any) -> str:
    """The column of what is known of images."""
    if not _TRAIT.fullmatch(text(value)):
        raise ValueError("expected label or factor-0")
    return value


def area(value: Any) -> tuple[float, ...]:
    """Nothing, or the corners of a polygon on the map: x and y in turn."""
    found = listed(PLACE, 0, 2 * MAX_CORNERS)(value)
    if found and (len(found) < 6 or len(found) % 2):
        raise ValueError(f"expected x and y of 3 to {MAX_CORNERS} corners")
    return found


def view(value: Any) -> tuple[float, ...]:
    """Nothing, or centre x, centre y and the width that a thousand pixels show."""
    found = listed(number(-1000, 1000), 0, 3)(value)
    if found and not (len(found) == 3 and 1e-3 <= found[2] <= 1e4):
        raise ValueError("expected centre x, centre y and a width above 0")
    return found


def pin(value: Any) -> tuple[float, ...]:
    """A code; the origin is where every pin starts."""
    found = listed(number(-10_000, 10_000), 0, MAX_LATENT_DIM)(value)
    return found if any(found) else ()


def form(value: Any) -> Mapping[str, Any]:
    """Fields by name, as a person filled them in; those whom they are meant for say whether they fit."""
    if not isinstance(value, Mapping) or len(value) > MAX_FIELDS or not all(map(_is_field, value, value.values())):
        raise ValueError(f"expected up to {MAX_FIELDS} fields with numbers or short texts")
    return dict(value)


def _is_field(name: Any, given: Any) -> bool:
    short = isinstance(given, str) and len(given) <= 200
    return isinstance(name, str) and len(name) <= 40 and (given is None or short or is_number(given, -1e15, 1e15))


def own_or_class(value: Any) -> str | int:
    """Each end of a path as its own class, or the whole as one."""
    return OWN if value == OWN else whole(0, MAX_CLASS)(plain(str(value)))


PLACE = number(-1e6, 1e6)
ON_OFF = one_of("on", "off")
INDEX = whole(0, 10_000_000)
UNIT = whole(0, MAX_LATENT_DIM - 1)
