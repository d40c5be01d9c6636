"""The line that tells a newcomer what a page shows; put away, it stays away: a cookie remembers the page."""

import streamlit as st

from vae_explorer.read_only import read_only
from vae_explorer.ui import state
from vae_explorer.ui.page_table import PAGES

COOKIE = "vae-explorer-known"
BETWEEN = "."


def known_pages() -> tuple[str, ...]:
    """The pages whose line was put away in this browser; what a cookie says besides is nothing to us."""
    told = str(st.context.cookies.get(COOKIE, "")).split(BETWEEN)
    return tuple(name for name in PAGES if name in told or name in state.KNOWN_PAGES.get())


def show_welcome(name: str) -> None:
    """The page's line, with the button that puts it away; what a read-only app lacks there is said for good."""
    if read_only() and PAGES[name].read_only:
        st.markdown(f":material/lock: {PAGES[name].read_only}")
        return
    if name in known_pages():
        return
    with st.container(horizontal=True, vertical_alignment="center", key="welcome"):
        st.markdown(PAGES[name].welcome)
        st.button(
            "Got it", icon=":material/close:", type="tertiary", on_click=_put_away, args=(name,), key="welcome-off"
        )


def cookie() -> str:
    """What the browser is to remember: `name=value`; empty as long as there is nothing."""
    known = BETWEEN.join(known_pages())
    return f"{COOKIE}={known}" if known else ""


def _put_away(name: str) -> None:
    state.KNOWN_PAGES.put((*state.KNOWN_PAGES.get(), name))
