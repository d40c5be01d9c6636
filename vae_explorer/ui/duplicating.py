"""The settings of a run, as the form of a new one takes them."""

from typing import Any

import streamlit as st

from vae_explorer import datasets
from vae_explorer.config import NEUTRAL, TrainConfig
from vae_explorer.jobs import records
from vae_explorer.jobs.records import Job
from vae_explorer.presets import preset
from vae_explorer.ui import asking, state


def fill_form(name: str) -> None:
    """Ask for what this run was asked for, under a name that is still to be found; the run itself stays as it is.

    Raises:
        UnknownName, InvalidSetting, CheckpointError: when its settings cannot be read.
    """
    job = records.read(name)
    st.session_state["asked"] = asked(job)
    left = beyond(job)
    lost = f" The form has no {' and no '.join(left)}: that is the preset's." if left else ""
    state.note(f"The form holds the settings of {name}; change them, then press Start.{lost}")


def asked(job: Job) -> dict[str, Any]:
    """The form's values; what the preset says, and what does nothing, is left to the form."""
    row = preset(job.preset)
    values = {**job.training, **job.shape, "preset": job.preset, "dataset": job.dataset, "name": ""}
    idle = {name for name, neutral in NEUTRAL.items() if values.get(name) == neutral}
    idle |= {"components"} if values.get("prior", "normal") == "normal" else set()
    kept = {name: value for name, value in values.items() if name in {*asking.ASKED, "dataset"} - idle}
    for setting, unset in (("objective", ""), ("latent_dim", None)):
        if kept.get(setting) == getattr(row, setting):
            kept[setting] = unset
    return kept


def beyond(job: Job) -> list[str]:
    """Settings that the form has no field for, and that differ from those of a new run of the preset."""
    row, data = preset(job.preset), datasets.dataset(job.dataset)
    usual = vars(TrainConfig(**row.training)) | vars(row.model(data.image_shape, len(data.classes)))
    asked_for = {**job.training, **job.shape}
    return [name for name, value in asked_for.items() if name not in asking.ASKED and value != usual[name]]
