"""UMAP and densMAP by umap-learn, told all it would spend half a minute of compilation to find out itself."""

import warnings
from types import ModuleType

import numpy as np

from vae_explorer.child_reports import Report
from vae_explorer.projections.compiled import keep_compiled
from vae_explorer.projections.nearest import nearest
from vae_explorer.projections.planes import pca_plane
from vae_explorer.projections.reports import Printed
from vae_explorer.projections.settings import Settings

SPREAD = 10.0
MANY, EPOCHS, EPOCHS_OF_MANY = 20_000, 100, 50


def fit(mu: np.ndarray, chosen: Settings, report: Report) -> np.ndarray:
    """A map [N, 2] of latents mu [N, D] (McInnes et al. 2018; densMAP: Narayan et al. 2021).

    Exact neighbours are handed over, so that none are approximated, and the principal plane is the start.
    """
    report(0.0, "Loading umap-learn (the first time on a machine, it is compiled for half a minute)")
    umap = library()
    report(0.2, "Finding neighbours")
    k = min(chosen.n_neighbors, len(mu))
    found = nearest(mu, mu, k, chosen.metric)
    epochs = EPOCHS if len(mu) <= MANY else EPOCHS_OF_MANY
    steps = Printed(report, r"(\d+);\s*$", epochs)
    model = umap.UMAP(
        n_neighbors=k,
        min_dist=chosen.min_dist,
        metric=chosen.metric,
        n_epochs=epochs,
        init=_start(mu, chosen.seed),
        precomputed_knn=(found.indices.astype(np.int32), found.distances.astype(np.float32)),
        random_state=chosen.seed,
        densmap=chosen.method == "densmap",
        force_approximation_algorithm=True,
        tqdm_kwds={"disable": False, "file": steps, "bar_format": "{n_fmt};", "mininterval": 0.2},
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return model.fit_transform(mu.astype(np.float32))


def library() -> ModuleType:
    """umap-learn, with its compiled functions kept on disk: as it comes, some are compiled in every process anew."""
    keep_compiled()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import umap
        from umap import layouts, umap_, utils
    neighbours = utils.fast_knn_indices, umap_.smooth_knn_dist, umap_.compute_membership_strengths
    epoch = "_nb_optimize_layout_euclidean_single_epoch"
    for function in (*neighbours, getattr(layouts, epoch)):
        function.enable_caching()
    return umap


def _start(mu: np.ndarray, seed: int) -> np.ndarray:
    """The principal plane, as wide as umap-learn's own starts, with a hair of noise against equal places."""
    plane = pca_plane(mu).project(mu)
    plane = np.column_stack([plane, np.zeros((len(mu), 2 - plane.shape[1]))])
    noise = np.random.default_rng(seed).normal(scale=1e-3, size=plane.shape)
    return (SPREAD * plane / max(np.abs(plane).max(), 1e-12) + noise).astype(np.float32)
