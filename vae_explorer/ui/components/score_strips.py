"""Scores in a table, each drawn on one axis from 0 to 1 beside its ceiling and what other ways of counting give."""

from collections.abc import Sequence
from typing import NamedTuple

from vae_explorer.ui.components.served import served

_scores = served("scores")


class Dot(NamedTuple):
    """A score by one way of counting."""

    name: str
    value: float
    ceiling: float


class Line(NamedTuple):
    """A score as it is shown; `at` and `best` are its value and ceiling where the axis has them, else None."""

    title: str
    about: str
    value: str
    ceiling: str
    n: str
    at: float | None
    best: float | None
    dots: Sequence[Dot] = ()


def score_strips(lines: Sequence[Line]) -> None:
    """The table, a row for each score."""
    rows = [{**line._asdict(), "dots": [dot._asdict() for dot in line.dots]} for line in lines]
    _scores(key=f"scores-table-{len(lines)}", data={"lines": rows})
