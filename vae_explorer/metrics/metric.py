"""Metric: what a row of METRICS is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from vae_explorer.config import ModelConfig
from vae_explorer.metrics.evidence import Evidence, Need


class Place(StrEnum):
    """Where a figure shows, beside the command `evaluate`, which tells every result whole."""

    MODEL_TABLE = "the table of all models"
    COMPARISON = "models side by side"


@dataclass(frozen=True)
class Figure:
    """One number of a result, as a person sees it."""

    title: str
    unit: str = ""
    form: str = "%.2f"
    """As printf has it."""
    shows: tuple[Place, ...] = tuple(Place)
    read: Callable[[Any, ModelConfig], float | None] = lambda value, model: value
    """The number out of the result's value; the value itself where that is a number."""
    out_of: Callable[[ModelConfig], int] | None = None
    """What a count is out of."""
    about: str = ""
    """What the title leaves open."""
    by_yardstick: bool = False
    """Whether only models of one Yardstick may stand in one column of it."""

    @property
    def heading(self) -> str:
        """The title with its unit."""
        return f"{self.title} ({self.unit})" if self.unit else self.title

    def text(self, number: float | None, model: ModelConfig) -> str:
        """The number as it is read; a dash where a model has none."""
        if number is None:
            return "–"
        told = self.form % number
        return told if self.out_of is None else f"{told} of {self.out_of(model)}"


@dataclass(frozen=True)
class Setting:
    """What can be chosen of how a row measures: an option of `evaluate`, and a key beside the row's in its answer."""

    flag: str
    read: Callable[[str], Any]
    """From the command line's word.

    Raises:
        ValueError: for a word that is none of its values.
    """
    default: str
    """A word, too."""
    about: str

    @property
    def usual(self) -> Any:
        """The default's value."""
        return self.read(self.default)


@dataclass(frozen=True)
class Metric:
    """One row: how a score is measured, what it needs of a model and its images, and what is shown of it.

    The function takes the evidence and the row's settings by name; what it gives is written as JSON.
    """

    measure: Callable[..., Any]
    figures: tuple[Figure, ...] = ()
    """None: told by `evaluate` alone."""
    needs: tuple[Need, ...] = ()
    settings: Mapping[str, Setting] = field(default_factory=dict)
    split: str | None = None
    """The split that it is always scored on; None: the one that is measured."""

    on_request: bool = False
    """Whether it is measured only where it is named."""
    counted: Callable[[Any], int] | None = None
    """How many images a value was measured on; None: all of the split."""

    def applies(self, evidence: Evidence) -> bool:
        """Whether there is what it needs."""
        return all(need(evidence) for need in self.needs)
