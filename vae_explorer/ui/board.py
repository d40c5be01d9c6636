"""The runs: the one that is watched with all that is to be seen of it, then the others, looked at again and again."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from vae_explorer.jobs import desk, records
from vae_explorer.jobs.reports import Status
from vae_explorer.ui import cards, keeping, panels, state, watching
from vae_explorer.ui.standing import BUSY, IDLE, LIVELY

SHOWN = 5
"""Runs that are over, unless all are asked for."""


def board() -> None:
    """All runs, looked at again and again without the rest of the page."""
    panels.bordered(_living)


def _living() -> None:
    found = desk.board()
    _fit_chosen(found)
    busy = _busy(found)
    pace = LIVELY if busy else IDLE
    st.fragment(partial(panels.bordered, partial(_board, busy, [found])), run_every=pace)()


def _fit_chosen(found: Sequence[Status]) -> None:
    name = state.get("run")
    if name and name not in [status.name for status in found]:
        state.reset("run")
        state.note(f"There is no run “{name}”.")


def _busy(found: Sequence[Status]) -> tuple[str, ...]:
    return tuple(status.name for status in found if status.state in BUSY)


def _board(busy: tuple[str, ...], looked: list[list[Status]]) -> None:
    """What was `looked` up for the whole page is shown at once; from then on each look is a new one."""
    found = looked.pop() if looked else desk.board()
    if keeping.done() or _busy(found) != busy:  # one came or ended, here or in another tab: the models are others
        st.rerun()
    damaged = sorted(set(records.names()) - {status.name for status in found})
    if not found and not damaged:
        st.info("No run yet. Choose settings and press Start.", icon=":material/info:")
    if found:
        _runs(found)
    for name in damaged:
        cards.damaged(name)


def _runs(found: Sequence[Status]) -> None:
    at_work = [status for status in found if status.state in BUSY]
    over = [status for status in reversed(found) if status.state not in BUSY]
    chosen = next((status for status in found if status.name == state.get("run")), (*at_work, *over)[0])
    cards.watched(chosen)
    watching.watch(chosen)
    others = [status for status in at_work if status is not chosen]
    rest = [status for status in over if status is not chosen]
    if others or rest:
        st.markdown("##### Other runs")
        every = len(rest) > SHOWN and st.toggle(f"All {len(rest)} that are over", key="every-run")
        for status in (*others, *(rest if every else rest[:SHOWN])):
            cards.other(status)
