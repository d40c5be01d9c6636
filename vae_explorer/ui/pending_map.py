"""A map that is computed beside the page: asked for, waited for and left, and how far it has come."""

import streamlit as st

from vae_explorer.child_queue import TaskState
from vae_explorer.projections.desk import QUEUE, MapTask, Order
from vae_explorer.ui import state
from vae_explorer.ui.words import literal


def ask(kind: str, key: str, order: Order) -> MapTask:
    """Wait for a map; `kind` says whose place it takes, and one of a kind is waited for at a time."""
    state.AWAITED.put({**state.AWAITED.get(), kind: key})
    return QUEUE.ask(MapTask(key, order=order), state.asker())


def leave(kind: str, but: str = "") -> None:
    """Wait no longer for another map of this kind than the one with this key."""
    awaited = dict(state.AWAITED.get())
    before = awaited.pop(kind, "")
    state.AWAITED.put(awaited)
    if before and before != but:
        QUEUE.leave(before, state.asker())


def show(job: MapTask, title: str) -> None:
    """How far a map has come, or why it did not; with the button to stop it or to begin anew."""
    (_show_end if job.state in (TaskState.FAILED, TaskState.STOPPED) else _show_progress)(job, title)


@st.fragment(run_every=0.4)
def _show_progress(job: MapTask, title: str) -> None:
    """How far a map has come; the page runs again when it has come to an end."""
    if job.over.is_set():
        st.rerun()
    said, button = st.columns([5, 1], vertical_alignment="center")
    said.progress(job.share, text=f"{title}: {job.doing} · {100 * job.share:.0f} % · until then, a flat view is shown")
    button.button("Stop", on_click=QUEUE.stop, args=(job.key,), width="stretch", key="map-stop")


def _show_end(job: MapTask, title: str) -> None:
    said, button = st.columns([5, 1], vertical_alignment="center")
    said.warning(literal(f"{title}: {job.sentence or 'stopped.'}"), icon=":material/info:")
    button.button("Compute again", on_click=QUEUE.forget, args=(job.key,), width="stretch", key="map-again")
