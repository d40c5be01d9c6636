"""Imported: how a model that was trained elsewhere is read, and what that rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from vae_explorer.bounds import is_count, is_number
from vae_explorer.errors import CheckpointError

MOST = 200
"""Characters of a text."""
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Imported:
    """Where a model came from; its β, loss, seed and training are not known."""

    layout: str
    """Whose names its weights have."""
    file: str
    """Its name alone."""
    decided: Pairs
    """Each question that its weights leave open, with the answer."""
    runner_up: Pairs
    """What the next reading would have answered otherwise; empty where there was none."""
    alike: tuple[str, ...]
    """Activations whose pictures could not be told from the decided one's."""
    margin: float
    """How much of the squared difference between both readings' pictures is error of the runner-up."""
    head_margin: float | None
    """The same of the second head's misfit; None where it was no question."""
    error: float
    """Mean squared error per pixel of the images, decoded at mu."""
    images: int
    """How many it was measured on."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        return vars(self) | {
            "decided": dict(self.decided),
            "runner_up": dict(self.runner_up),
            "alike": list(self.alike),
        }

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Self:
        """From JSON values.

        Raises:
            CheckpointError: for values of another kind or out of bounds.
            KeyError, TypeError, AttributeError: for what is missing or no object.
        """
        texts = [values["layout"], values["file"], *values["alike"]]
        for pairs in (values["decided"], values["runner_up"]):
            texts += [*pairs.keys(), *pairs.values()]
        numbers = [values["margin"], values["error"], values["head_margin"] or 0.0]
        sound = all(isinstance(text, str) and len(text) <= MOST for text in texts)
        if not sound or not all(is_number(n, -1e9, 1e9) for n in numbers) or not is_count(values["images"], 0, 1 << 31):
            raise CheckpointError("config.json: imported is malformed; import the file again.")
        pairs = {name: tuple(values[name].items()) for name in ("decided", "runner_up")}
        return cls(**{**values, **pairs, "alike": tuple(values["alike"])})
