"""Small controls bound to a row of PARAMS: the session value is the truth, the widget its face."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import streamlit as st

from vae_explorer.ui import state
from vae_explorer.ui.explanations import explanation


def key(name: str) -> str:
    """The key of the widget of this name."""
    return f"face-{name}"


def choice(
    name: str,
    label: str,
    options: Sequence[Any],
    shown: Callable[[Any], str] = str,
    changed: Callable[[], None] | None = None,
    labelled: bool = True,
) -> Any:
    """A drop-down list."""
    face = _filled(name, options)
    about = explanation(f"{label}: {shown(st.session_state[face])}") if options and labelled else None
    keep = {"on_change": _keep_known, "args": (name, list(options), changed)}
    seen = "visible" if labelled else "collapsed"
    return st.selectbox(label, options, format_func=shown, key=face, help=about, label_visibility=seen, **keep)


def switch(name: str, label: str, titles: Mapping[Any, str], changed: Callable[[], None], about: str) -> Any:
    """One of a few, all in sight."""
    face, keep = _filled(name, list(titles)), {"on_change": _keep, "args": (name, changed)}
    return st.radio(label, list(titles), format_func=titles.__getitem__, horizontal=True, key=face, help=about, **keep)


def slider(name: str, label: str, low: Any, high: Any, step: Any, unit: str = "%g") -> Any:
    """A slider that reports when it is let go: for settings, not for what must follow the hand."""
    face, about = _filled(name), explanation(label)
    return st.slider(label, low, high, step=step, key=face, format=unit, on_change=_keep, args=(name, None), help=about)


def number(name: str, label: str, high: int, changed: Callable[[], None] | None = None, low: int = 0) -> Any:
    """A whole number from `low` to `high`."""
    face, about = _filled(name), explanation(label)
    return st.number_input(label, low, high, step=1, key=face, on_change=_keep, args=(name, changed), help=about)


def several(name: str, label: str, options: Collection[Any], most: int, shown: Callable[[Any], str] = str) -> Any:
    """Up to `most` of the options, in the order in which they were chosen."""
    face = key(name)
    st.session_state[face] = [value for value in state.get(name) if value in options]
    keep, about = {"on_change": _keep_known_several, "args": (name, list(options))}, explanation(label)
    return st.multiselect(label, list(options), format_func=shown, max_selections=most, key=face, help=about, **keep)


def _filled(name: str, options: Sequence[Any] | None = None) -> str:
    face, value = key(name), state.get(name)
    st.session_state[face] = value if options is None or value in options else options[0]
    return face


def _keep(name: str, changed: Callable[[], None] | None) -> None:
    if state.put(name, st.session_state[key(name)]) and changed is not None:
        changed()


def _keep_known(name: str, options: Sequence[Any], changed: Callable[[], None] | None) -> None:
    """Nothing, where the browser has answered in the words of options that are gone: Streamlit hands on the words."""
    if st.session_state[key(name)] in options:
        _keep(name, changed)


def _keep_known_several(name: str, options: Sequence[Any]) -> None:
    if all(value in options for value in st.session_state[key(name)]):
        _keep(name, None)


def download(
    label: str,
    icon: str,
    content: Callable[[], bytes],
    file: str,
    mime: str,
    tooltip: str | None = None,
    enabled: bool = True,
    key: str | None = None,
) -> None:
    """A button for a file that is made when it is asked for; without a rerun, which would overtake the next click."""
    icon, off = f":material/{icon}:", not enabled
    st.download_button(label, content, file, mime, key, tooltip, on_click="ignore", icon=icon, disabled=off)


def unit_pair(units: Sequence[int], ranked: Sequence[int], shown: Callable[[int], str], columns: Sequence[Any]) -> None:
    """Two latent units for the two axes, listed the most informative first; choosing one for both swaps them."""
    for axis, column in enumerate(columns):
        face = key(f"units-{axis}")
        st.session_state[face] = units[axis]
        label = ("Horizontal unit", "Vertical unit")[axis]
        keep, about = (axis, tuple(units)), explanation(label)
        column.selectbox(label, ranked, format_func=shown, key=face, on_change=_keep_unit, args=keep, help=about)


def _keep_unit(axis: int, before: tuple[int, ...]) -> None:
    chosen = st.session_state[key(f"units-{axis}")]
    if chosen == before[axis]:
        return
    other = before[axis] if chosen == before[1 - axis] else before[1 - axis]
    state.put("units", (chosen, other) if axis == 0 else (other, chosen))
    state.reset("view")
