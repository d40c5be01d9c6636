"""Recipe: what a model is and how it came to be, as config.json tells it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from vae_explorer import betas
from vae_explorer.betas import Betas
from vae_explorer.checkpoints import stages
from vae_explorer.checkpoints.imported import Imported
from vae_explorer.checkpoints.stages import PLACE, Stage
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.errors import CheckpointError, ExplorerError


@dataclass(frozen=True)
class Recipe:
    """What a model is and how it came to be."""

    model: ModelConfig
    train: TrainConfig
    dataset: str
    preset: str
    epoch: int
    seconds: float
    images_per_second: float
    threads: int = 1
    device: str = "cpu"
    compiled: bool = False
    betas: Betas = ()
    """Changes of beta while it trained, each before the optimizer step after so many others."""
    diverged: int | None = None
    """The epoch in which its training diverged; the model is the last good one before."""
    ended: int | None = None
    """The last epoch of training, where patience ended it early or the model is that of an earlier, better one."""
    stages: tuple[Stage, ...] = ()
    """How earlier epochs were trained, where it was trained further in another way than before."""
    processes: int = 1
    """That shared every batch out among them."""
    imported: Imported | None = None
    """Of a model that was trained elsewhere: then nothing is known of its training, and `train` says nothing."""

    @property
    def seed(self) -> int | None:
        """The seed it was trained from, where that is known."""
        return None if self.imported else self.train.seed

    @property
    def weight(self) -> float | None:
        """The beta, where one is known that weighed a rate: not of a plain autoencoder, nor of an imported model."""
        return None if self.model.plain or self.imported else self.beta

    @property
    def objective(self) -> str:
        """What was minimised, or that it is not known."""
        return self.train.objective if self.imported is None else "imported"

    @property
    def beta(self) -> float:
        """The beta that training ended with, before annealing; `train.beta` is the one it began with."""
        return self.betas[-1][1] if self.betas else self.train.beta

    def differs_in_seed_alone(self, other: "Recipe") -> bool:
        """Whether another model was trained in the same way on the same images, from another seed."""
        known = self.imported is None and other.imported is None
        return known and self.but_seed == other.but_seed and self.train.seed != other.train.seed

    @property
    def kin(self) -> tuple[object, ...]:
        """What models share that differ in β and seed alone."""
        stages = tuple(stage._replace(beta=1.0) for stage in self.stages)
        return self.model, replace(self.train, beta=1.0, seed=0), self.dataset, self._course, stages

    @property
    def but_seed(self) -> tuple[object, ...]:
        """What models share that differ in their seed alone."""
        return self.model, replace(self.train, seed=0), self.dataset, self._course, self.betas, self.stages

    @property
    def _course(self) -> int:
        """How many epochs it was to have: where one was chosen, runs of other seeds have another number of them."""
        return self.epoch if self.ended is None else self.train.epochs

    def stage(self, went_on: bool = True) -> Stage:
        """How its last epochs were trained; went_on: whether the next ones go on with moments and draws."""
        place = {name: getattr(self, name) for name in PLACE}
        return Stage(self.epoch, self.train.epochs, self.train.lr, self.beta, **place, went_on=went_on)

    @property
    def course(self) -> str:
        """How its epochs were trained, in words; empty where all were trained alike."""
        return stages.course(self.stages, self.stage()) if self.stages else ""

    @property
    def choice(self) -> str:
        """Which epoch was chosen out of which, in words; empty where none was."""
        if self.ended is None:
            return ""
        early = f", ended early of {self.train.epochs}" if self.ended < self.train.epochs else ""
        best = f"epoch {self.epoch}, the best of {self.ended}" if self.epoch < self.ended else f"epoch {self.epoch}"
        return best + early

    def to_dict(self) -> dict[str, Any]:
        """The recipe as JSON values."""
        values = vars(self) | {"model": self.model.to_dict(), "train": self.train.to_dict()}
        origin = {} if self.imported is None else {"imported": self.imported.to_dict()}
        rare = ("imported", "diverged", "ended", "stages", "processes")
        told = {name: values[name] for name in ("diverged", "ended") if values[name] is not None}
        told |= {"stages": [stage._asdict() for stage in self.stages]} if self.stages else {}
        told |= {"processes": self.processes} if self.processes > 1 else {}
        return {name: value for name, value in values.items() if name not in rare} | told | origin

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """A recipe from JSON values.

        Raises:
            CheckpointError: for settings out of bounds.
            KeyError, TypeError, ValueError: for values that are missing or of another kind.
        """
        try:
            model, training = ModelConfig.from_dict(values["model"]), TrainConfig.from_dict(values["train"])
        except ExplorerError as error:
            raise CheckpointError(f"config.json: {error}") from error
        source, origin = str(values["dataset"]), str(values["preset"])
        seconds, speed = float(values["seconds"]), float(values["images_per_second"])
        place = int(values["threads"]), str(values["device"]), bool(values["compiled"])
        changes = _changes(training, values["betas"])
        imported = Imported.from_dict(values["imported"]) if "imported" in values else None
        diverged, ended = (int(values[name]) if name in values else None for name in ("diverged", "ended"))
        epoch, earlier = int(values["epoch"]), stages.parsed(values.get("stages", []))
        found = model, training, source, origin, epoch, seconds, speed, *place, changes, diverged, ended, earlier
        return cls(*found, processes=int(values.get("processes", 1)), imported=imported)


def _changes(train: TrainConfig, values: list[list[Any]]) -> Betas:
    try:
        return betas.checked(train, tuple((step, beta) for step, beta in values))
    except ExplorerError as error:
        raise CheckpointError(f"config.json: {error}") from error
