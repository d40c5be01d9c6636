"""Result: what a row of METRICS gave, as it is stored and read back."""

from collections.abc import Iterable
from typing import Any, NamedTuple


class Result(NamedTuple):
    """The value of one score, and all that is needed to measure it again."""

    metric: str
    """Its row's name."""
    dataset: str
    split: str
    n: int
    """Images."""
    seed: int
    settings: dict[str, Any]
    value: Any
    """JSON; None where the model has no such figure."""
    beta: float | None = None
    """Of a multi-rate network, the β it was measured at; None: of the checkpoint as it opens, and of any other."""


def merged(stored: Iterable[Result], new: Iterable[Result]) -> tuple[Result, ...]:
    """The newest result of each row on each split, at each β."""
    return tuple({(one.metric, one.dataset, one.split, one.beta): one for one in (*stored, *new)}.values())
