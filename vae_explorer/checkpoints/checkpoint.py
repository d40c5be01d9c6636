"""Checkpoint: an opened folder, or a multi-rate network in it at one β."""

from dataclasses import dataclass
from pathlib import Path

from vae_explorer.checkpoints.recipe import Recipe


@dataclass(frozen=True)
class Checkpoint:
    """An opened folder whose files were found whole; `version` names its exact content."""

    id: str
    """The folder's name, unique among the known checkpoints."""
    folder: Path
    recipe: Recipe
    files: tuple[str, ...]
    version: str
    model_version: str
    """The same but for what was measured, which is stored beside a model that stays as it is."""
    whole: "Checkpoint | None" = None
    """Of a multi-rate network at one β: the checkpoint that holds it at all of them."""

    @property
    def at(self) -> float | None:
        """The β that a multi-rate network is seen at; None for a checkpoint as it opens."""
        return None if self.whole is None else self.recipe.beta

    @property
    def name(self) -> str:
        """The folder's name, which the ids of all its βs begin with."""
        return (self.whole or self).id

    @property
    def home(self) -> Path:
        """Where the folder belongs, wherever it stood when it was opened."""
        return self.folder.with_name(self.name)
