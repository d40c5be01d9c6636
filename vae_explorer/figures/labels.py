"""Where labels stand beside dots, so that none lies over another or over a dot."""

from collections.abc import Sequence
from typing import NamedTuple

CHARACTER, LINE = 0.0145, 0.05
"""How wide a character and how high a line are, as shares of a chart of 520 × 330 px."""
AWAY = 0.022
"""From the middle of a dot to its label."""
DOT = 0.012
"""Around the middle of a dot nothing is written."""


class Dot(NamedTuple):
    """Where a dot lies, as shares of both axes from the lower left, and what is to be written beside it."""

    x: float
    y: float
    label: str
    marked: bool


class _Box(NamedTuple):
    left: float
    low: float
    right: float
    high: float

    def meets(self, other: "_Box") -> bool:
        apart = self.right <= other.left or other.right <= self.left or self.high <= other.low or other.high <= self.low
        return not apart

    @property
    def inside(self) -> bool:
        return self.left >= 0 and self.low >= 0 and self.right <= 1 and self.high <= 1


SIDES: dict[str, tuple[float, float]] = {
    "top center": (-0.5, 1),
    "bottom center": (-0.5, -1),
    "middle right": (0, 0),
    "middle left": (-1, 0),
    "top right": (0, 1),
    "top left": (-1, 1),
    "bottom right": (0, -1),
    "bottom left": (-1, -1),
}
"""Of Plotly's text, the best first: how many of its widths it starts from the dot, and whether above or below."""


def label_sides(dots: Sequence[Dot]) -> list[str]:
    """For each dot the side that its label stands on; empty where there is room on none, and none is written.

    Marked dots choose first, and are always written.
    """
    taken = [_Box(dot.x - DOT, dot.y - DOT, dot.x + DOT, dot.y + DOT) for dot in dots]
    found = [""] * len(dots)
    for place in sorted(range(len(dots)), key=lambda place: not dots[place].marked):
        dot = dots[place]
        boxes = {side: _box(dot, side) for side in SIDES} if dot.label else {}
        free = [side for side, box in boxes.items() if box.inside and not any(map(box.meets, taken))]
        found[place] = next(iter(free or (boxes if dot.marked else ())), "")
        if found[place]:
            taken.append(boxes[found[place]])
    return found


def _box(dot: Dot, side: str) -> _Box:
    across, up = SIDES[side]
    width = CHARACTER * len(dot.label)
    left = dot.x + across * width + (0 if across == -0.5 else AWAY if across == 0 else -AWAY)
    middle = dot.y + up * (AWAY + LINE / 2)
    return _Box(left, middle - LINE / 2, left + width, middle + LINE / 2)
