"""The two ends of an interpolation: an encoded image each, by index, by class or factor, or from the map."""

from functools import partial

import streamlit as st

from vae_explorer.latents.traits import Trait, next_with
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
    with pick.popover(f"Pick {end.upper()}", width="stretch", help=f"Pick by {_kinds(scene)} or from the map"):
        _pick_by_value(end, scene)
        st.button(
            "The image chosen on the map" if scene.point is not None else "No image is chosen on the map",
            key=widgets.key(f"{end}-map"),
            icon=":material/scatter_plot:",
            disabled=scene.point is None,
            on_click=_take,
            args=(end, scene.point),
        )


def _kinds(scene: Scene) -> str:
    return "class or factor" if len(scene.traits) > 1 else "class"


def _pick_by_value(end: str, scene: Scene) -> None:
    """The next image of a class or, where factors are known, of a value of one of them."""
    known = {trait.name: trait for trait in scene.traits}
    trait = scene.traits[0]
    if len(known) > 1:
        st.caption(", ".join(one.text(int(one.values[state.get(end)])) for one in scene.traits))
        trait = known[st.selectbox("Next image by", list(known), key=widgets.key(f"{end}-trait"))]
    key = widgets.key(f"{end}-{trait.column}")
    bound = {"key": key, "on_change": _take_next, "args": (end, key, trait)}
    if trait.few:
        st.pills(f"Next image of {trait.name}", trait.names, **bound)
    else:
        st.selectbox(f"Next image of {trait.name} ({trait.extent})", trait.names, index=None, **bound)


def _take_next(end: str, key: str, trait: Trait) -> None:
    chosen = st.session_state[key]
    if chosen is not None:
        _take(end, next_with(trait, trait.names.index(chosen), state.get(end)))
        st.session_state[key] = None


def _take(end: str, index: int | None) -> None:
    state.put(end, index)
    state.reset("t")
