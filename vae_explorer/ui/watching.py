"""A run that is watched: how its loss, nll and rate went."""

import streamlit as st

from vae_explorer import catalogue
from vae_explorer.colours import MODEL_COLOURS
from vae_explorer.jobs import records, reports
from vae_explorer.jobs.reports import FINISHED, Status
from vae_explorer.presets import preset
from vae_explorer.ui.words import literal

POINTS = 400
"""Epochs on a curve; of more, evenly spaced ones."""


def watch(status: Status) -> None:
    """Loss, nll and rate over the epochs; of a finished run, what each unit carries."""
    lines = reports.history(status.name)
    if not lines:
        return
    from vae_explorer import figures

    st.markdown(f"**{literal(status.name)}** · loss, nll and rate are means over the training images of each epoch")
    lines = lines[:: 1 + len(lines) // POINTS]
    pixel = preset(records.read(status.name).preset).per_pixel
    units = {"loss": "nats per pixel" if pixel else "nats per image", "nll": "nats per image", "rate": "nats per image"}
    there = [name for name in units if all(isinstance(line.get(name), int | float) for line in lines)]
    places = [column for _ in range(2) for column in st.columns(2)]
    for name, place in zip(there, places, strict=False):
        chart = figures.curve([line["epoch"] for line in lines], [line[name] for line in lines], name, units[name])
        place.plotly_chart(chart, key=f"curve-{name}")
    checkpoint = catalogue.usable().get(status.name)
    if checkpoint is not None and status.state == FINISHED:
        measured = figures.Measured(status.name, MODEL_COLOURS[0], catalogue.EVALUATIONS.get(checkpoint))
        if measured.figures.kl_per_dim is not None:
            places[len(there)].plotly_chart(figures.kl_bars([measured]).update_layout(height=240), key="curve-kl")
            st.caption(f"KL of each unit: measured on {measured.figures.n:,} {measured.figures.split} images.")
