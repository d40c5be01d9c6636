"""A run as a card: how it stands, the next thing to do with it as a button, and the rest behind one more."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from vae_explorer.errors import ExplorerError
from vae_explorer.jobs import desk, housekeeping, records
from vae_explorer.jobs.reports import RunState, Status
from vae_explorer.read_only import read_only
from vae_explorer.texts import first_sentence, shortened
from vae_explorer.ui import actions, run_menu, state
from vae_explorer.ui.train import form_values, further
from vae_explorer.ui.train.run_states import EARLY, WORDS, place_words
from vae_explorer.ui.words import lasting, literal

SHORT = 120
"""Characters of a note on the card of a run that is not watched."""


class Action(NamedTuple):
    """The next thing to do with a run."""

    label: str
    icon: str
    act: Callable[[str], object]
    page: str = ""
    """The one of PAGES to which it leads; one that leads nowhere changes the run."""


def _to_explore(name: str) -> None:
    state.put("model", name)


STOP, RESUME = Action("Stop", "stop", desk.stop), Action("Resume", "resume", desk.resume)
EXPLORE = Action("Open in Explore", "scatter_plot", _to_explore, "explore")
ACTIONS = {
    RunState.QUEUED: STOP,
    RunState.RUNNING: STOP,
    RunState.FINISHED: EXPLORE,
    RunState.STOPPED: RESUME,
    RunState.FAILED: RESUME,
    RunState.DIVERGED: EXPLORE,
    RunState.LOST: RESUME,
}


def show_watched(status: Status) -> None:
    """The card of the run that is watched."""
    with st.container(border=True, gap="small"):
        with _row(status, housekeeping.noted(status.name)):
            _show_action(status)
            further.show_further(status)
            _show_menu(status, watched=True)
        if status.state == RunState.RUNNING:
            st.progress(min(1.0, status.epoch / status.epochs))


def show_other(status: Status) -> None:
    """The card of a run that could be watched instead."""
    with st.container(border=True), _row(status, shortened(housekeeping.noted(status.name), SHORT)):
        watch = st.button("Watch", icon=":material/visibility:", key=f"watch-{status.name}")
        _show_action(status)
        _show_menu(status, watched=False)
    if watch:
        actions.perform(partial(state.put, "run", status.name))


def show_damaged(name: str) -> None:
    """The card of a run whose settings cannot be read: why, and that it can be deleted."""
    try:
        records.read(name)
    except ExplorerError as error:
        with st.container(border=True), st.container(horizontal=True):
            with st.container(width="stretch", gap=None):
                st.markdown(f":material/error: **{literal(name)}** · Damaged")
                st.caption(literal(str(error)))
            if not read_only():
                run_menu.show_deletion(name)


def _row(status: Status, note: str) -> DeltaGenerator:
    """How the run stands, to the left of what is put into the row."""
    word, icon = EARLY if status.early else WORDS[status.state]
    row = st.container(horizontal=True, vertical_alignment="top")
    with row.container(width="stretch", gap=None):
        st.markdown(f":material/{icon}: **{literal(status.name)}** · {word}")
        st.caption(_progress(status))
        if status.sentence:
            st.caption(literal(first_sentence(status.sentence) if read_only() else status.sentence))
        if note:
            st.caption(f":material/sticky_note_2: {literal(note)}")
    return row


def _show_menu(status: Status, watched: bool) -> None:
    if read_only():
        run_menu.offer_zip(status.name, f"zip-{status.name}")
        return
    run_menu.show_menu(status.name, status.state == RunState.RUNNING, watched, form_values.fill_form)


def _show_action(status: Status) -> None:
    label, icon, act, page = ACTIONS[status.state]
    if (status.state == RunState.DIVERGED and not status.epoch) or (read_only() and not page):
        return
    if not st.button(label, icon=f":material/{icon}:", key=f"{label.lower()}-{status.name}"):
        return
    actions.perform(partial(act, status.name), page)


def _progress(status: Status) -> str:
    """How far it came, how fast, and how long it will take."""
    parts = [f"epoch {status.epoch:,} of {status.epochs:,}"]
    place = place_words(status)
    if place:
        parts.insert(0, place)
    if status.epoch:
        parts += [f"{status.images_per_second:,.0f} images/s", f"{lasting(status.seconds)} of training"]
    if status.state == RunState.RUNNING:
        parts.append("about " + lasting(status.eta) + " left" if status.eta is not None else "starting")
    return " · ".join(parts)
