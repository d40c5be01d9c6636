"""Who asks for a map: each is fitted once, one at a time, in a child process that can be watched and stopped."""

import contextlib
import json
import logging
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np

from vae_explorer.child_queue import ChildQueue, Start, Task, TaskState
from vae_explorer.projections import process, store
from vae_explorer.projections.settings import Settings

LOG = logging.getLogger(__name__)
HOME = Path(__file__).parents[2]


class Order(NamedTuple):
    """What is asked for."""

    target: Path
    """The file that it comes to lie in."""
    words: Callable[[Path], list[str]]
    """Writes into a folder what the process needs to know; gives the process's arguments."""


def fitted_map(key: str, mu: np.ndarray, chosen: Settings) -> Order:
    """The map of latents mu [N, D], kept by its key."""
    target = store.cache_root() / f"{key}.npz"
    return Order(target, lambda folder: process.ask(folder, mu, chosen, target))


@dataclass
class MapTask(Task[str]):
    """One map on its way, and how far it has come."""

    order: Order = field(kw_only=True)
    share: float = 0.0
    doing: str = "Waiting for the map before it"

    @property
    def stale(self) -> bool:
        """Whether its map was there and has vanished since."""
        return self.state == TaskState.DONE and not self.order.target.is_file()

    def run(self, start: Start) -> None:
        """Have the process write the map, in a temporary folder of its own."""
        with tempfile.TemporaryDirectory(prefix="vae-explorer-") as place, (Path(place) / "diary").open("w+") as diary:
            command, pipe = self.order.words(Path(place)), subprocess.PIPE
            running = start(
                lambda: subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=diary, text=True, cwd=HOME)
            )
            if running is None:
                return
            with running:
                assert running.stdout is not None
                self._watch(running.stdout)
            if self.state == TaskState.RUNNING:
                self._conclude(running.returncode, diary)

    def unstartable(self, error: Exception) -> str:
        """The system's own words."""
        return f"The map’s process could not be started: {error}."

    def _watch(self, lines: IO[str]) -> None:
        for line in lines:
            with contextlib.suppress(ValueError, KeyError):
                told = json.loads(line)
                if "error" in told:
                    self.state, self.sentence = TaskState.FAILED, told["error"]
                    continue
                self.share, self.doing = float(told["share"]), str(told["doing"])

    def _conclude(self, code: int, diary: IO[str]) -> None:
        if code == 0 and self.order.target.is_file():
            self.state, self.share = TaskState.DONE, 1.0
            return
        diary.seek(0)
        LOG.error("The map %s ended with %s: %s", self.key, code, diary.read()[-2000:])
        self.sentence = f"The map’s process ended before it was done (exit {code}); try again."
        self.state = TaskState.FAILED


QUEUE: ChildQueue[MapTask] = ChildQueue()
"""The maps of this process."""
