"""All models in one table: settings, measured figures, cost; two or more of them go to Compare."""

from functools import lru_cache
from typing import Any
from zlib import crc32

import streamlit as st

from vae_explorer import catalogue, datasets
from vae_explorer.checkpoints import CONFIG, Checkpoint
from vae_explorer.ui import state
from vae_explorer.ui.words import counted

MOST = 4
"""Models side by side."""
FORMATS = {
    "β": "%g",
    "Seed": "%d",
    "nll (nats)": "%.2f",
    "Rate (nats)": "%.2f",
    "Latent units": "%d",
    "Active units": "%d",
    "Training (s)": "%.1f",
    "On disk (MB)": "%.2f",
}


def ledger() -> None:
    """The table, and the button for what is chosen in it; nats are per image of the split that was encoded."""
    usable = catalogue.usable()
    names = list(usable)
    columns = {name: st.column_config.NumberColumn(format=form) for name, form in FORMATS.items()}
    chosen = st.dataframe(
        [_row(checkpoint) for checkpoint in usable.values()],
        key=f"models-{crc32(','.join(names).encode())}",  # a choice is by place, and falls with the places
        hide_index=True,
        column_config={"Model": st.column_config.TextColumn(pinned=True), **columns},
        on_select="rerun",
        selection_mode="multi-row",
    )
    rows = [names[place] for place in chosen["selection"]["rows"] if place < len(names)]
    offer_compare(rows)


def offer_compare(names: list[str]) -> None:
    """Two to four models are opened side by side."""
    button, words = st.columns([1, 5], vertical_alignment="center")
    fits = 2 <= len(names) <= MOST
    if button.button("Compare", icon=":material/compare:", disabled=not fits, width="stretch"):
        state.put("models", tuple(names))
        st.switch_page("compare.py")
    hint = "Select two to four models of the same images to compare them."
    words.caption(f"{counted(len(names), 'model')} selected." if fits else hint)


@lru_cache(maxsize=4096)
def _row(checkpoint: Checkpoint) -> dict[str, Any]:
    recipe, figures = checkpoint.recipe, catalogue.EVALUATIONS.get(checkpoint)
    paths = [checkpoint.folder / name for name in (CONFIG, *checkpoint.files)]
    size = sum(path.stat().st_size for path in paths if path.exists())
    return {
        "Model": checkpoint.id,
        "Data set": datasets.dataset(recipe.dataset).title,
        "Preset": recipe.preset,
        "β": recipe.train.beta,
        "Seed": recipe.train.seed,
        "nll (nats)": figures.nll,
        "Rate (nats)": figures.rate,
        "Latent units": recipe.model.latent_dim,
        "Active units": figures.active_units,
        "Training (s)": recipe.seconds,
        "On disk (MB)": size / 1e6,
    }
