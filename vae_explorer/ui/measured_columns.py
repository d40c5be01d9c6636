"""What was measured of many models, in columns that may be sorted: nlls that cannot be compared stand apart."""

from collections.abc import Sequence
from typing import NamedTuple

from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.metrics import Column, columns
from vae_explorer.metrics.metric import Place
from vae_explorer.metrics.score_rows import variants_of
from vae_explorer.metrics.scores import SCORES
from vae_explorer.metrics.yardsticks import Yardstick
from vae_explorer.ui import titles

SPREADS = frozenset(map(variants_of, SCORES))
"""Rows that say how far the ways of counting a score lie apart, and are no score."""


class MeasuredColumn(NamedTuple):
    """A figure in the table; of an nll, or what is made of it, for the models of one yardstick alone."""

    heading: str
    column: Column
    yardstick: Yardstick | None

    def number(self, checkpoint: Checkpoint) -> float | None:
        """A model's number; None where it has none, or stands in another column."""
        if self.yardstick not in (None, titles.yardstick_of(checkpoint)):
            return None
        return self.column.number(catalogue.RESULTS.get(checkpoint), checkpoint.recipe.model)


def measured_columns(found: Sequence[Checkpoint], place: Place | None = None) -> list[MeasuredColumn]:
    """What was measured of these models and shows at a place, or anywhere.

    An nll's columns are as many as there are yardsticks, for each is sorted.
    """
    kinds = titles.yardstick_titles(dict.fromkeys(map(titles.yardstick_of, found)))
    placed: list[MeasuredColumn] = []
    for column in columns(place, map(catalogue.RESULTS.get, found)):
        if column.metric in SPREADS:
            continue
        heading, split = column.figure.heading, column.figure.by_yardstick and len(kinds) > 1
        apart = [MeasuredColumn(f"{heading}, {title}", column, kind) for kind, title in kinds.items()]
        placed += apart if split else [MeasuredColumn(heading, column, None)]
    return [one for one in placed if any(one.number(checkpoint) is not None for checkpoint in found)]
