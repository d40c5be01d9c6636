"""Finding: one sentence on models, the numbers it rests on, and where they can be seen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode

NAMED = 6
"""Units that are named one by one."""
LINKED = 6
"""Models at most that one address compares."""


@dataclass(frozen=True)
class View:
    """A page, and what its address is to say: the texts of a URL by parameter."""

    page: str
    parameters: Mapping[str, str]

    @property
    def address(self) -> str:
        """The path and query behind the app's own address."""
        return f"/{self.page}?{urlencode(self.parameters)}"


@dataclass(frozen=True)
class Finding:
    """One sentence in plain English, made of measured figures alone."""

    kind: str
    """The row that said it."""
    sentence: str
    numbers: Mapping[str, float]
    """What it rests on, by name; information in nats per image."""
    view: View
    models: tuple[str, ...]
    """Whom it is about."""

    @property
    def whom(self) -> str:
        """Its models in a few words."""
        first, *others = self.models
        return first if not others else f"{first} and {others[0] if len(others) == 1 else f'{len(others)} more'}"

    def to_dict(self) -> dict[str, Any]:
        """The finding as JSON values."""
        return {
            "kind": self.kind,
            "sentence": self.sentence,
            "numbers": dict(self.numbers),
            "view": self.view.address,
            "models": list(self.models),
        }


def view_of(page: str, model: str, **parameters: object) -> View:
    """A page that shows one model."""
    return View(page, MappingProxyType({"model": model, **{name: str(value) for name, value in parameters.items()}}))


def comparison_of(models: Iterable[str]) -> View:
    """The comparison of the first few of these models."""
    return View("compare", MappingProxyType({"models": ",".join(tuple(models)[:LINKED])}))


def units_in_words(units: Iterable[int]) -> str:
    """Units by number, or how many where they are more than a few."""
    told = [str(unit) for unit in units]
    if len(told) > NAMED:
        return f"{len(told)} units"
    return f"unit {told[0]}" if len(told) == 1 else f"units {', '.join(told[:-1])} and {told[-1]}"
