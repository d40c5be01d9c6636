"""Train: settings to the left, the runs to the right."""

import streamlit as st

from vae_explorer.read_only import read_only
from vae_explorer.ui.train import form, run_list, sweep_grid

if read_only():
    runs = st.container(width=850)  # where there is no form to the left, pictures are no larger than beside one
else:
    settings, runs = st.columns([1, 2.2], gap="large")
    with settings:
        st.markdown("## New run")
        form.main_fields()
        with st.expander("More"):
            form.more_fields()
        form.show_start()
with runs:
    sweep_grid.show_sweep()
    st.markdown("## Runs")
    run_list.show_run_list()
