"""The two ends of an interpolation: an encoded image each, by index, by class or from the map."""

from functools import partial

import numpy as np
import streamlit as st

from vae_explorer.ui import state, widgets
from vae_explorer.ui.scene import Scene


def start_at_choice(scene: Scene) -> None:
    """The path starts at the image that is chosen, and at a newly chosen one, until another is put there by hand."""
    another = state.changed("start", scene.point)
    if scene.point is not None and (another or not state.chosen("a")):
        _take("a", scene.point)


def endpoint(end: str, scene: Scene) -> None:
    """A control for end `a` or `b`."""
    index, pick = st.columns([1.4, 1], vertical_alignment="bottom", gap="small")
    with index:
        widgets.number(end, f"Image {end.upper()}", scene.n - 1, partial(state.reset, "t"))
    with pick.popover(f"Pick {end.upper()}", width="stretch", help="Pick by class or from the map"):
        key = widgets.key(f"{end}-class")
        st.pills("Next image of class", scene.classes, key=key, on_change=_next_of_class, args=(end, key, scene))
        st.button(
            "The image chosen on the map" if scene.point is not None else "No image is chosen on the map",
            key=widgets.key(f"{end}-map"),
            icon=":material/scatter_plot:",
            disabled=scene.point is None,
            on_click=_take,
            args=(end, scene.point),
        )


def next_of_class(labels: np.ndarray, index: int, label: int) -> int:
    """The first image of a class after `index`, starting over at the end; `index` itself when there is none."""
    places = np.flatnonzero(labels == label)
    if not len(places):
        return index
    after = places[places > index]
    return int(after[0] if len(after) else places[0])


def _next_of_class(end: str, key: str, scene: Scene) -> None:
    chosen = st.session_state[key]
    if chosen is not None:
        _take(end, next_of_class(scene.latents.label, state.get(end), scene.classes.index(chosen)))
        st.session_state[key] = None


def _take(end: str, index: int | None) -> None:
    state.put(end, index)
    state.reset("t")
