"""Library: every model and data set of this machine, and one place to drop one's own."""

import streamlit as st

from vae_explorer.read_only import read_only
from vae_explorer.ui.library import data_set_table, drop_area, model_table

if not read_only():
    drop_area.show_drop_area()
st.markdown("## Models")
model_table.show_model_table()
st.markdown("## Data sets")
data_set_table.show_data_set_table()
