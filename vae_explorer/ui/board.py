"""The runs as cards: how each stands, and what can be done with it."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from vae_explorer.errors import ExplorerError
from vae_explorer.jobs import desk, housekeeping
from vae_explorer.jobs.reports import FAILED, FINISHED, LOST, QUEUED, RUNNING, STOPPED, Status
from vae_explorer.ui import panels, scene, state, watching
from vae_explorer.ui.words import lasting, literal

WORDS = {
    QUEUED: ("Waiting", "hourglass_empty"),
    RUNNING: ("Training", "play_circle"),
    FINISHED: ("Finished", "check_circle"),
    STOPPED: ("Stopped", "stop_circle"),
    FAILED: ("Failed", "error"),
    LOST: ("Cut off", "power_off"),
}
BUSY = (QUEUED, RUNNING)
LIVELY, IDLE = 1.0, 5.0
"""Seconds from one look at the runs to the next, while there is work and while there is none."""
SHOWN = 5
"""Runs that are over, unless all are asked for."""


def board() -> None:
    """All runs, looked at again and again without the rest of the page."""
    found = desk.board()
    _fit_chosen(found)
    busy = _busy(found)
    pace = LIVELY if busy else IDLE
    st.fragment(partial(panels.bordered, partial(_board, busy)), run_every=pace)()


def _fit_chosen(found: Sequence[Status]) -> None:
    name = state.get("run")
    if name and name not in [status.name for status in found]:
        state.reset("run")
        state.note(f"There is no run “{name}”.")


def _busy(found: Sequence[Status]) -> tuple[str, ...]:
    return tuple(status.name for status in found if status.state in BUSY)


def _board(busy: tuple[str, ...]) -> None:
    found = desk.board()
    if _busy(found) != busy:  # one came or ended, here or in another tab: the list of models is another
        st.rerun()
    if not found:
        st.info("No run yet. Choose settings and press Start.", icon=":material/info:")
        return
    at_work = [status for status in found if status.state in BUSY]
    over = [status for status in reversed(found) if status.state not in BUSY]
    every = len(over) > SHOWN and st.toggle(f"All {len(over)} runs that are over", key="every-run")
    shown = [*at_work, *(over if every else over[:SHOWN])]
    chosen = next((status for status in found if status.name == state.get("run")), shown[0])
    for status in shown:
        _card(status, status is chosen)
    watching.watch(chosen)


def _card(status: Status, chosen: bool) -> None:
    word, icon = WORDS[status.state]
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/{icon}: **{literal(status.name)}** · {word}", width="stretch")
            for act in ACTS[status.state]:
                act(status)
            if status.epoch:
                _button(status, "Curves", "show_chart", partial(state.put, "run", status.name), disabled=chosen)
        if status.state == RUNNING:
            st.progress(min(1.0, status.epoch / status.epochs))
        st.caption(_line(status))
        if status.sentence:
            st.caption(literal(status.sentence))


def _line(status: Status) -> str:
    """How far it came, how fast, and how long it will take."""
    parts = [f"epoch {status.epoch:,} of {status.epochs:,}"]
    if status.state == QUEUED:
        parts.insert(0, f"place {status.position} in the queue")
    if status.epoch:
        parts += [f"{status.images_per_second:,.0f} images/s", f"{lasting(status.seconds)} of training"]
    if status.state == RUNNING:
        parts.append("about " + lasting(status.eta) + " left" if status.eta is not None else "starting")
    return " · ".join(parts)


def _button(status: Status, label: str, icon: str, act: Callable[[], object], disabled: bool = False) -> None:
    if st.button(label, icon=f":material/{icon}:", key=f"{label.lower()}-{status.name}", disabled=disabled):
        _done(act)


def _done(act: Callable[[], object]) -> None:
    """Act and look at the page anew; a refusal becomes a note."""
    try:
        act()
    except ExplorerError as error:
        state.note(str(error))
    st.rerun()


def _stop(status: Status) -> None:
    _button(status, "Stop", "stop", partial(desk.stop, status.name))


def _resume(status: Status) -> None:
    _button(status, "Resume", "resume", partial(desk.resume, status.name))


def _delete(status: Status) -> None:
    with st.popover("Delete", icon=":material/delete:"):
        st.markdown(f"Delete **{literal(status.name)}** and its weights? They cannot be had back.")
        _button(status, "Delete for good", "delete_forever", partial(_delete_for_good, status.name))


def _delete_for_good(name: str) -> None:
    housekeeping.delete(name)
    if state.get("run") == name:
        state.reset("run")


def _explore(status: Status) -> None:
    if st.button("Open in Explore", icon=":material/scatter_plot:", key=f"explore-{status.name}"):
        state.put("model", status.name)
        scene.forget_place()
        st.switch_page("explore.py")


ACTS: dict[str, tuple[Callable[[Status], None], ...]] = {
    QUEUED: (_stop,),
    RUNNING: (_stop,),
    FINISHED: (_explore, _delete),
    STOPPED: (_resume, _delete),
    FAILED: (_resume, _delete),
    LOST: (_resume, _delete),
}
