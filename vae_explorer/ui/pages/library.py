"""Library: every model of this machine, to be found, compared, named, noted, downloaded or deleted."""

import streamlit as st

from vae_explorer.ui.library import model_table

st.markdown("## Models")
model_table.show_model_table()
