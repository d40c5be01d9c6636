"""The offer to train a model again from other seeds, so that its figures have a mean and a spread."""

from functools import partial

import streamlit as st

from vae_explorer.checkpoints import Checkpoint
from vae_explorer.errors import ExplorerError
from vae_explorer.jobs import seeds
from vae_explorer.ui import actions, state
from vae_explorer.ui.words import literal

LABEL, USUAL = "More seeds", 4
ABOUT = "Every figure, score and match of this model then has a mean and a standard deviation, as the runs finish."


def offer_more_seeds(checkpoint: Checkpoint) -> None:
    """A button that opens the choice of how many; greyed out, with the reason, where there can be no other seed."""
    try:
        seeds.settings_of(checkpoint)
    except ExplorerError as error:
        st.button(LABEL, icon=":material/repeat:", disabled=True, help=literal(str(error)))
        return
    with st.popover(LABEL, icon=":material/repeat:", key=f"more-seeds-{checkpoint.id}", on_change="rerun") as popover:
        if popover.open:
            _show_choice(checkpoint)


def _show_choice(checkpoint: Checkpoint) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        count = st.number_input("How many", 1, seeds.MOST, USUAL, key=f"more-seeds-count-{checkpoint.id}")
        pressed = st.button("Start", icon=":material/play_arrow:", type="primary", key=f"more-seeds-{checkpoint.name}")
    free = seeds.free_seeds(checkpoint, int(count))
    listed = ", ".join(map(str, free))
    st.caption(f"The same run from seeds {listed}. One took {checkpoint.recipe.seconds:,.0f} s of training. {ABOUT}")
    words = f"sweep --like {checkpoint.name} --seeds {listed.replace(' ', '')} --on ray"
    st.caption(f"On a cluster of Ray: `python -m vae_explorer {words}`")
    if pressed:
        actions.perform(partial(_start, checkpoint, free), "train")


def _start(checkpoint: Checkpoint, chosen: tuple[int, ...]) -> None:
    state.put("sweep", seeds.start(checkpoint, chosen).name)
