"""A Plotly chart that is drawn anew in place; Streamlit's own is taken out and put in again at every change."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from vae_explorer.figures import Figure
from vae_explorer.ui.components.served import served

_chart = served("chart", ("pieces/save_menu", "plot/axis_titles"), isolated=False)


def chart(figure: Figure, key: str, caption: str, opened: Callable[[str], object] | None = None) -> None:
    """The figure in the page's theme, with Plotly's hover and zoom; the caption goes along with a saved picture.

    opened: is told the id that a dot stands for, before the page runs anew; without it dots are not clicked.
    """
    name = f"chart-{key}"
    layout = figure.layout if opened else {part: one for part, one in figure.layout.items() if part != "meta"}
    heard = {} if opened is None else {"on_dot_change": partial(_hear, name, opened)}
    _chart(key=name, data={"data": figure.data, "layout": layout, "caption": caption}, **heard)


def _hear(name: str, opened: Callable[[str], object]) -> None:
    event = st.session_state.get(name, {}).get("dot")
    if isinstance(event, dict) and isinstance(event.get("value"), str):
        opened(event["value"])
