"""The scene: the chosen model with its latents and figures, and every choice that depends on it, made to fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from vae_explorer import datasets
from vae_explorer.checkpoints import Checkpoint, beta_views, catalogue
from vae_explorer.checkpoints.known_traits import traits
from vae_explorer.errors import ExplorerError
from vae_explorer.latents.encoded import Latents, Spread, prior_spread, units_by_information
from vae_explorer.latents.map_points import map_points
from vae_explorer.latents.neighbours import Neighbours, measures, neighbours
from vae_explorer.latents.traits import Trait
from vae_explorer.metrics.evaluation import Evaluation
from vae_explorer.projections import PROJECTIONS, sensible
from vae_explorer.ui import colour_choices, map_choice, state
from vae_explorer.ui.model_change import take_along
from vae_explorer.ui.page_table import MAP_SETTINGS
from vae_explorer.ui.params import PARAMS
from vae_explorer.ui.value_checks import OWN
from vae_explorer.ui.words import counted

MAX_NEIGHBOURS = 10


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
    def plain(self) -> bool:
        """Whether the model is a plain autoencoder."""
        return self.latents.plain

    @property
    def latent_dim(self) -> int:
        """D."""
        return self.latents.mu.shape[1]

    @property
    def n(self) -> int:
        """Encoded images."""
        return len(self.latents.label)

    @property
    def points(self) -> int:
        """Images that are points of a map: all, or those drawn of very many."""
        return len(map_points(self.n))

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

    @property
    def traits(self) -> tuple[Trait, ...]:
        """What is known of every encoded image, the class first."""
        return traits(self.checkpoint)

    def nearest(self, measure: str) -> Neighbours | None:
        """The chosen image's neighbours by a measure of MEASURES; None when no image is chosen."""
        return None if self.point is None else _nearest(self.checkpoint, self.point, measure)

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
    if not state.chosen("model"):
        state.OFFERED_MODEL.put(checkpoint.name)
    state.put("model", checkpoint.name)  # what was looked at was chosen, be it the default
    latents = catalogue.LATENTS.get(checkpoint)
    if before := state.former("model", checkpoint.name):
        take_along(before, checkpoint, latents)
    map_choice.settle(checkpoint)
    _forget_other_data(latents.dataset)
    _fit_all(checkpoint, latents)
    _forget_other_place(checkpoint, latents)
    return scene_of(checkpoint, state.get("units"), state.get("pin"), state.get("point"), state.get("y"))


def scene_of(
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


def fit_colour(checkpoint: Checkpoint, point: int | None) -> None:
    """The colour by its one name, or the default with a note; what is hidden is of its legend."""
    settled = colour_choices.settled(checkpoint, state.get("colour"))
    if settled != state.get("colour"):
        state.put("colour", settled)
    misfit = colour_choices.misfit(checkpoint, settled, point)
    _fit("colour", not misfit, misfit)
    forget_other_categories(colour_choices.legend_column(checkpoint, state.get("colour")))


def forget_other_categories(column: str) -> None:
    """What was hidden in a legend of other categories means something else in this one."""
    if state.changed("legend", column):
        state.reset("hidden")


def _forget_other_data(dataset: str) -> None:
    """Images and classes of another data set mean something else here."""
    if state.changed("dataset", dataset):
        state.reset("point", "a", "b", "hidden", "t")


def _forget_other_place(checkpoint: Checkpoint, latents: Latents) -> None:
    """Places of one map mean nothing on another."""
    if state.changed("map", _map_shown(checkpoint, latents)):
        state.reset("area", "spot", "view")


def _map_shown(checkpoint: Checkpoint, latents: Latents) -> list[Any]:
    """What the places of the map hang on, as plain values."""
    plane = state.get("plane")
    made_of = {"units": list(_units(latents, state.get("units"))), "pca": []}
    settings = [state.get(name) for name in MAP_SETTINGS]
    return [checkpoint.name, (checkpoint.whole or checkpoint).version, plane, *made_of.get(plane, settings)]


def _fit_all(checkpoint: Checkpoint, latents: Latents) -> None:
    """Every choice that does not fit falls back to its default with a note."""
    n, width = latents.mu.shape
    units = state.get("units")
    _fit("units", len(set(units)) == len(units) and all(u < width for u in units), f"units go from 0 to {width - 1}")
    for name in ("point", "a", "b"):
        _fit(name, (state.get(name) or 0) < max(n, 1), f"there are {n:,} images")
    fit_colour(checkpoint, state.get("point"))
    _fit_hidden(checkpoint)
    _fit("pin", len(state.get("pin")) in (0, width), f"this model has {width} latent units")
    taken = checkpoint.recipe.model.classes
    _fit("y", state.get("y") < max(taken, 1), f"this model takes {taken or 'no'} classes")
    _fit("path_class", state.get("path_class") in (OWN, *range(taken)), f"this model takes {taken or 'no'} classes")
    _fit("plane", state.get("plane") in sensible(width), f"this model has {counted(width)}")
    fitted = PROJECTIONS[state.get("plane")].fitted
    _fit("spot", fitted or not state.get("spot"), "only a fitted map has one")
    _fit("measure", state.get("measure") in measures(latents), "a plain autoencoder has no posterior")


def _fit_hidden(checkpoint: Checkpoint) -> None:
    hidden, colour = state.get("hidden"), state.get("colour")
    if hidden:
        shown = colour_choices.legend(checkpoint, colour)
        _fit("hidden", max(hidden) < len(shown.names), f"the legend has {len(shown.names)} entries")


def _checkpoint() -> Checkpoint | None:
    try:
        return at_chosen_beta(catalogue.find(state.get("model")))
    except ExplorerError as error:
        usable = catalogue.usable()
        if not usable:
            return None
        if state.get("model") != catalogue.DEFAULT_ID:
            state.note(str(error))
        state.put("model", next(iter(usable)))
        state.reset("units", "pin", "view", "t", "y", "colour")
        map_choice.let_go()
        return at_chosen_beta(catalogue.find(state.get("model")))


def at_chosen_beta(checkpoint: Checkpoint) -> Checkpoint:
    """A multi-rate network at the β that is looked at, or the nearest that was measured; any other as it is."""
    betas = checkpoint.recipe.model.betas
    if betas is None:
        return checkpoint
    wanted = state.get("beta") if checkpoint.at is None else checkpoint.at
    if not betas.holds(wanted):
        trained = f"this network was trained for β from {betas.low:g} to {betas.high:g}"
        state.note(f"β {wanted:g}: {trained}; the nearest is shown.")
    shown = beta_views.near_beta(checkpoint, wanted)
    state.put("beta", shown.recipe.beta)
    return shown


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


@lru_cache(maxsize=64)
def _nearest(checkpoint: Checkpoint, index: int, measure: str) -> Neighbours:
    return neighbours(catalogue.LATENTS.get(checkpoint), index, MAX_NEIGHBOURS, measure)
