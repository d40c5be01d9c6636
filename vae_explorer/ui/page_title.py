"""What a page is called: in the tab, and as the one heading above all others for who hears the page."""

import streamlit as st

from vae_explorer.ui.page_table import PAGES

APP = "VAE Explorer"
UNSEEN = "position: absolute; width: 1px; height: 1px; margin: 0; padding: 0; overflow: hidden; clip-path: inset(50%)"
"""Who sees the page reads its title in the navigation."""


def show_page_title(name: str) -> None:
    """The title of the page of this name."""
    title = PAGES[name].title
    st.set_page_config(page_title=f"{title} · {APP}")
    st.html(f'<h1 style="{UNSEEN}">{title}</h1>')
