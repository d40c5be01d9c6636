"""All data sets in one table: what is in them and where they come from, and what can be done with the chosen one."""

from functools import partial
from typing import Any

import streamlit as st

from vae_explorer import datasets
from vae_explorer.datasets import Dataset, own
from vae_explorer.read_only import read_only
from vae_explorer.ui import actions, panels, state
from vae_explorer.ui.train_link import train_on
from vae_explorer.ui.words import literal

COLOURS = {1: "grey", 3: "colour"}


def show_data_set_table() -> None:
    """The table, and below it what can be done with the chosen row: nothing in a read-only app."""
    table = datasets.table()
    places = _table([_row(name, row) for name, row in table.items()])
    if not read_only():
        show_actions([list(table)[place] for place in places])
    for name in own.damaged(datasets.data_root()):
        told = f"is no set of pictures that can be read; delete {own.FOLDER}/{name} in the data folder."
        st.caption(f":gray[:material/block: **{literal(name)}** {literal(told)}]")


def _table(rows: list[dict[str, object]]) -> list[int]:
    """The places of the chosen rows; none where none can be chosen."""
    kinds = {
        "Images": st.column_config.NumberColumn(format="localized"),
        "Data set": st.column_config.TextColumn(pinned=True),
    }
    looks: dict[str, Any] = {"placeholder": "", "hide_index": True, "column_config": kinds}
    if read_only():
        st.dataframe(rows, **looks)
        return []
    chosen = st.dataframe(rows, key="data-sets", on_select="rerun", selection_mode="single-row", **looks)
    return [place for place in chosen["selection"]["rows"] if place < len(rows)]


def show_actions(names: list[str]) -> None:
    """One that is here is trained on, another fetched, and pictures of one's own are deleted."""
    if not names:
        st.caption("Select a data set to train on it, to fetch it, or to delete pictures of your own.")
        return
    (name,) = names
    row = datasets.dataset(name)
    if not row.available(datasets.data_root()):
        panels.offer_dataset(row, "Not on this machine.")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("Train on it", icon=":material/model_training:"):
            train_on(name)
        if name.startswith(own.PREFIX):
            _offer_deletion(name, row)


def _offer_deletion(name: str, row: Dataset) -> None:
    """Asked once."""
    key = f"delete-{name}"
    if state.DELETION.get() != name:
        st.button("Delete", icon=":material/delete:", key=key, on_click=state.DELETION.put, args=(name,))
        return
    st.markdown(f"Delete the {row.images:,} pictures of **{literal(row.title)}**? Models of them can still be opened.")
    if st.button("Delete for good", icon=":material/delete_forever:", key=f"{key}-for-good"):
        state.DELETION.take()
        actions.perform(partial(own.delete, name, datasets.data_root()))


def _row(name: str, row: Dataset) -> dict[str, object]:
    channels, height, width = row.image_shape
    return {
        "Data set": row.title,
        "Images": row.images,
        "Size (pixels)": f"{height} × {width}, {COLOURS[channels]}",
        "Classes": ", ".join(row.classes),
        "Factors": ", ".join(factor.name for factor in row.factors),
        "Where from": _origin(name, row),
    }


def _origin(name: str, row: Dataset) -> str:
    if name.startswith(own.PREFIX):
        return "your own"
    if not row.available(datasets.data_root()):
        return "not on this machine" if read_only() else f"to be fetched, {row.download_size}"
    return "on this machine" if row.download_size else "comes with the app"
