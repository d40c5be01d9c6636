"""The map that is asked for, and the one that stands in while it is computed."""

from typing import NamedTuple

import streamlit as st

from vae_explorer.bounds import MAX_SEED
from vae_explorer.checkpoints import catalogue
from vae_explorer.child_queue import TaskState
from vae_explorer.errors import CheckpointError, InvalidSetting, StorageError, UnknownName
from vae_explorer.projections import PROJECTIONS
from vae_explorer.projections.desk import QUEUE, MapTask, fitted_map
from vae_explorer.projections.fit import require_mappable
from vae_explorer.projections.settings import MAX_NEIGHBORS, MAX_PERPLEXITY, METRICS, Settings
from vae_explorer.projections.store import Projection
from vae_explorer.ui import pending_map, state, widgets
from vae_explorer.ui.explanations import caption
from vae_explorer.ui.map_choice import chosen_settings, map_key
from vae_explorer.ui.map_figures import fitted_words, plane_words
from vae_explorer.ui.scene import Scene
from vae_explorer.ui.words import literal

KIND = "fitted"


class ChosenMap(NamedTuple):
    """What the map shows: a row of PROJECTIONS and, of a fitted one, its key and itself."""

    plane: str
    key: str = ""
    projection: Projection | None = None
    job: MapTask | None = None
    """On its way, or what became of it."""
    refused: str = ""
    """Why it cannot be computed."""

    @property
    def provisional(self) -> bool:
        """Whether a plane stands in for a map that may yet come."""
        return self.job is not None


def chosen_map(scene: Scene) -> ChosenMap:
    """The chosen map, if it is there; else a plane in its place and the job that computes it."""
    method = state.get("plane")
    if not PROJECTIONS[method].fitted:
        pending_map.leave(KIND)
        return ChosenMap(method)
    chosen = chosen_settings(method)
    name = map_key(scene.checkpoint, chosen)
    pending_map.leave(KIND, but=name)
    try:
        return ChosenMap(method, name, catalogue.projection(scene.checkpoint, name))
    except (UnknownName, StorageError):  # a damaged one is made anew in its place
        return _requested(scene, name, chosen)
    except CheckpointError as error:
        return ChosenMap(_plane_meanwhile(scene), refused=str(error))


def _requested(scene: Scene, name: str, chosen: Settings) -> ChosenMap:
    try:
        require_mappable(scene.latents.mu, chosen)
    except InvalidSetting as error:
        return ChosenMap(_plane_meanwhile(scene), refused=str(error))
    order = fitted_map(name, scene.latents.mu, chosen)
    job = pending_map.ask(KIND, name, order)
    if job.state == TaskState.DONE:  # what it made was there, and is damaged by now
        QUEUE.forget(name)
        job = pending_map.ask(KIND, name, order)
    return ChosenMap(_plane_meanwhile(scene), job=job)


def _plane_meanwhile(scene: Scene) -> str:
    """A plane that is there at once."""
    return "pca" if scene.latent_dim > 2 else "units"


def setting_choices(method: str) -> None:
    """The settings of a fitted map, behind one button; a changed one is another map."""
    with st.popover("Map settings", icon=":material/tune:", width="stretch"):
        for name in PROJECTIONS[method].settings:
            CONTROLS[name]()


def _metric() -> None:
    widgets.choice("metric", "Metric between latents", METRICS, str.capitalize)


CONTROLS = {
    "n_neighbors": lambda: widgets.number("n_neighbors", "Neighbours of each image", MAX_NEIGHBORS, low=2),
    "min_dist": lambda: widgets.slider("min_dist", "Least distance on the map", 0.0, 0.99, 0.01, "%.2f"),
    "metric": _metric,
    "seed": lambda: widgets.number("map_seed", "Seed", MAX_SEED),
    "perplexity": lambda: widgets.slider("perplexity", "Perplexity", 5.0, MAX_PERPLEXITY, 1.0, "%.0f"),
}


def show_status(found: ChosenMap, scene: Scene) -> None:
    """Below the map: how far what is shown can be trusted, and how far a map that is on its way has come."""
    title = PROJECTIONS[state.get("plane")].title
    if found.refused:
        st.warning(literal(f"{title}: {found.refused}"), icon=":material/info:")
    if found.projection is not None:
        caption(fitted_words(found.projection, scene))
    else:
        caption(plane_words(scene, found.plane, ellipses=scene.point is not None and not scene.plain))
    if found.job is not None:
        pending_map.show(found.job, title)
