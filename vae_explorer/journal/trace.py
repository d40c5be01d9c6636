"""The trace: what training measures of itself, every few steps a line."""

import json
import math
from pathlib import Path
from typing import Any, NamedTuple

TRACE = "trace.jsonl"
MAX_BYTES = 1 << 24


class Line(NamedTuple):
    """Means over the training images of the steps since the line before, in nats per image."""

    step: int
    """Optimizer steps so far."""
    epoch: float
    """Epochs so far, with the part of one that is under way."""
    seconds: float
    """Of training so far."""
    beta: float
    """As it was set, before annealing; where it differs from the line before, it was changed at that line's step."""
    loss: float
    """In nats per pixel for presets that divide by the pixels."""
    nll: float
    rate: float | None
    """None for a plain autoencoder."""
    kl: tuple[float, ...] | None
    """Of each unit; None where the rate does not split over units."""


def text(line: Line) -> str:
    """The line as it stands in the file."""
    return json.dumps(line._asdict()) + "\n"


def read(journal: Path, after: int = -1) -> list[Line]:
    """The whole lines of steps beyond `after`; a half-written one is not read."""
    try:
        with (journal / TRACE).open("rb") as file:
            data = file.read(MAX_BYTES)
    except OSError:
        return []
    found = [_line(row) for row in data.splitlines(keepends=True) if row.endswith(b"\n")]
    return [line for line in found if line is not None and line.step > after]


def _line(row: bytes) -> Line | None:
    try:
        values: dict[str, Any] = json.loads(row)
        kl = values.pop("kl")
        line = Line(**values, kl=None if kl is None else tuple(map(float, kl)))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    numbers = [value for value in (*line[:7], *(line.kl or ())) if value is not None]
    fine = all(isinstance(value, int | float) and math.isfinite(value) for value in numbers)
    return line if fine and isinstance(line.step, int) else None
