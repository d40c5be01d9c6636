"""The scene: the chosen model with its latents and figures, and every choice that depends on it, made to fit."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from vae_explorer import catalogue, datasets
from vae_explorer.checkpoints import Checkpoint
from vae_explorer.errors import ExplorerError
from vae_explorer.latents import Evaluation, Latents, Spread, prior_spread, units_by_information
from vae_explorer.ui import state
from vae_explorer.ui.params import PARAMS

_DATASET = "_dataset"


@dataclass(frozen=True)
class Scene:
    """One model under the eye, with choices that are known to fit it."""

    checkpoint: Checkpoint
    latents: Latents
    measured: Evaluation
    units: tuple[int, ...]
    pin: np.ndarray
    point: int | None
    y: int | None
    """The class that codes are decoded as; None for a model that takes no class."""

    @property
    def latent_dim(self) -> int:
        """D."""
        return self.latents.mu.shape[1]

    @property
    def n(self) -> int:
        """Encoded images."""
        return len(self.latents.label)

    @property
    def ranked(self) -> list[int]:
        """Units, the most informative first."""
        return units_by_information(self.latents)

    @property
    def spread(self) -> Spread:
        """Where each unit's codes are to be looked for; its mean is where a pin starts."""
        return prior_spread(self.latents)

    @property
    def classes(self) -> tuple[str, ...]:
        """Class names of the data set that was encoded."""
        return datasets.dataset(self.latents.dataset).classes

    def labels(self, indices: Sequence[int]) -> np.ndarray | None:
        """The images' own classes, to decode them as; None for a model that takes no class."""
        return None if self.y is None else self.latents.label[list(indices)]

    def as_class(self, n: int) -> np.ndarray | None:
        """The chosen class n times, one for each code; None for a model that takes no class."""
        return None if self.y is None else np.full(n, self.y)

    def class_name(self, y: int) -> str:
        """What a class is called; its number where the encoded data set has no such class."""
        return self.classes[y] if y < len(self.classes) else str(y)


def current() -> Scene | None:
    """The scene of the chosen model; choices that do not fit it fall back to defaults with a note. None: no model."""
    checkpoint = _checkpoint()
    if checkpoint is None:
        return None
    latents = catalogue.LATENTS.get(checkpoint)
    _forget_other_data(latents.dataset)
    n, width = latents.mu.shape
    classes = len(datasets.dataset(latents.dataset).classes)
    units, hidden = state.get("units"), state.get("hidden")
    _fit("units", len(set(units)) == len(units) and all(u < width for u in units), f"units go from 0 to {width - 1}")
    _fit("hidden", all(label < classes for label in hidden), f"there are {classes} classes")
    _fit("pin", len(state.get("pin")) in (0, width), f"this model has {width} latent units")
    taken, rated = checkpoint.recipe.model.classes, latents.rate is not None
    _fit("y", state.get("y") < max(taken, 1), f"this model takes {taken or 'no'} classes")
    _fit("colour", rated or state.get("colour") != "rate", "a plain autoencoder has no rate")
    _fit("plane", width > 2 or state.get("plane") == "units", f"this model has {width} latent units")
    for name in ("point", "a", "b"):
        _fit(name, (state.get(name) or 0) < max(n, 1), f"there are {n:,} images")
    return of(checkpoint, state.get("units"), state.get("pin"), state.get("point"), state.get("y"))


def of(
    checkpoint: Checkpoint,
    units: tuple[int, ...] = (),
    pin: tuple[float, ...] = (),
    point: int | None = None,
    y: int = 0,
) -> Scene:
    """A scene of one checkpoint; without choices: its two most informative units, z at home, no image, class 0."""
    latents = catalogue.LATENTS.get(checkpoint)
    home = prior_spread(latents).mean
    z = latents.mu[point].astype(float) if point is not None else np.array(pin or home)
    taken = y if checkpoint.recipe.model.classes else None
    return Scene(checkpoint, latents, catalogue.EVALUATIONS.get(checkpoint), _units(latents, units), z, point, taken)


def forget_place() -> None:
    """A new model has other units, places and classes; a chosen image stays chosen."""
    state.reset("units", "plane", "pin", "view", "t", "y")


def _forget_other_data(dataset: str) -> None:
    """Images and classes of another data set mean something else here."""
    if st.session_state.setdefault(_DATASET, dataset) != dataset:
        st.session_state[_DATASET] = dataset
        state.reset("point", "a", "b", "hidden", "t")


def _checkpoint() -> Checkpoint | None:
    try:
        return catalogue.find(state.get("model"))
    except ExplorerError as error:
        usable = catalogue.usable()
        if not usable:
            return None
        if state.get("model") != catalogue.DEFAULT_ID:
            state.note(str(error))
        state.put("model", next(iter(usable)))
        forget_place()
        return catalogue.find(state.get("model"))


def _fit(name: str, fits: bool, because: str) -> None:
    if not fits:
        state.reset(name)
        state.note(f"{PARAMS[name].title}: back to the default, {because}.")


def _units(latents: Latents, wanted: tuple[int, ...]) -> tuple[int, ...]:
    if latents.mu.shape[1] <= 2:
        return tuple(range(latents.mu.shape[1]))
    chosen = tuple(dict.fromkeys(wanted))
    ranked = [unit for unit in units_by_information(latents) if unit not in chosen]
    return (*chosen, *ranked)[:2]
