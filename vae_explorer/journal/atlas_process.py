"""`python -m vae_explorer.journal.atlas_process JOURNAL`: compute the atlas of a journal, in a process of its own."""

import sys
from hashlib import sha256
from pathlib import Path

import numpy as np

from vae_explorer import folders
from vae_explorer.child_reports import Report, serve
from vae_explorer.journal import atlas, snapshots
from vae_explorer.projections.desk import Order
from vae_explorer.projections.settings import Settings


def key(journal: Path) -> str:
    """Names the atlas of a journal as it stands."""
    found = atlas.wanted(journal)
    told = [str(journal).encode(), found.steps.tobytes(), found.stamps.tobytes()]
    return f"atlas-{sha256(b'|'.join(told)).hexdigest()[:32]}"


def order(journal: Path) -> Order:
    """What the desk is asked for: the atlas of a journal."""
    words = [sys.executable, "-m", __name__, str(journal)]
    return Order(journal / atlas.FILE, lambda folder: words)


def compute(journal: Path, report: Report) -> None:
    """Lay out the snapshots that the journal has now, and keep the atlas whole.

    Raises:
        ExplorerError: when a snapshot is damaged or cannot be laid out, or the atlas cannot be written.
    """
    from vae_explorer.projections import aligned

    folders.require_writable(journal / atlas.FILE)
    found = atlas.wanted(journal)
    moments = [snapshots.read(journal, int(step)).mu[: atlas.POINTS] for step in found.steps]
    xy = aligned.fit(moments, Settings("umap"), report)
    atlas.write(journal, found._replace(indices=np.arange(xy.shape[1]), xy=xy))


if __name__ == "__main__":
    serve(compute, Path(sys.argv[1]))
