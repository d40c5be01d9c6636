"""A field in which a person names a latent unit; the name goes along with the checkpoint."""

from functools import partial

import streamlit as st

from vae_explorer.checkpoints import Checkpoint, read_unit_names, store_unit_name
from vae_explorer.read_only import read_only
from vae_explorer.ui import actions, state
from vae_explorer.ui.explanations import explanation
from vae_explorer.ui.scene import Scene


def name_field(scene: Scene, unit: int) -> None:
    """The unit's name as it stands, to be changed in place; one that is refused stays, to be mended.

    A read-only app has no field: what the unit is called stands in its title.
    """
    if read_only():
        return
    key = _key(scene, unit)
    if not _refusal(key):
        st.session_state[key] = read_unit_names(scene.checkpoint).get(unit, "")
    label = f"Name of unit {unit}"
    st.text_input(
        label,
        key=key,
        placeholder="Name this unit",
        label_visibility="collapsed",
        help=explanation(label),
        on_change=_keep,
        args=(scene.checkpoint, unit, key),
    )


def show_name_refusal(scene: Scene, unit: int) -> None:
    """Why the name that stands in the field was refused, where there is room for a sentence beneath it."""
    if sentence := _refusal(_key(scene, unit)):
        actions.show_refusal(sentence)


def _key(scene: Scene, unit: int) -> str:
    return f"unit-name-{scene.checkpoint.id}-{unit}"


def _refusal(key: str) -> str:
    """Why the name that stands in the field was refused; empty where it was not, or where the field was left."""
    refused, sentence = state.REFUSED.get()
    if refused != key:
        return ""
    if key not in st.session_state:
        state.REFUSED.take()
        return ""
    return sentence


def _keep(checkpoint: Checkpoint, unit: int, key: str) -> None:
    store = partial(store_unit_name, checkpoint, unit, st.session_state[key])
    if actions.attempt(store, lambda sentence: state.REFUSED.put((key, sentence))):
        state.REFUSED.take()
