"""The runs: the one that is watched with all that is to be seen of it, then the others, looked at again and again."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import streamlit as st

from vae_explorer.jobs import desk, records
from vae_explorer.jobs.reports import RunState, Status
from vae_explorer.journal.trace import TRACE
from vae_explorer.read_only import read_only
from vae_explorer.ui import border, run_menu, state
from vae_explorer.ui.train import run_card, run_view
from vae_explorer.ui.train.run_states import BUSY_PACE, IDLE_PACE, STARTING_PACE

SHOWN = 5
"""Runs that are over, unless all are asked for."""
EVERY_RUN = "every-run"
"""The widget that asks for all."""


def show_run_list() -> None:
    """All runs, looked at again and again without the rest of the page."""
    border.bordered(_show_looking)


def _show_looking() -> None:
    found = desk.board()
    _fit_chosen(found)
    activity = _activity(found)
    st.fragment(partial(border.bordered, partial(_show_board, activity, [found])), run_every=activity.pace)()


def _fit_chosen(found: Sequence[Status]) -> None:
    name = state.get("run")
    if name and name not in [status.name for status in found]:
        state.reset("run", "snapshot")
        state.note(f"There is no run “{name}”.")


class _Activity(NamedTuple):
    """What the whole page hangs on: which runs are at work, and how often they are to be looked at."""

    busy: tuple[str, ...]
    pace: float


def _activity(found: Sequence[Status]) -> _Activity:
    running = [status.name for status in found if status.state == RunState.RUNNING]
    starting = any(not (records.journal(name) / TRACE).exists() for name in running)
    busy = tuple(status.name for status in found if status.state.pending)
    return _Activity(busy, STARTING_PACE if starting else BUSY_PACE if busy else IDLE_PACE)


def _show_board(activity: _Activity, first: list[list[Status]]) -> None:
    """What was found `first`, for the whole page is shown at once; from then on each look is a new one."""
    found = first.pop() if first else desk.board()
    if run_menu.take_changed() or _activity(found) != activity:  # one came, began or ended, here or in another tab
        st.rerun()
    damaged = records.names(but=[status.name for status in found])
    if not found and not damaged:
        start = "" if read_only() else " Choose settings and press Start."
        st.info(f"No run yet.{start}", icon=":material/info:")
    if found:
        _show_runs(found)
    for name in damaged:
        run_card.show_damaged(name)


def _show_runs(found: Sequence[Status]) -> None:
    at_work = [status for status in found if status.state.pending]
    over = [status for status in reversed(found) if not status.state.pending]
    wanted = state.get("run")
    chosen = next((status for status in found if status.name == wanted), (*at_work, *over)[0])
    if state.changed("watched", chosen.name):
        state.reset("snapshot")
    run_card.show_watched(chosen)
    run_view.show_run(chosen)
    run_view.show_advice_on(chosen)
    others = [status for status in at_work if status is not chosen]
    rest = [status for status in over if status is not chosen]
    if others or rest:
        st.markdown("### Other runs")
        every = len(rest) > SHOWN and st.toggle(f"Show all {len(rest)} finished and stopped runs", key=EVERY_RUN)
        for status in (*others, *(rest if every else rest[:SHOWN])):
            run_card.show_other(status)
