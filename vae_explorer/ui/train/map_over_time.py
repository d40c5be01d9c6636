"""The map through time that is asked for: the plane of each snapshot, or a UMAP of them together, computed first."""

from functools import partial
from pathlib import Path

from vae_explorer.child_queue import TaskState
from vae_explorer.errors import StorageError
from vae_explorer.jobs import records
from vae_explorer.jobs.records import Job
from vae_explorer.journal import atlas, atlas_process, snapshots
from vae_explorer.projections import sensible
from vae_explorer.projections.desk import QUEUE
from vae_explorer.read_only import read_only
from vae_explorer.ui import pending_map, state, widgets

PLANE, UMAP = "plane", "umap"
TITLE = "UMAP over time"
HELP = (
    f"UMAPs of up to {atlas.MOST} snapshots of {atlas.POINTS:,} images, laid out together (AlignedUMAP). "
    "They are computed once for a run, which takes a minute or two."
)


def umap_stamp(job: Job, at_work: bool) -> str:
    """Offer the choice, and ask for what is chosen; the stamp of the UMAP over time where it is there, or empty.

    What is computed for another run goes on meanwhile.
    """
    journal, units = records.journal(job.name), int(job.settings.shape["latent_dim"])
    if at_work:  # it will be another journal
        pending_map.leave(_kind(job.name))
        return ""
    if len(snapshots.steps(journal)) < atlas.LEAST or UMAP not in sensible(units):
        return ""
    if read_only() and not _stamp(journal):
        return ""
    if _choice(job.name, units) != UMAP:
        return ""
    stamp = _stamp(journal)
    if not stamp:
        _ask(job.name, journal)
    return stamp


def _kind(name: str) -> str:
    return f"over time, of {name}"


def _choice(name: str, units: int) -> str:
    titles = {PLANE: "Principal plane" if units > 2 else "Units", UMAP: TITLE}
    return widgets.switch("over_time", "Map", titles, partial(_keep_chosen, name), HELP)


def _keep_chosen(name: str) -> None:
    state.watch(name)
    if state.get("over_time") != UMAP:
        pending_map.leave(_kind(name))


def _stamp(journal: Path) -> str:
    try:
        atlas.read(journal)
    except StorageError:
        return ""
    return str(atlas.stamp(journal))


def _ask(name: str, journal: Path) -> None:
    key = atlas_process.key(journal)
    pending_map.leave(_kind(name), but=key)
    job = pending_map.ask(_kind(name), key, atlas_process.order(journal))
    if job.state == TaskState.DONE:  # what it made was there, and is no longer what it was
        QUEUE.forget(key)
    pending_map.show(job, TITLE)
