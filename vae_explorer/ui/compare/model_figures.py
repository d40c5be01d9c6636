"""Everything that was measured of all models of the compared images, in one table and as CSV."""

import csv
import io
from typing import Any

import streamlit as st

from vae_explorer.checkpoints import Checkpoint
from vae_explorer.spread import spread
from vae_explorer.ui import state, titles, widgets
from vae_explorer.ui.compare import models
from vae_explorer.ui.explanations import with_meaning
from vae_explorer.ui.measured_columns import MeasuredColumn, measured_columns
from vae_explorer.ui.seed_figures import run_of, without_copies

HEADING = "All figures of all models of these images"
TOGETHER = "Seeds together"
ABOUT_SEEDS = (
    "One row for all runs that differ in their seed alone: the mean of each figure, and its standard deviation"
)
SD = "Standard deviation over the seeds, of a sample"


def show_figures() -> None:
    """The columns of the comparison first; every nll in a column of its own kind.

    Nothing of it is loaded until it is asked for, so that the page is there sooner.
    """
    if not st.toggle(HEADING, key="compare-figures-shown"):
        return
    known = {name: models.turned(one) for name, one in models.comparable().items()}
    compared = [name for name in state.get("models") if name in known]
    found = [known[name] for name in (*compared, *(name for name in known if name not in compared))]
    shown = measured_columns(found)
    rows = [_row(one, place < len(compared), shown) for place, one in enumerate(found)]
    if st.toggle(TOGETHER, key="compare-seeds-together", help=ABOUT_SEEDS):
        rows = [_seeds_row(seeds, compared, shown) for seeds in _by_seeds(without_copies(found))]
    st.dataframe(rows, placeholder="", hide_index=True, key="compare-figures", column_config=_kinds(shown))
    name = f"{found[0].recipe.dataset}-models.csv"
    widgets.download("CSV", "download", lambda: as_csv(rows), name, "text/csv", "These figures, unrounded")


def _row(one: Checkpoint, compared: bool, shown: list[MeasuredColumn]) -> dict[str, Any]:
    recipe = one.recipe
    return {
        "Model": one.id,
        "In a column": compared,
        "β": recipe.weight,
        "Seed": recipe.seed,
        "Preset": recipe.preset,
        "Objective": recipe.objective,
        "Unusual settings": ", ".join(titles.unusual(recipe)),
    } | {column.heading: column.number(one) for column in shown}


def _by_seeds(found: list[Checkpoint]) -> list[list[Checkpoint]]:
    """The models, those that differ in their seed alone together."""
    groups: dict[object, list[Checkpoint]] = {}
    for one in found:
        groups.setdefault(run_of(one), []).append(one)
    return list(groups.values())


def _seeds_row(seeds: list[Checkpoint], compared: list[str], shown: list[MeasuredColumn]) -> dict[str, Any]:
    """The mean of every figure, and beside it its standard deviation where more than one seed has it."""
    first = _row(seeds[0], any(one.id in compared for one in seeds), [])
    numbers = ", ".join(str(one.recipe.seed) for one in seeds)
    known = first | {"Seed": numbers, "Epochs": seeds[0].recipe.epoch, "n (seeds)": len(seeds)}
    for column in shown:
        values = [value for one in seeds if (value := column.number(one)) is not None]
        found = spread(values) if values else None
        known[column.heading] = None if found is None else found.mean
        known[f"{column.heading}, sd"] = None if found is None or found.n < 2 else found.sd
    return known


def _kinds(shown: list[MeasuredColumn]) -> dict[str, Any]:
    number = st.column_config.NumberColumn
    figures = {one.heading: one.column.figure for one in shown}
    kinds = {name: number(format=one.form, help=with_meaning(name, one.about)) for name, one in figures.items()}
    kinds |= {f"{name}, sd": number(format=one.form, help=SD) for name, one in figures.items()}
    return {"Model": st.column_config.TextColumn(pinned=True), "β": number(format="%g")} | kinds


def as_csv(rows: list[dict[str, Any]]) -> bytes:
    """Rows of one kind with a heading; what a model lacks is left empty."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
