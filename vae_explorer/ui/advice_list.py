"""What measured figures say of models, each sentence with a way to where it is seen."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from vae_explorer.advice import Finding, advise
from vae_explorer.checkpoints import Checkpoint
from vae_explorer.errors import ExplorerError
from vae_explorer.ui import actions, state
from vae_explorer.ui.explanations import explanation
from vae_explorer.ui.page_table import PAGES
from vae_explorer.ui.words import literal

HEADING, SILENT = "What the figures say", "Nothing stands out in what was measured."


def show_advice(checkpoints: Sequence[Checkpoint], page: str, level: int) -> None:
    """A sentence in each line, under a heading of this level; on the page that shows it, without a button to it."""
    st.markdown(f"{'#' * level} {HEADING}")
    try:
        found = advise(checkpoints)
    except ExplorerError as error:
        st.caption(literal(str(error)))
        return
    for place, finding in enumerate(found):
        _show(finding, page, f"advice-{page}-{place}-{finding.kind}", len(checkpoints) > 1)
    if not found:
        st.caption(SILENT)


def _show(finding: Finding, page: str, key: str, named: bool) -> None:
    whom = f"**{literal(finding.whom)}**: " if named else ""
    row = PAGES[finding.view.page]
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch"):
            st.markdown(whom + literal(finding.sentence), help=explanation(finding.sentence))
        elsewhere = finding.view.page != page
        if elsewhere and st.button(row.title, icon=f":material/{row.icon}:", key=key):
            actions.perform(partial(state.follow, finding.view.parameters), finding.view.page)
