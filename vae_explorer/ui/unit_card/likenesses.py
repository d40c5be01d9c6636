"""Units that go together with a unit, in its own model and in every other of the data set."""

import numpy as np
import streamlit as st

from vae_explorer.alignment import correlations
from vae_explorer.checkpoints import catalogue
from vae_explorer.latents.encoded import collapsed
from vae_explorer.ui import state, titles
from vae_explorer.ui.scene import Scene
from vae_explorer.ui.words import literal
from vae_explorer.unit_cards.matches import Counterpart, counterparts

SHOWN = 3


def show_likenesses(scene: Scene, unit: int) -> None:
    """Side by side: units of this model that rise and fall with it, and its counterparts elsewhere."""
    own, others = st.columns([1, 2.4], gap="large")
    with own:
        st.markdown("## Goes together with")
        _show_own(scene, unit)
    with others:
        st.markdown("## The same unit in other models")
        _show_counterparts(scene, unit)


def _show_own(scene: Scene, unit: int) -> None:
    mu, alive = scene.latents.mu, ~collapsed(scene.latents)
    found = correlations(mu[:, [unit]], mu)[0]
    others = [d for d in np.argsort(-np.abs(found)).tolist() if alive[d] and d != unit][:SHOWN]
    if not others:
        st.caption("No other unit of this model says anything.")
    for other in others:
        _link("unit", other, titles.unit_name(scene.checkpoint, other), f"r = {found[other]:+.2f}")


def _show_counterparts(scene: Scene, unit: int) -> None:
    found = counterparts(scene.checkpoint, unit)
    if not found:
        st.caption("No other model of this data set is on this machine.")
        return
    titled = titles.model_titles(catalogue.usable())
    for one in found[:SHOWN]:
        _show_counterpart(one, titled(one.model))


def _show_counterpart(one: Counterpart, title: str) -> None:
    if one.unit is None:
        st.caption(literal(f"{title}: {one.reason}"))
        return
    name = titles.unit_name(catalogue.find(one.model), one.unit)
    _link("model", one.model, name, f"r = {one.correlation:+.2f} · {title}")


def _link(name: str, value: str | int, label: str, said: str) -> None:
    """A button that opens another card; with another model its unit goes along to the one matched."""
    button, words = st.columns([1, 3], vertical_alignment="center")
    button.button(literal(label), key=f"to-{name}-{value}", on_click=_open, args=(name, value), width="stretch")
    words.caption(literal(said))


def _open(name: str, value: str | int) -> None:
    state.put(name, value)
