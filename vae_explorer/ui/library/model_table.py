"""All models in one table: settings, measured figures, cost; what is chosen in it is compared, or downloaded."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from functools import lru_cache, partial
from typing import Any
from zlib import crc32

import streamlit as st

from vae_explorer import datasets
from vae_explorer.checkpoints import CONFIG, Checkpoint, catalogue
from vae_explorer.errors import ExplorerError
from vae_explorer.jobs import housekeeping, records
from vae_explorer.jobs.storage import file_size, storage
from vae_explorer.metrics.metric import Place
from vae_explorer.read_only import read_only
from vae_explorer.ui import actions, run_menu, state, titles
from vae_explorer.ui.encoded_images import encoded_images
from vae_explorer.ui.explanations import with_meaning
from vae_explorer.ui.library import model_exports
from vae_explorer.ui.measured_columns import MeasuredColumn, measured_columns
from vae_explorer.ui.more_seeds import offer_more_seeds
from vae_explorer.ui.params import MAX_COMPARED
from vae_explorer.ui.words import counted, literal, sized

FORMATS = {
    "β": "%g",
    "Seed": "%d",
    "Latent units": "%d",
    "Training (s)": "%.1f",
    "On disk (MB)": "%.2f",
}
FILTER = "models-filter"
"""The widget for the words that are looked for."""
WHEN, EVERY = "Asked for (UTC)", "All data sets"
LAST = "At the end of training, where it was changed meanwhile."
UNUSUAL = "Unusual settings"
"""Likelihood, prior and held-out class, where they are not the usual ones."""
SEARCHED = ("Model", "Data set", "Preset", UNUSUAL, "Kind", "Note")


def show_model_table() -> None:
    """The table, what can be done with the chosen rows, and what the runs take of a disk that one may write to."""
    usable = _filtered(catalogue.usable())
    shown = measured_columns(list(usable.values()), Place.MODEL_TABLE)
    rows = _rows(usable, shown)
    show_actions([rows[place]["Model"] for place in _table(rows, shown)])
    if not read_only():  # what lies on the host is its keeper's affair
        _show_storage()


def _show_storage() -> None:
    found = storage()
    runs = f"{counted(found.runs, 'run')} in the runs folder, {sized(found.used)} on disk"
    st.caption(f"Storage used: {runs} · {sized(found.free)} free on that disk")


def _rows(usable: Mapping[str, Checkpoint], shown: list[MeasuredColumn]) -> list[dict[str, Any]]:
    """Every model that can be opened; nats are per image of the split that was encoded."""
    created = _creation_times()
    return [
        {
            **_settings(one),
            **{column.heading: column.number(one) for column in shown},
            **_costs(one),
            WHEN: created.get(name),
            "Note": _note(name),
        }
        for name, one in usable.items()
    ]


def _creation_times() -> dict[str, datetime | None]:
    """When runs were asked for, as they say; none where the place of all jobs is no folder, as the board tells."""
    with suppress(ExplorerError):
        return {job.name: _when(job.created) for job in records.every()}
    return {}


def _note(name: str) -> str:
    with suppress(ExplorerError):  # a link lies where a note belongs
        return housekeeping.noted(name)
    return ""


def _filtered(usable: Mapping[str, Checkpoint]) -> dict[str, Checkpoint]:
    """Those of a data set that hold every word that is looked for."""
    rows = {name: {**_settings(one), "Note": _note(name)} for name, one in usable.items()}
    words, data = st.columns([3, 1])
    hint = "words in a model's name, data set, preset, kind or note"
    text = words.text_input("Filter", key=FILTER, placeholder=hint)
    titles = [EVERY, *dict.fromkeys(row["Data set"] for row in rows.values())]
    title = data.selectbox("Models of", titles, key="models-data-set")
    kept = {name for name, row in rows.items() if title in (EVERY, row["Data set"]) and matches(row, text)}
    return {name: one for name, one in usable.items() if name in kept}


def matches(row: dict[str, Any], text: str) -> bool:
    """Whether every word occurs somewhere in the row, in capitals or not."""
    said = " ".join(row[name] for name in SEARCHED).casefold()
    return all(word in said for word in text.casefold().split())


def _table(rows: list[dict[str, Any]], shown: list[MeasuredColumn]) -> list[int]:
    """The places of the chosen rows."""
    if not rows:
        st.info("No model holds all of these words.", icon=":material/filter_alt_off:")
        return []
    names = [row["Model"] for row in rows]
    key = f"models-{crc32(','.join(names).encode())}"  # a choice is by place, and falls with the places
    number = st.column_config.NumberColumn
    kinds: dict[str, Any] = {name: number(format=form) for name, form in FORMATS.items()}
    kinds |= {"β": number(format=FORMATS["β"], help=with_meaning("β", LAST))}
    figures = {one.heading: one.column.figure for one in shown}
    kinds |= {
        heading: number(format=one.form, help=with_meaning(heading, one.about)) for heading, one in figures.items()
    }
    kinds |= {"Model": st.column_config.TextColumn(pinned=True), WHEN: st.column_config.DatetimeColumn()}
    chosen = st.dataframe(
        rows,
        key=key,
        placeholder="",
        hide_index=True,
        column_config=kinds,
        on_select="rerun",
        selection_mode="multi-row",
        selection_default={"selection": {"rows": _chosen_before(key, names)}},
    )
    places = [place for place in chosen["selection"]["rows"] if place < len(names)]
    state.ROWS_CHOSEN.put(tuple(names[place] for place in places))
    return places


def _chosen_before(key: str, names: list[str]) -> list[int]:
    """What stays chosen when other rows are shown; the same for as long as these rows are."""
    before, rows = state.ROWS_BEFORE.get()
    if before != key:
        rows = tuple(names.index(name) for name in state.ROWS_CHOSEN.get() if name in names)
        state.ROWS_BEFORE.put((key, rows))
    return list(rows)


def show_actions(names: list[str]) -> None:
    """Two to six models are opened side by side; one is opened or downloaded, and looked after if trained here."""
    apart = _apart(names)
    able = 2 <= len(names) <= MAX_COMPARED and not apart
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Compare", icon=":material/compare:", disabled=not able):
            actions.perform(partial(state.put, "models", tuple(names)), "compare")
        if len(names) == 1:
            _show_actions_of_one(names[0])
        st.caption(f"{_hint(len(names))}{apart}")


def _show_actions_of_one(name: str) -> None:
    if st.button("Open in Explore", icon=":material/scatter_plot:"):
        actions.perform(partial(state.put, "model", name), "explore")
    if not read_only():
        offer_more_seeds(catalogue.find(name))
    run_menu.offer_zip(name, "zip-chosen")
    model_exports.offer_exports(catalogue.find(name))
    if not (_shipped(catalogue.find(name)) or read_only()):
        run_menu.show_menu(name)


def _hint(chosen: int) -> str:
    if not chosen:
        return f"Select 2 to {MAX_COMPARED} models of the same images to compare them, or one to open or download it."
    many = f" At most {MAX_COMPARED} fit side by side." if chosen > MAX_COMPARED else ""
    return f"{counted(chosen, 'model')} selected.{many}"


def _apart(names: list[str]) -> str:
    """Why these models cannot stand side by side: they have encoded other images; empty where they can."""
    found = list(dict.fromkeys(encoded_images(catalogue.find(name)).words for name in names))
    if len(found) < 2:
        return ""
    return literal(f" They have encoded different images, which cannot be compared: {'; '.join(found)}.")


def _shipped(checkpoint: Checkpoint) -> bool:
    return checkpoint.folder.parent == catalogue.roots()[0]


def _origin(checkpoint: Checkpoint) -> str:
    if checkpoint.recipe.imported is not None:
        return "imported"
    return "shipped" if _shipped(checkpoint) else "trained here"


@lru_cache(maxsize=4096)
def _settings(checkpoint: Checkpoint) -> dict[str, Any]:
    recipe = checkpoint.recipe
    return {
        "Model": checkpoint.id,
        "Kind": _origin(checkpoint),
        "Data set": datasets.dataset(recipe.dataset).title,
        "Preset": recipe.preset,
        UNUSUAL: " · ".join(titles.unusual(recipe)),
        "β": recipe.weight,
        "Seed": recipe.seed,
    }


@lru_cache(maxsize=4096)
def _costs(checkpoint: Checkpoint) -> dict[str, Any]:
    recipe, figures = checkpoint.recipe, catalogue.EVALUATIONS.get(checkpoint)
    paths = [checkpoint.folder / name for name in (CONFIG, *checkpoint.files)]
    return {
        "Latent units": recipe.model.latent_dim,
        "Measured on": f"{figures.n:,} {figures.split} images",
        "Training (s)": None if recipe.imported else recipe.seconds,
        "On disk (MB)": sum(map(file_size, paths)) / 1e6,
    }


def _when(created: str) -> datetime | None:
    try:
        return datetime.fromisoformat(created)
    except ValueError:
        return None
