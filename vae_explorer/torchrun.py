"""This process among those that torchrun started to train one model together."""

import os
from dataclasses import dataclass

LAUNCHED = "TORCHELASTIC_RUN_ID"
"""What torchrun tells the processes that it starts, beside their numbers."""


@dataclass(frozen=True)
class Place:
    """A process among several, or one alone."""

    index: int = 0
    """Of all; the first reports and writes."""
    local: int = 0
    """Of those on this machine."""
    count: int = 1


def place() -> Place:
    """Where this process stands."""
    names = ("RANK", "LOCAL_RANK", "WORLD_SIZE")
    return Place(*(int(os.environ[name]) for name in names)) if LAUNCHED in os.environ else Place()
