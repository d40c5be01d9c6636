"""What Explore's points are coloured by, and beside k-means how many clusters it is to find."""

import streamlit as st

from vae_explorer.latents.clusters import MAX_K, MIN_K
from vae_explorer.ui import colour_choices, state, widgets
from vae_explorer.ui.scene import Scene

K = widgets.key("k")


def colour_field(scene: Scene) -> str:
    """The drop-down list of colours; its number of clusters becomes a part of the colour's name."""
    chosen = state.get("colour")
    family, _, k = chosen.partition("-")
    if family != "kmeans":
        return _choice(scene, chosen)
    which, number = st.columns([1.5, 1], vertical_alignment="bottom", gap="small")
    with number:
        st.session_state[K] = int(k)
        st.number_input("Clusters", MIN_K, min(MAX_K, max(scene.n, MIN_K)), step=1, key=K, on_change=_take_k)
    with which:
        return _choice(scene, chosen)


def _choice(scene: Scene, chosen: str) -> str:
    known = colour_choices.choices(scene.checkpoint, chosen, scene.point)
    return widgets.choice("colour", "Colour by", list(known), known.__getitem__)


def _take_k() -> None:
    state.put("colour", f"kmeans-{st.session_state[K]}")
