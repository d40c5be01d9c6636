"""The line that says how far a child process has come, or why it did not, beside its one button."""

from collections.abc import Callable

import streamlit as st

from vae_explorer.ui.words import literal

WIDTHS = [5, 1]


def show_progress(share: float, text: str, stop: Callable[[], None], key: str) -> None:
    """A bar with words, and the button that stops what is under way."""
    said, button = st.columns(WIDTHS, vertical_alignment="center")
    said.progress(share, text=text)
    button.button("Stop", on_click=stop, width="stretch", key=key)


def show_end(sentence: str, label: str, again: Callable[[], None], key: str) -> None:
    """What became of it, and the button to begin anew."""
    said, button = st.columns(WIDTHS, vertical_alignment="center")
    said.warning(literal(sentence), icon=":material/info:")
    button.button(label, on_click=again, width="stretch", key=key)
