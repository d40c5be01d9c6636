"""Navigation only: the pages of PAGES, one border.

It lies among the pages because Streamlit takes a folder `pages` BESIDE the main script for its older kind of app,
and would run a page without this script when a link to it is the first thing a fresh server is asked for.
"""

from base64 import b64encode
from pathlib import Path

import streamlit as st

from vae_explorer.live.startup import settle
from vae_explorer.ui import border, lost_session, model_change, page_title, panels, state, upload_session, welcome
from vae_explorer.ui.components.address import address
from vae_explorer.ui.page_table import PAGES, home

ICON = "data:image/png;base64," + b64encode((Path(__file__).parents[1] / "icon.png").read_bytes()).decode()

st.set_page_config(page_icon=ICON, layout="wide")  # before the pages are told: else their icons are fetched from afar
pages = [
    st.Page(row.script, title=row.title, icon=f":material/{row.icon}:", url_path=name, default=name == home())
    for name, row in PAGES.items()
]
page = st.navigation(pages, position="top")
state.read_url()
shown = page.url_path or home()
upload_session.take_files(PAGES[shown].takes_files)
model_change.offer_model(shown)
page_title.show_page_title(shown)
welcome.show_welcome(shown)
border.bordered(page.run)
panels.show_unusable()
address(shown, state.query(shown), welcome.cookie())
lost_session.ask_again()
state.show_notes()
settle()
