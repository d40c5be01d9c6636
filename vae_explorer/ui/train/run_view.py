"""A run that is watched: what is happening, its map through time, its curves, and β while it trains."""

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import streamlit as st

from vae_explorer import datasets, figures
from vae_explorer.checkpoints import catalogue, read_unit_names
from vae_explorer.figures import Beside, Change, Figure
from vae_explorer.jobs import desk, records, reports
from vae_explorer.jobs.records import Job
from vae_explorer.jobs.reports import RunState, Status
from vae_explorer.journal import remarks, snapshots, trace
from vae_explorer.journal.wishes import Wish
from vae_explorer.live import journals
from vae_explorer.losses import LOSSES
from vae_explorer.presets import preset
from vae_explorer.read_only import read_only
from vae_explorer.training.validation import Validation
from vae_explorer.training.windows import Window
from vae_explorer.ui import actions, advice_list, state, titles
from vae_explorer.ui.components.chart import chart
from vae_explorer.ui.components.time_machine import time_machine
from vae_explorer.ui.train.map_over_time import umap_stamp
from vae_explorer.ui.words import literal, unit_words

POINTS = 400
"""On a curve; of more, evenly spaced ones."""
REMARKS = 3
GROWTH, FEW = 1.02, 100
"""Of a run at work with more than FEW lines, curves are drawn anew whenever there are this many times more."""


class Curves(NamedTuple):
    """What the charts are made of: one entry a point, in nats. Plain tuples, so that the same curves are drawn once."""

    epochs: tuple[float, ...]
    values: tuple[tuple[str, tuple[float, ...]], ...]
    """loss, nll and, where there is one, rate, by name."""
    kl: tuple[tuple[float, ...], ...] | None
    """[T][D]; None where the rate does not split over units."""
    changes: tuple[Change, ...]
    seen: tuple[tuple[float, Validation], ...] = ()
    """At the end of epochs, what images had that are not trained on."""


def show_run(status: Status) -> None:
    """All that can be seen of one run; without a journal, its curves alone."""
    job, journal = records.read(status.name), records.journal(status.name)
    at_work = status.state.pending
    lines = trace.read(journal)
    names = _unit_names(job, at_work)
    watched = bool(lines) or at_work or bool(snapshots.steps(journal))
    if not watched and not status.epoch:
        return
    if lines:
        _show_remarks(lines, at_work, names)
    if watched:
        time_machine(job, at_work, umap_stamp(job, at_work), names)
        _show_damaged(journals.damaged(journal))
    else:
        st.caption("This run was trained without a journal: there are its curves, and no map through time.")
    if status.state == RunState.RUNNING and LOSSES[job.settings.training["objective"]].weighted and not read_only():
        _show_beta(job, lines)
    curves = curves_of_trace(settled(lines) if at_work else lines) if lines else curves_of_history(job.name)
    curves = empty_curves(job) if curves is None and at_work else curves
    if curves is not None:
        _show_charts(job, curves, preset(job.settings.preset).per_pixel, names)


def show_advice_on(status: Status) -> None:
    """What was measured of a finished run, in sentences; nothing before it is finished."""
    finished = None if status.state.pending else catalogue.opened(status.name)
    if finished is not None:
        advice_list.show_advice([finished], "train", level=3)


def _show_damaged(steps: Sequence[int]) -> None:
    if steps:
        which = f"snapshot of step {steps[0]:,} is" if len(steps) == 1 else f"snapshots of {len(steps)} steps are"
        st.caption(f":gray[:material/block: The {which} damaged; the others can still be seen.]")


def _unit_names(job: Job, at_work: bool) -> Mapping[int, str]:
    """What the units of a finished run are called, of those that have a name."""
    finished = None if at_work else catalogue.opened(job.name)
    return {} if finished is None else read_unit_names(finished)


def curves_of_trace(lines: Sequence[Window]) -> Curves:
    """Curves from what training measured every few steps."""
    changes = tuple(Change(a.epoch, b.beta) for a, b in pairwise(lines) if a.beta != b.beta)
    shown = [lines[i] for i in _evenly_spaced(len(lines))]
    names = ("loss", "nll") if any(line.plain for line in shown) else ("loss", "nll", "rate")
    kl = tuple(line.kl for line in shown if line.kl is not None)
    whole = len(kl) == len(shown) and len(set(map(len, kl))) == 1
    values = tuple((name, tuple(getattr(line, name) for line in shown)) for name in names)
    looked = [(line.epoch, line.validation) for line in lines if line.validation is not None]
    seen = tuple(looked[i] for i in _evenly_spaced(len(looked)))
    return Curves(tuple(line.epoch for line in shown), values, kl if whole else None, changes, seen)


def curves_of_history(name: str) -> Curves | None:
    """Curves from the means of whole epochs; None before the first."""
    lines = reports.history(name)
    if not lines:
        return None
    shown = [lines[i] for i in _evenly_spaced(len(lines))]
    there = [key for key in ("loss", "nll", "rate") if all(isinstance(line.get(key), int | float) for line in shown)]
    values = tuple((key, tuple(line[key] for line in shown)) for key in there)
    return Curves(tuple(line["epoch"] for line in shown), values, None, (), tuple(_looked(shown)))


