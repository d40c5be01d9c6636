"""The values of the form: plain ones in the session, and those of a run that is to be asked for again."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import streamlit as st

from vae_explorer import datasets
from vae_explorer.config import NEUTRAL, TrainConfig
from vae_explorer.jobs import records
from vae_explorer.jobs.records import Job
from vae_explorer.presets import preset
from vae_explorer.ui import state

USUAL = TrainConfig()
DEFAULTS: Mapping[str, Any] = MappingProxyType(
    {
        "preset": "mlp-z2",
        "beta": USUAL.beta,
        "epochs": USUAL.epochs,
        "latent_dim": None,
        "lr": USUAL.lr,
        "batch_size": USUAL.batch_size,
        "seed": USUAL.seed,
        "objective": "",
        "capacity": 25.0,
        "free_nats": 0.5,
        "importance_samples": 5,
        "annealing": USUAL.annealing,
        "schedule": USUAL.schedule,
        "prior": "normal",
        "components": 10,
        "name": "",
        "what": "One run",
        "betas": "0.5, 1, 2, 4, 8",
        "seeds": "0",
    }
)
"""What the form starts with, but for the data set: the first on this machine."""
TRAINING = ("beta", "epochs", "lr", "batch_size", "seed", "annealing", "schedule")
KINDS = ("One run", "β sweep")


def _first_here() -> str:
    here = [name for name, row in datasets.DATASETS.items() if row.available(datasets.data_root())]
    return here[0]


def widget_key(name: str) -> str:
    """The key of the widget that shows a value."""
    return f"ask-{name}"


def value(name: str) -> Any:
    """What the form holds."""
    given = state.FORM.get()
    if name in given:
        return given[name]
    return _first_here() if name == "dataset" else DEFAULTS[name]


def is_sweep() -> bool:
    """Whether a sweep is asked for."""
    return value("what") != KINDS[0]


def take_over(name: str) -> None:
    """Take over what a person gave to the widget."""
    state.FORM.put({**state.FORM.get(), name: st.session_state[widget_key(name)]})


def fill_form(name: str) -> None:
    """Ask for what this run was asked for, under a name that is still to be found; the run itself stays as it is.

    Raises:
        UnknownName, InvalidSetting, StorageError: when its settings cannot be read.
    """
    job = records.read(name)
    state.FORM.put(values_of(job))
    left = without_field(job)
    lost = f" The form has no {' and no '.join(left)}: that is the preset's." if left else ""
    state.note(f"The form holds the settings of {name}; change them, then press Start.{lost}")


def values_of(job: Job) -> dict[str, Any]:
    """The form's values; what the preset says, and what does nothing, is left to the form."""
    row = preset(job.preset)
    values = {**job.training, **job.shape, "preset": job.preset, "dataset": job.dataset, "name": ""}
    idle = {name for name, neutral in NEUTRAL.items() if values.get(name) == neutral}
    idle |= {"components"} if values.get("prior", "normal") == "normal" else set()
    kept = {name: value for name, value in values.items() if name in {*DEFAULTS, "dataset"} - idle}
    for setting, unset in (("objective", ""), ("latent_dim", None)):
        if kept.get(setting) == getattr(row, setting):
            kept[setting] = unset
    return kept


def without_field(job: Job) -> list[str]:
    """Settings that the form has no field for, and that differ from those of a new run of the preset."""
    row, data = preset(job.preset), datasets.dataset(job.dataset)
    usual = vars(TrainConfig(**row.training)) | vars(row.model(data.image_shape, len(data.classes)))
    taken = {**job.training, **job.shape}
    return [name for name, value in taken.items() if name not in DEFAULTS and value != usual[name]]
