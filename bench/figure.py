"""A measured figure beside its goal."""

import os
import platform
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Figure(NamedTuple):
    """What was measured, in which unit, and the goal it is held against (a lower or an upper bound)."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    at_least: bool = False

    def __str__(self) -> str:
        text = f"{self.name:<74} {self.value:>10,.2f} {self.unit}"
        if self.goal is None:
            return text
        sign = "≥" if self.at_least else "≤"
        met = self.value >= self.goal if self.at_least else self.value <= self.goal
        return f"{text}   goal {sign} {self.goal:g} {'met' if met else 'MISSED'}"


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values does not exceed (nearest rank)."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def machine() -> str:
    """The machine in one line."""
    name = platform.processor() or platform.machine()
    described = Path("/proc/cpuinfo")
    if described.exists():
        lines = described.read_text(encoding="utf-8").splitlines()
        name = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), name)
    return f"{name}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
