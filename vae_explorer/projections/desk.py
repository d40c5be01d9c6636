"""Who asks for a map: each is fitted once, one at a time, in a child process that can be watched and stopped."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, NamedTuple

import numpy as np

from vae_explorer import regular_files
from vae_explorer.cache import cache_root
from vae_explorer.child_queue import ChildQueue, TaskState
from vae_explorer.projections import process
from vae_explorer.projections.settings import Settings
from vae_explorer.reported_task import ReportedTask


class Order(NamedTuple):
    """What is asked for."""

    target: Path
    """The file that it comes to lie in."""
    words: Callable[[Path], list[str]]
    """Writes into a folder what the process needs to know; gives the process's arguments."""


def fitted_map(key: str, mu: np.ndarray, chosen: Settings) -> Order:
    """The map of latents mu [N, D], kept by its key."""
    target = cache_root() / f"{key}.npz"
    return Order(target, lambda folder: process.ask(folder, mu, chosen, target))


@dataclass
class MapTask(ReportedTask):
    """One map on its way."""

    noun: ClassVar[str] = "map"
    order: Order = field(kw_only=True)
    doing: str = "Waiting for the map before it"

    @property
    def stale(self) -> bool:
        """Whether its map was there and has vanished since."""
        return self.state == TaskState.DONE and not self.made

    @property
    def made(self) -> bool:
        """Whether its file is there."""
        return regular_files.is_file(self.order.target)

    def words(self, folder: Path) -> list[str]:
        """As the order has it."""
        return self.order.words(folder)


QUEUE: ChildQueue[MapTask] = ChildQueue()
"""The maps of this process."""
