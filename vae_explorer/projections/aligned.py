"""AlignedUMAP by umap-learn: maps of the same images at several moments, each laid out beside the one before."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import count
from typing import Any

import numpy as np

from vae_explorer.child_reports import Report
from vae_explorer.errors import require
from vae_explorer.projections.fit import require_mappable
from vae_explorer.projections.reports import Printed
from vae_explorer.projections.settings import Settings
from vae_explorer.projections.umap import library

BEGINNING = (0.1, 0.4)
"""The shares between which each moment is looked at by itself."""
EPOCHS, WINDOW = 100, 2
"""Of the layout; and to how many moments before and after a point of one is held."""


def fit(moments: Sequence[np.ndarray], chosen: Settings, report: Report) -> np.ndarray:
    """Maps float32 [T, N, 2] of the latents [N, D] of T moments, row by row of the same images.

    McInnes et al. 2018; over time, Dadu et al. 2023.

    Raises:
        InvalidSetting: when a moment cannot be laid out.
    """
    for mu in moments:
        require_mappable(mu, chosen)
    report(0.0, "Loading umap-learn (all takes a minute or two)")
    n = len(moments[0])
    model = _library(len(moments), report).AlignedUMAP(
        n_neighbors=min(chosen.n_neighbors, n - 1),
        min_dist=chosen.min_dist,
        metric=chosen.metric,
        n_epochs=EPOCHS,
        alignment_window_size=WINDOW,
        random_state=chosen.seed,
    )
    with warnings.catch_warnings(), _kept_on_disk():
        warnings.simplefilter("ignore")
        same = [{i: i for i in range(n)}] * (len(moments) - 1)
        model.fit([mu.astype(np.float32) for mu in moments], relations=same)
    xy = np.stack([np.asarray(one) for one in model.embeddings_]).astype(np.float32)
    require(bool(np.isfinite(xy).all()), "The layout left the range of numbers; there is no such map of this run.")
    return xy - xy.mean(axis=(0, 1))


@contextmanager
def _kept_on_disk() -> Iterator[None]:
    """What is compiled meanwhile is kept: umap-learn compiles an epoch of several moments anew in every process."""
    import numba

    compiled = numba.njit
    numba.njit = partial(compiled, cache=True)
    try:
        yield
    finally:
        numba.njit = compiled


def _library(moments: int, report: Report) -> Any:
    """umap-learn's room of AlignedUMAP, with its compiled functions kept on disk; made to tell how far it is."""
    umap = library()
    from umap import aligned_umap, layouts

    taken = count()

    def begun(**settings: Any) -> Any:
        low, high = BEGINNING
        report(low + (high - low) * next(taken) / moments, "Finding neighbours in each snapshot")
        return umap.UMAP(**settings)

    steps = Printed(report, r"(\d+);\s*$", EPOCHS)
    told = {"disable": False, "file": steps, "bar_format": "{n_fmt};", "mininterval": 0.2}
    aligned_umap.UMAP = begun
    aligned_umap.optimize_layout_aligned_euclidean = partial(layouts.optimize_layout_aligned_euclidean, tqdm_kwds=told)
    for function in (aligned_umap.procrustes_align, aligned_umap.build_neighborhood_similarities):
        function.enable_caching()
    return aligned_umap
