"""Score: what a row of SCORES is made of, and what it gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from vae_explorer.metrics.scores.codes import Codes


class Scored(NamedTuple):
    """What a score's function gives of codes."""

    value: float
    """Higher is better unless the row says otherwise; 0 where there is nothing to score, and then `reason` says so."""
    parts: Mapping[str, float] = {}
    """What the value is put together from, by name, such as one number a factor."""
    n: int = 0
    """Images that were used."""
    reason: str = ""
    """One sentence, where the value was defined rather than measured, or measured on fewer images than asked for."""


@dataclass(frozen=True)
class Score:
    """One row: how codes are scored, how the estimate is made, and what to say of it."""

    title: str
    measure: Callable[..., Scored]
    """(codes, rng, **settings) to Scored; every setting is a keyword with a default, and n among them."""
    about: str
    """One plain sentence: what it asks of a code."""
    estimator: str
    """How it is estimated, in words of the field, with the source (author, year)."""
    settings: Mapping[str, object] = field(default_factory=dict)
    """Keywords that this row calls its function with."""
    usual: bool = True
    """Whether it is measured unless scores are named; those that take minutes are not."""
    unit: str = ""
    """Of the value; empty for one from 0 to 1, where higher is better."""
    quick: bool = False
    """Whether it is measured while a person waits: in about a second, its ceiling too."""
    headline: bool = False
    """Whether the table of models shows it."""
    factors: int = 1
    """Fewest factors that it can be measured with."""

    def __call__(self, codes: Codes, rng: np.random.Generator) -> Scored:
        """The codes' score, with the row's own settings."""
        return self.measure(codes, rng, **self.settings)
