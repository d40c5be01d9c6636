"""Charts of all models of the compared images, the columns marked: rate against distortion, and any score against β."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import partial

import streamlit as st

from vae_explorer import figures
from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.latents.beta_latents import curve
from vae_explorer.metrics.yardsticks import Yardstick
from vae_explorer.ui import actions, state, titles
from vae_explorer.ui.compare import models
from vae_explorer.ui.components.chart import chart
from vae_explorer.ui.explanations import explanation
from vae_explorer.ui.measured_columns import MeasuredColumn, measured_columns
from vae_explorer.ui.scene import Scene
from vae_explorer.ui.seed_figures import run_of, without_copies
from vae_explorer.ui.words import counted, literal

READING = (
    "Every model of these images is a dot, those in columns in their colours; a cross is the mean of runs that differ "
    "in their seed alone, its bars one standard deviation each way; a dotted line is one ELBO, −(nll + rate). Click a "
    "dot to open its model."
)
"""How the charts are read."""


def open_clicked() -> None:
    """Look at the model whose dot was clicked, on Explore."""
    if name := state.DOT.take():
        actions.perform(partial(state.put, "model", name), "explore")


def show_charts(found: list[Scene]) -> None:
    """Of every model of the same images that shares a yardstick with a column that has a rate."""
    known = {name: models.turned(one) for name, one in models.comparable().items()}
    compared = [one.checkpoint for one in found if not one.plain]
    kinds = {titles.yardstick_of(one) for one in compared}
    first = sorted(known.values(), key=lambda one: one not in compared)
    distinct = set(without_copies(first))
    measured = {one: dot for one, dot in _measured(known).items() if one in distinct}
    dots = {one: dot for one, dot in measured.items() if titles.yardstick_of(one) in kinds}
    measured = {one: dot for one, dot in dots.items() if not dot.figures.plain}
    if measured:
        left, right = st.columns(2)
        with left:
            _show_rate_distortion(measured, compared)
        with right:
            _show_scores(list(measured), compared)
    _say_what_is_missing(found, len(measured))


def _caption(members: Collection[Checkpoint], compared: Collection[Checkpoint]) -> str:
    """What stands under a chart that is taken along: its columns, and how many stand beside them."""
    named = [one for one in compared if one in members]
    more = len(members) - len(named)
    beside = f"beside {counted(more, 'more model')}" if more else ""
    return titles.picture_caption(named, catalogue.EVALUATIONS.get(named[0]), beside)


def _measured(known: Mapping[str, Checkpoint]) -> dict[Checkpoint, figures.Measured]:
    """A dot for each; where β alone would name two columns, their seeds do, or their ids."""
    compared = set(state.get("models"))
    titles_of = {one: models.title(one) for one in known.values()}
    shown = [one for name, one in known.items() if name in compared]
    weights, seeds = Counter(map(titles_of.get, shown)), Counter((titles_of[one], one.recipe.seed) for one in shown)
    labels = {
        one: _label(one, title, weights[title], seeds[title, one.recipe.seed]) for one, title in titles_of.items()
    }
    return {one: _dot(one, name in compared, labels[one]) for name, one in known.items()}


def _label(one: Checkpoint, title: str, alike: int, same_seed: int) -> str:
    """What tells a column from others of its title: its seed, or where they share that its id."""
    if alike < 2:
        return title
    return f"{title}, {one.id}" if same_seed > 1 else f"{title}, seed {one.recipe.seed}"


def _dot(one: Checkpoint, marked: bool, label: str) -> figures.Measured:
    title = models.title(one)
    beside = not marked and one.recipe.model.betas is not None  # its curve is enough
    said = "" if beside else label if marked else title
    measured = catalogue.EVALUATIONS.get(one)
    return figures.Measured(said, models.mark(one), measured, one.id, repr(run_of(one)), marked, f"{title}, {one.id}")


def _series_of(one: Checkpoint) -> str:
    """Names what runs share that differ in β and seed alone."""
    return repr(one.recipe.kin)


def _show_rate_distortion(measured: Mapping[Checkpoint, figures.Measured], compared: list[Checkpoint]) -> None:
    """A chart for each yardstick, as only nlls of one can share an axis."""
    charts: dict[Yardstick, list[Checkpoint]] = {}
    for one in measured:
        charts.setdefault(titles.yardstick_of(one), []).append(one)
    named = titles.yardstick_titles(charts)
    if len(charts) > 1:
        apart = literal("; ".join(named.values()))
        st.caption(f"An nll can be compared with those of its own kind alone, so each kind has its own axes: {apart}.")
    for place, (kind, members) in enumerate(charts.items()):
        if named[kind]:
            st.markdown(f"**{literal(named[kind])}**")
        points = _labelled_once(measured[one] for one in sorted(members, key=lambda one: measured[one].marked))
        figure = figures.rate_distortion(points, _curves(members))
        chart(figure, f"rate-distortion-{place}", _caption(members, compared), state.DOT.put)


def _curves(members: Iterable[Checkpoint]) -> list[figures.Curve]:
    """What each multi-rate network measures at every β."""
    networks = [one.whole or one for one in members if one.recipe.model.betas is not None]
    return [figures.Curve(one.id, models.mark(one), curve(catalogue.STOPS.get(one))) for one in networks]


def _labelled_once(points: Iterable[figures.Measured]) -> list[figures.Measured]:
    """Every column is labelled, and of other seeds of one β the first."""
    shown = list(points)
    said = {point.group for point in shown if point.marked}
    labelled: list[figures.Measured] = []
    for point in shown:
        silent = not point.marked and point.group and point.group in said
        said |= {point.group}
        labelled.append(point._replace(label="") if silent else point)
    return labelled


def _show_scores(found: list[Checkpoint], compared: list[Checkpoint]) -> None:
    """The chosen score of every model that has it, over β."""
    shown = {column.heading: column for column in measured_columns(found)}
    label = "Score against β"
    heading = st.selectbox(label, list(shown), key="compare-score", help=explanation(label))
    chart(_score(shown[heading], found), "score", _caption(found, compared), state.DOT.put)
    if imported := [one.id for one in found if one.recipe.imported is not None]:
        st.caption(f"Not in this chart, as the β of an imported model is not known: {literal(', '.join(imported))}.")


def _score(column: MeasuredColumn, found: Iterable[Checkpoint]) -> figures.Figure:
    numbers = {one: column.number(one) for one in found}
    scored = [
        figures.Scored(
            one.id,
            f"{models.title(one)}, {one.id}",
            _series_of(one),
            one.recipe.beta,
            number,
            models.mark(one),
            models.mark(one) != models.OTHERS,
        )
        for one, number in numbers.items()
        if number is not None and one.recipe.imported is None
    ]
    return figures.score_by_beta(column.heading, sorted(scored, key=lambda one: one.marked))


def _say_what_is_missing(found: list[Scene], shown: int) -> None:
    first = found[0].measured
    st.caption(
        f"Measured on {first.n:,} {first.split} images, seed {first.seed}; nats per image. {READING * (shown > 0)}"
    )
    if plain := [one.checkpoint.id for one in found if one.plain]:
        why = "without a posterior there is no rate, no KL and no prior to set its scale"
        st.caption(f"Not in the charts, and on a map with axes of its own, as {why}: {literal(', '.join(plain))}.")
