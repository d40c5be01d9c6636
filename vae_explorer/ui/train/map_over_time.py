"""The map through time that is asked for: the plane of each snapshot, or a UMAP of them together, computed first."""

from pathlib import Path

import streamlit as st

from vae_explorer.child_queue import TaskState
from vae_explorer.errors import StorageError
from vae_explorer.jobs import records
from vae_explorer.jobs.records import Job
from vae_explorer.journal import atlas, atlas_process, snapshots
from vae_explorer.projections import sensible
from vae_explorer.projections.desk import QUEUE
from vae_explorer.ui import pending_map

PLANE, UMAP = "plane", "umap"
KIND, TITLE = "over time", "UMAP over time"
HELP = (
    f"UMAPs of up to {atlas.MOST} snapshots of {atlas.POINTS:,} images, laid out together (AlignedUMAP). "
    "They are computed once for a run, which takes a minute or two."
)


def umap_stamp(job: Job, at_work: bool) -> str:
    """Offer the choice, and ask for what is chosen; the stamp of the UMAP over time where it is there, or empty."""
    journal, units = records.journal(job.name), int(job.settings.shape["latent_dim"])
    enough = len(snapshots.steps(journal)) >= atlas.LEAST
    if at_work or not enough or UMAP not in sensible(units):
        pending_map.leave(KIND)
        return ""
    chosen = _choice(job.name, units)
    name = atlas_process.key(journal) if chosen == UMAP else ""
    pending_map.leave(KIND, but=name)
    stamp = _stamp(journal) if name else ""
    if name and not stamp:
        _ask(name, journal)
    return stamp


def _choice(name: str, units: int) -> str:
    titles = {PLANE: "Principal plane" if units > 2 else "Units", UMAP: TITLE}
    return st.radio("Map", list(titles), format_func=titles.__getitem__, horizontal=True, key=f"map-{name}", help=HELP)


def _stamp(journal: Path) -> str:
    try:
        atlas.read(journal)
    except StorageError:
        return ""
    return str(atlas.stamp(journal))


def _ask(name: str, journal: Path) -> None:
    job = pending_map.ask(KIND, name, atlas_process.order(journal))
    if job.state == TaskState.DONE:  # what it made was there, and is no longer what it was
        QUEUE.forget(name)
    pending_map.show(job, TITLE)
