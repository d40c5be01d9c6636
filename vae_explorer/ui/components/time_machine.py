"""The time machine: the map of one run, its pictures and its KL bars at any snapshot, live while it trains."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from vae_explorer import datasets
from vae_explorer.colours import CLASS_COLOURS, class_colours, repeats
from vae_explorer.jobs.records import Job
from vae_explorer.presets import preset
from vae_explorer.ui import state
from vae_explorer.ui.components.served import keep, served
from vae_explorer.ui.words import unit_words

_machine = served("journal", ("legend/legend", "pieces/finger_view", "plot/axis_titles"))


def time_machine(job: Job, at_work: bool, umap: str, unit_names: Mapping[int, str]) -> None:
    """The snapshots of a run; while it is at work the data stay the same: the component looks for new ones itself.

    Where it is left to rest is told by the step of training, and nothing while it shows the newest.

    umap: the stamp of the UMAP over time, where that is to be shown.
    unit_names: of those units that have one.
    """
    classes, units = datasets.dataset(job.settings.dataset).classes, int(job.settings.shape["latent_dim"])
    principal = [f"principal component {i + 1}" for i in range(2)]
    axes = principal if units > 2 else [unit_words(unit, unit_names) for unit in range(units)]
    data: dict[str, Any] = {
        "run": job.name,
        "at_work": at_work,
        "classes": list(classes),
        "colours": class_colours(len(classes)),
        "colours_note": repeats(classes, CLASS_COLOURS),
        "axes": axes,
        "unit_names": dict(unit_names),
        "density": not preset(job.settings.preset).plain,
        "umap": umap,
        "snapshot": state.get("snapshot"),
    }
    key = f"journal-{job.name}"
    _machine(key=key, data=data, on_snapshot_change=partial(_keep_place, key, job.name))


def _keep_place(key: str, run: str) -> None:
    keep(key, "snapshot")
    state.watch(run)
