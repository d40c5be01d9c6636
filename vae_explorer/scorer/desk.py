"""Who asks for scores: those of one checkpoint at a time, in a child process that can be watched and stopped."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.child_queue import ChildQueue
from vae_explorer.reported_task import ReportedTask
from vae_explorer.scorer import found, process


@dataclass
class ScoreTask(ReportedTask):
    """The scores of one checkpoint on their way."""

    noun: ClassVar[str] = "scores"
    folder: Path = field(kw_only=True)
    dataset: str = field(kw_only=True)
    names: tuple[str, ...] = field(kw_only=True)
    doing: str = "Waiting for the scores of another model"

    def words(self, folder: Path) -> list[str]:
        """Of the process that measures them."""
        return process.ask(folder, self.folder, self.dataset, self.names, found.SEED)


QUEUE: ChildQueue[ScoreTask] = ChildQueue()
"""The scores of this process."""


def ask(checkpoint: Checkpoint, asker: str) -> None:
    """Have what is missing of a checkpoint measured, or join who asked before; it goes on when nobody looks."""
    QUEUE.forget(checkpoint.id)
    place, dataset = checkpoint.home.with_name(checkpoint.id), catalogue.EVALUATIONS.get(checkpoint).dataset
    names = found.missing(checkpoint)
    QUEUE.ask(ScoreTask(checkpoint.id, folder=place, dataset=dataset, names=names), asker)


def asked(checkpoint: Checkpoint) -> ScoreTask | None:
    """What was asked for of a checkpoint, under way or over."""
    return next((task for task in QUEUE.tasks if task.key == checkpoint.id), None)