def _looked(lines: Sequence[Mapping[str, Any]]) -> Iterator[tuple[float, Validation]]:
    for line in lines:
        with suppress(KeyError, ValueError, TypeError):
            yield line["epoch"], Validation.parsed(line["validation"])


def empty_curves(job: Job) -> Curves:
    """Curves without a point yet: the axes are there, and the browser is ready to draw, when the first one comes."""
    names = ("loss", "nll") if preset(job.settings.preset).plain else ("loss", "nll", "rate")
    return Curves((), tuple((name, ()) for name in names), None, ())


def settled(lines: Sequence[Window]) -> Sequence[Window]:
    """The lines of a run at work up to the last fiftieth that is whole: what is newer would hardly be seen."""
    return lines[: math.floor(GROWTH ** math.floor(math.log(len(lines), GROWTH) + 1e-9))] if len(lines) > FEW else lines


def _evenly_spaced(count: int) -> list[int]:
    """At most POINTS of so many indices, evenly spaced, the last among them."""
    return np.unique(np.linspace(0, count - 1, min(count, POINTS)).round().astype(int)).tolist()


def _show_remarks(lines: Sequence[Window], at_work: bool, names: Mapping[int, str]) -> None:
    """What is happening; at work in the room of all remarks, so that none pushes the map down when it comes."""
    found = [literal(remark.sentence) for remark in remarks.explain(lines, names)[:REMARKS]]
    room = ["&nbsp;"] * (REMARKS - len(found)) if at_work else []
    if found or room:
        st.markdown("  \n".join([*found, *room]))


def _show_beta(job: Job, lines: Sequence[Window]) -> None:
    """A new β for a run at work; each wish, in this tab or another, puts a new field in place of that before."""
    now = lines[-1].beta if lines else float(job.settings.training["beta"])
    wanted, count = desk.last_wish(job.name) or Wish(now, 0)
    key = f"beta-{job.name}-{count}"
    with st.form(f"beta-{job.name}", border=False):
        number, button, words = st.columns([1, 0.7, 3.2], vertical_alignment="bottom")
        number.number_input("β", min_value=0.0, value=float(wanted), key=key, format="%g")
        button.form_submit_button("Apply", width="stretch", on_click=_apply_beta, args=(job.name, key))
        coming = "A new one" if wanted == now else f"{wanted:g} was asked for; it"
        words.caption(f"β is {now:g}. {coming} takes effect within a second, and is marked on the curves.")


def _apply_beta(name: str, key: str) -> None:
    """What was typed is taken before another field stands there."""
    actions.attempt(partial(_change_beta, name, float(st.session_state[key])))
    state.CHANGED.put(True)


def _change_beta(name: str, beta: float) -> None:
    desk.change_beta(name, beta)
    state.note(f"{name} goes on with β {beta:g}.")


def _show_charts(job: Job, curves: Curves, pixel: bool, names: Mapping[int, str]) -> None:
    """Two in a row; each keeps its place and its key, so that it is redrawn and not replaced."""
    places = [place for _ in range(2) for place in st.columns(2)]
    data = datasets.dataset(job.settings.dataset).title
    seed = f"training seed {job.settings.training['seed']}"
    caption = titles.taken_along(job.name, f"{data}, means over training images", seed)
    units = tuple(unit_words(unit, names) for unit in range(len(curves.kl[0]))) if curves.kl else ()
    for (what, figure), place in zip(_figures(curves, pixel, units).items(), places, strict=False):
        with place:
            chart(figure, f"curve-{job.name}-{what}", caption)
    st.caption(
        "Each point is a mean over training images since the one before, or of unseen ones at the end of an epoch; the "
        "time line's numbers are of test images."
    )


def _beside(what: str, seen: Sequence[tuple[float, Validation]]) -> Beside | None:
    """The curve of images that are not trained on, of nll and rate; none of a loss, which is another for each run."""
    found = [(epoch, getattr(one, what, None)) for epoch, one in seen]
    known = [(epoch, value) for epoch, value in found if value is not None]
    if not known:
        return None
    epochs, values = zip(*known, strict=True)
    return Beside(f"{seen[-1][1].n:,} {seen[-1][1].split} images", epochs, values)


@lru_cache(maxsize=8)
def _figures(curves: Curves, pixel: bool, called: tuple[str, ...]) -> dict[str, Figure]:
    """The figure of each curve by its name; called: all units in words."""
    units = {"loss": "nats per pixel" if pixel else "nats per image"}
    epochs, values, kl, changes, seen = curves
    charts = {
        what: figures.curve(epochs, each, what, units.get(what, "nats per image"), changes, _beside(what, seen))
        for what, each in values
    }
    return charts if kl is None else charts | {"kl": figures.kl_curves(epochs, np.array(kl), called, changes)}
