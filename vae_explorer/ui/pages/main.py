"""Navigation only: five pages, one border.

It lies among the pages because Streamlit takes a folder `pages` BESIDE the main script for its older kind of app,
and would run a page without this script when a link to it is the first thing a fresh server is asked for.
"""

from base64 import b64encode
from pathlib import Path

import streamlit as st

from vae_explorer.live.startup import settle
from vae_explorer.ui import panels, state
from vae_explorer.ui.components.address import address

PAGES = Path(__file__).parent
ICON = "data:image/png;base64," + b64encode((PAGES.parent / "icon.png").read_bytes()).decode()

st.set_page_config(page_title="VAE Explorer", page_icon=ICON, layout="wide")
titles = {
    "explore": ("Explore", ":material/scatter_plot:"),
    "traversals": ("Traversals", ":material/grid_on:"),
    "interpolate": ("Interpolate", ":material/linear_scale:"),
    "compare": ("Compare β", ":material/compare:"),
    "train": ("Train", ":material/model_training:"),
}
pages = [
    st.Page(PAGES / f"{name}.py", title=title, icon=icon, url_path=name, default=name == "explore")
    for name, (title, icon) in titles.items()
]
page = st.navigation(pages, position="top")
state.read_url()
panels.bordered(page.run)
panels.unusable()
shown = page.url_path or "explore"
address(shown, state.query(shown))
state.show_notes()
settle()
