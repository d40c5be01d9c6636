"""A map that is computed beside the page: asked for, waited for and left, and how far it has come."""

from functools import partial

import streamlit as st

from vae_explorer.child_queue import TaskState
from vae_explorer.projections.desk import QUEUE, MapTask, Order
from vae_explorer.ui import pending_line, state


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
    if job.state in (TaskState.FAILED, TaskState.STOPPED):
        sentence = f"{title}: {job.sentence or 'stopped.'}"
        pending_line.show_end(sentence, "Compute again", partial(QUEUE.forget, job.key), "map-again")
    else:
        _show_progress(job, title)


@st.fragment(run_every=0.4)
def _show_progress(job: MapTask, title: str) -> None:
    """How far a map has come; the page runs again when it has come to an end."""
    if job.over.is_set():
        st.rerun()
    text = f"{title}: {job.doing} · {100 * job.share:.0f} % · until then, a flat view is shown"
    pending_line.show_progress(job.share, text, partial(QUEUE.stop, job.key), "map-stop")
