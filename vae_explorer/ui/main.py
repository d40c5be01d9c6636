"""Navigation only: four pages, one border."""

from pathlib import Path

import streamlit as st

from vae_explorer.ui import panels, state

PAGES = Path(__file__).parent / "pages"

st.set_page_config(page_title="VAE Explorer", page_icon=":material/scatter_plot:", layout="wide")
page = st.navigation(
    [
        st.Page(
            PAGES / "explore.py", title="Explore", icon=":material/scatter_plot:", url_path="explore", default=True
        ),
        st.Page(PAGES / "traversals.py", title="Traversals", icon=":material/grid_on:", url_path="traversals"),
        st.Page(PAGES / "interpolate.py", title="Interpolate", icon=":material/linear_scale:", url_path="interpolate"),
        st.Page(PAGES / "compare.py", title="Compare β", icon=":material/compare:", url_path="compare"),
    ],
    position="top",
)
state.read_url()
panels.bordered(page.run)
state.write_url(page.url_path or "explore")
state.show_notes()
