"""Comparisons that are ready to be opened: models of the zoo, each set with what it is there to show."""

from collections.abc import Mapping
from typing import NamedTuple

import streamlit as st

from vae_explorer.checkpoints import catalogue
from vae_explorer.ui import state


class Ready(NamedTuple):
    """What the button says, what it shows, and its models."""

    title: str
    about: str
    models: tuple[str, ...]


READY: Mapping[str, Ready] = {
    "kinds": Ready(
        "PCA, AE, VAE, β-VAE and CVAE",
        "PCA of pixels, which is linear, beside four networks of one size, all with two units. The autoencoder leaves "
        "holes between its codes: look for them in its map, and in its samples.",
        ("mnist-z2-pca", "mnist-z2-ae", "mnist-z2-vae", "mnist-z2-vae-b4", "mnist-z2-cvae"),
    ),
    "network": Ready(
        "Every β in one network",
        "Models trained for β 0.5, 2 and 16, beside one network that was trained for every β: turn its dial.",
        ("mnist-conv-64-b0.5-s0", "mnist-conv-64-b2-s0", "mnist-conv-64-b16-s0", "mnist-conv-64-multi"),
    ),
}


def show_ready() -> None:
    """A button for each whose models can all be opened and that is not open."""
    usable, chosen = catalogue.usable(), state.get("models")
    found = {name: row for name, row in READY.items() if set(row.models) <= set(usable) and row.models != chosen}
    if not found:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Ready to compare:", width="content")
        for name, row in found.items():
            st.button(row.title, key=f"ready-{name}", type="tertiary", help=row.about, on_click=_open, args=(name,))


def _open(name: str) -> None:
    state.put("models", READY[name].models)
