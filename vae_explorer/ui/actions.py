"""What a person asks for is done, or refused in one sentence; then the page is looked at anew."""

from collections.abc import Callable

import streamlit as st

from vae_explorer.errors import ExplorerError
from vae_explorer.ui import state
from vae_explorer.ui.page_table import PAGES
from vae_explorer.ui.words import literal


def attempt(act: Callable[[], object], refuse: Callable[[str], object] = state.note) -> bool:
    """Act; a refusal is handed on as its sentence, a note unless said otherwise. Returns whether it was done."""
    try:
        act()
    except ExplorerError as error:
        refuse(str(error))
        return False
    return True


def perform(act: Callable[[], object], page: str = "") -> None:
    """Act or note why not, then run the page anew, or open another one of PAGES."""
    attempt(act)
    st.switch_page(PAGES[page].script) if page else st.rerun()


def show_refusal(sentence: str) -> None:
    """Why not, where it was asked for."""
    st.error(literal(sentence), icon=":material/error:")
