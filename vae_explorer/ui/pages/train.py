"""Train: settings to the left, the runs to the right, every model of this machine below."""

import streamlit as st

from vae_explorer.ui import asking, board, ledger, sweeping

form, runs = st.columns([1, 2.2], gap="large")
with form:
    st.markdown("#### New run")
    asking.main_fields()
    with st.expander("More"):
        asking.more_fields()
    asked = asking.settings()
    ready = asking.told(asked)
    asking.start_button(asked, ready)
with runs:
    sweeping.sweep()
    st.markdown("#### Runs")
    board.board()
st.markdown("#### Models")
ledger.ledger()
