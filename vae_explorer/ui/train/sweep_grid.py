"""Sweeps on the Train page: the grid of runs as it fills, their rates and distortions, and the way to Compare."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache, partial

import numpy as np
import streamlit as st

from vae_explorer import datasets, figures, images
from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.colours import MODEL_COLOURS
from vae_explorer.errors import ExplorerError
from vae_explorer.jobs import desk, sweeps
from vae_explorer.jobs.reports import RunState, Status
from vae_explorer.jobs.sweeps import Cell, Sweep
from vae_explorer.latents import selection
from vae_explorer.live import batch
from vae_explorer.read_only import read_only
from vae_explorer.texts import figure
from vae_explorer.ui import actions, border, scene, state, titles, widgets
from vae_explorer.ui.compare import samples
from vae_explorer.ui.components.chart import chart
from vae_explorer.ui.params import MAX_COMPARED
from vae_explorer.ui.train.run_states import BUSY_PACE, WORDS, place_words
from vae_explorer.ui.words import beta_course, counted, literal

SEED = 0
"""Of the eps that every picture of the grid is decoded from."""
WIDE = 8
"""Cells side by side."""
SIDE, ENLARGED = 3, 4
"""Pictures of a cell in a row and in a column, and how much each is enlarged before the browser fits it in."""


def show_sweep() -> None:
    """The latest sweep or the chosen one, looked at again and again while its runs wait or train.

    Folded where a run is watched that is none of its own: that one is to be seen without scrolling.
    """
    found = _sweeps()
    if not found:
        return
    shown = found.get(state.get("sweep"), next(iter(found.values())))
    watched, own = state.get("run"), shown.runs
    place = st.container() if not watched or watched in own else st.expander("Sweep")
    with place:
        _show_chosen(found)


def _sweeps() -> dict[str, Sweep]:
    """By name; none where the place of all jobs is no folder, as the board tells."""
    with suppress(ExplorerError):
        return {one.name: one for one in sweeps.every()}
    return {}


def _show_chosen(found: Mapping[str, Sweep]) -> None:
    st.markdown("## Sweep")
    name = widgets.choice("sweep", "Sweep", list(found), lambda one: _title(found[one]), labelled=False)
    busy = _busy(found[name], _statuses(found[name]))
    look = partial(border.bordered, partial(_show_grid, found[name], busy))
    st.fragment(look, run_every=BUSY_PACE if busy else None)()


def _title(one: Sweep) -> str:
    betas, seeds = (", ".join(f"{value:g}" for value in values) for values in (one.betas, one.seeds))
    weight = [f"β {betas}"] if one.settings.weighted else []
    epochs = counted(int(one.settings.training["epochs"]), "epoch")
    data = datasets.dataset(one.settings.dataset).title
    return " · ".join((data, one.settings.preset, *weight, f"seed {seeds}", epochs))


def _statuses(one: Sweep) -> dict[str, Status]:
    return {status.name: status for status in desk.board() if status.name in one.runs}


def _busy(one: Sweep, statuses: Mapping[str, Status]) -> bool:
    return any(statuses[run].state.pending for run in one.runs if run in statuses)


def _show_grid(one: Sweep, busy: bool) -> None:
    statuses = _statuses(one)
    if _busy(one, statuses) != busy:
        st.rerun()
    usable = catalogue.usable()
    trained = {
        run: usable[run]
        for run in one.runs
        if run in usable and run in statuses and statuses[run].state == RunState.FINISHED
    }
    for row in _rows(one):
        for cell, place in zip(row, st.columns(min(len(one.betas), WIDE), gap="small"), strict=False):
            with place.container(border=True, gap="small", height="stretch"):
                first, *rest = _cell_words(one, cell, trained.get(cell.run))
                st.markdown(" · ".join((f"**{first}**", *rest)))
                _show_cell(cell, statuses.get(cell.run), trained.get(cell.run))
    if trained:
        _show_measured(one, trained)
    _show_actions(one, statuses, busy, list(trained))


def _rows(one: Sweep) -> list[list[Cell]]:
    """The cells seed by seed, in rows that fit beside each other; a sweep of the command line may be wider."""
    found: list[list[Cell]] = []
    for seed in one.seeds:
        row = [cell for cell in one.cells if cell.seed == seed]
        found += [row[first : first + WIDE] for first in range(0, len(row), WIDE)]
    return found


def _show_cell(cell: Cell, status: Status | None, checkpoint: Checkpoint | None) -> None:
    """A run: how it stands or, when it is finished, what it learned and what that costs."""
    if status is None:
        st.caption("Deleted." if read_only() else "Deleted; “Resume all” trains it again.")
        return
    if checkpoint is None:
        _show_status(status)
    else:
        measured = catalogue.EVALUATIONS.get(checkpoint)
        st.image(_samples(checkpoint), width="stretch")
        rate = "no rate" if measured.rate is None else f"rate {figure(measured.rate)} nats"
        st.caption(f"nll {figure(measured.nll)} nats  \n{rate}")
    chosen = state.get("run") == cell.run
    if status.epoch and st.button("Watch", key=f"sweep-watch-{cell.run}", type="tertiary", disabled=chosen):
        actions.perform(partial(state.put, "run", cell.run))


def _cell_words(one: Sweep, cell: Cell, checkpoint: Checkpoint | None = None) -> list[str]:
    """What sets a run of the sweep apart: its β, where the objective has one, and its seed."""
    beta = f"{cell.beta:g}" if checkpoint is None else beta_course(checkpoint.recipe)
    return [*([f"β {beta}"] if one.settings.weighted else []), f"seed {cell.seed}"]


def _show_status(status: Status) -> None:
    word, icon = WORDS[status.state]
    st.caption(f":material/{icon}: {word}")
    place = place_words(status)
    if place:
        st.caption(literal(place))
    if status.state == RunState.RUNNING:
        st.progress(min(1.0, status.epoch / status.epochs))
        st.caption(f"epoch {status.epoch:,} of {status.epochs:,}")
    if status.sentence:
        st.caption(literal(status.sentence))


def _show_measured(one: Sweep, trained: Mapping[str, Checkpoint]) -> None:
    """What the figures and pictures are of, and rate against distortion."""
    first = catalogue.EVALUATIONS.get(next(iter(trained.values())))
    st.caption(
        f"nll and rate: nats per image, measured on {first.n:,} {first.split} images. "
        f"Pictures: samples from the same eps, seed {SEED}."
    )
    several = len(one.seeds) > 1
    points = [
        figures.Measured(
            ", ".join(_cell_words(one, cell, trained[cell.run])[: 2 if several else 1]),
            MODEL_COLOURS[one.seeds.index(cell.seed) % len(MODEL_COLOURS)],
            catalogue.EVALUATIONS.get(trained[cell.run]),
        )
        for cell in one.cells
        if cell.run in trained
    ]
    if not all(point.figures.plain for point in points):
        caption = titles.picture_caption(trained.values(), first)
        chart(figures.rate_distortion(points), "sweep-rate-distortion", caption)


def _show_actions(one: Sweep, statuses: Mapping[str, Status], busy: bool, trained: list[str]) -> None:
    chosen = _chosen(one, trained) if len(trained) > MAX_COMPARED and not busy else trained
    over = sum(run not in statuses or statuses[run].resumable for run in one.runs)
    with st.container(horizontal=True, vertical_alignment="center"):
        _compare(chosen, busy)
        if read_only():
            return
        if busy:
            _button("Stop all", "stop", partial(sweeps.stop, one))
        if over:
            _button("Resume all", "resume", partial(sweeps.resume, one))
        with st.popover("Delete sweep", icon=":material/delete:"):
            st.markdown("Delete the sweep alone and keep its runs, or delete its runs and their weights too, for good?")
            _button("Delete the sweep only", "delete", partial(_delete, one, with_runs=False))
            _button("Delete it with its runs", "delete_forever", partial(_delete, one, with_runs=True))


def _delete(one: Sweep, with_runs: bool) -> None:
    sweeps.delete(one, with_runs)
    if with_runs and state.get("run") in one.runs:
        state.reset("run")


def _chosen(one: Sweep, trained: Sequence[str]) -> list[str]:
    """Of more models than stand side by side, those to compare."""
    titles = {cell.run: " · ".join(_cell_words(one, cell)) for cell in one.cells}
    usual, key = evenly_chosen(one, trained), f"compare-{one.name}"
    return st.multiselect(
        "Compare", trained, usual, format_func=titles.__getitem__, max_selections=MAX_COMPARED, key=key
    )


def _compare(names: Sequence[str], busy: bool) -> None:
    icon, fits = ":material/compare:", 2 <= len(names) <= MAX_COMPARED and not busy
    if st.button("Open the comparison", icon=icon, type="primary", disabled=not fits):
        actions.perform(partial(state.put, "models", tuple(names)), "compare")


def evenly_chosen(one: Sweep, trained: Sequence[str]) -> list[str]:
    """Up to four models to start with: of the first seed that has two, evenly spread over its βs."""
    for seed in one.seeds:
        row = [cell.run for cell in one.cells if cell.seed == seed and cell.run in trained]
        if len(row) > 1:
            return [row[place] for place in selection.spread(np.arange(len(row)), MAX_COMPARED)]
    return list(trained[:MAX_COMPARED])


def _button(label: str, icon: str, act: Callable[[], object]) -> None:
    if st.button(label, icon=f":material/{icon}:", key=f"sweep-{icon}"):
        actions.perform(act)


@lru_cache(maxsize=256)
def _samples(checkpoint: Checkpoint) -> bytes:
    """What the model makes of the eps that all are given, as PNG bytes."""
    drawn = samples.samples(scene.scene_of(checkpoint), SEED)
    pictures = batch.torch_side().decode(catalogue.MODELS.get(checkpoint), drawn.z, drawn.y)[: SIDE**2]
    return images.png(images.enlarge(images.mosaic(images.to_uint8(pictures), SIDE, gap=1), ENLARGED))
