"""Small controls bound to a row of PARAMS: the session value is the truth, the widget its face."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

import streamlit as st

from vae_explorer.ui import state


def choice(
    name: str,
    label: str,
    options: Sequence[Any],
    shown: Callable[[Any], str] = str,
    changed: Callable[[], None] | None = None,
) -> Any:
    """A drop-down list."""
    return st.selectbox(
        label, options, format_func=shown, key=_face(name, options), on_change=_keep, args=(name, changed)
    )


def slider(name: str, label: str, low: Any, high: Any, step: Any, unit: str = "%g") -> Any:
    """A slider that reports when it is let go: for settings, not for what must follow the hand."""
    return st.slider(label, low, high, step=step, key=_face(name), format=unit, on_change=_keep, args=(name, None))


def number(name: str, label: str, high: int, changed: Callable[[], None] | None = None, low: int = 0) -> Any:
    """A whole number from `low` to `high`."""
    return st.number_input(label, low, high, step=1, key=_face(name), on_change=_keep, args=(name, changed))


def several(name: str, label: str, options: Collection[Any], most: int, shown: Callable[[Any], str] = str) -> Any:
    """Up to `most` of the options, in the order in which they were chosen."""
    key = f"face-{name}"
    st.session_state[key] = [value for value in state.get(name) if value in options]
    return st.multiselect(
        label, list(options), format_func=shown, max_selections=most, key=key, on_change=_keep, args=(name, None)
    )


def _face(name: str, options: Sequence[Any] | None = None) -> str:
    key, value = f"face-{name}", state.get(name)
    st.session_state[key] = value if options is None or value in options else options[0]
    return key


def _keep(name: str, changed: Callable[[], None] | None) -> None:
    if state.put(name, st.session_state[f"face-{name}"]) and changed is not None:
        changed()


def download(
    label: str,
    icon: str,
    made: Callable[[], bytes],
    file: str,
    mime: str,
    told: str | None = None,
    there: bool = True,
    key: str | None = None,
) -> None:
    """A button for a file that is made when it is asked for; without a rerun, which would overtake the next click."""
    icon, off = f":material/{icon}:", not there
    st.download_button(label, made, file, mime, key, told, on_click="ignore", icon=icon, disabled=off)


def unit_pair(units: Sequence[int], ranked: Sequence[int], shown: Callable[[int], str], columns: Sequence[Any]) -> None:
    """Two latent units for the two axes, listed the most informative first; choosing one for both swaps them."""
    for axis, column in enumerate(columns):
        key = f"face-units-{axis}"
        st.session_state[key] = units[axis]
        label = ("Horizontal", "Vertical")[axis]
        column.selectbox(label, ranked, format_func=shown, key=key, on_change=_keep_unit, args=(axis, tuple(units)))


def _keep_unit(axis: int, before: tuple[int, ...]) -> None:
    chosen = st.session_state[f"face-units-{axis}"]
    if chosen == before[axis]:
        return
    other = before[axis] if chosen == before[1 - axis] else before[1 - axis]
    state.put("units", (chosen, other) if axis == 0 else (other, chosen))
    state.reset("view")
