"""What a run is to do, checked before anything is read or written."""

from dataclasses import dataclass
from pathlib import Path

from vae_explorer import checkpoints, models
from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.checkpoints.stages import Stage
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.errors import require
from vae_explorer.folders import standing
from vae_explorer.run_settings import RunSettings


@dataclass(frozen=True)
class Plan:
    """All that a run needs to know; checked before anything is read or written."""

    preset: str
    dataset: str
    model: ModelConfig
    train: TrainConfig
    folder: Path
    threads: int = 1
    """What the process works with."""
    device: str = "cpu"
    compiled: bool = False
    processes: int = 1
    """That share every batch out among them."""
    resumed: Checkpoint | None = None
    beta: float | None = None
    """From here on, where that is another one than before."""
    stages: tuple[Stage, ...] = ()
    """How earlier epochs of a resumed run were trained, where that was otherwise."""


def plan(settings: RunSettings, out: Path | None = None) -> Plan:
    """A checked plan; the folder defaults to the settings' name in the runs folder.

    Raises:
        UnknownName, InvalidSetting: for a model that cannot be built, or a folder whose name no checkpoint may have.
    """
    models.outline(settings.model)
    folder = out or catalogue.roots()[1] / settings.name
    require(
        checkpoints.NAME.fullmatch(folder.name) is not None,
        f"The folder's name must be at most 80 letters, digits and ._+- only, not “{folder.name}”.",
    )
    return Plan(settings.preset, settings.dataset, settings.model, settings.train, folder)


def refuse_existing(folder: Path, replace: bool = False) -> None:
    """Keep an older checkpoint from being overwritten by accident, and what is no checkpoint from being so at all.

    Raises:
        InvalidSetting: when the folder is there already and may not be replaced, or holds other files.
    """
    place = standing(folder)
    if not place.exists():
        return
    require(replace, f"{folder} exists already; choose another --out, or --replace it.")
    others = checkpoints.strangers(place)
    require(not others, f"{folder} is no checkpoint: it holds {others[:1]}; choose another --out.")
