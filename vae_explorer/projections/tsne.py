"""t-SNE by scikit-learn."""

import contextlib

import numpy as np

from vae_explorer.child_reports import Report
from vae_explorer.projections.reports import Printed
from vae_explorer.projections.settings import Settings

ITERATIONS = 500


def fit(mu: np.ndarray, chosen: Settings, report: Report) -> np.ndarray:
    """A map [N, 2] of latents mu [N, D] (van der Maaten & Hinton 2008), Barnes-Hut, from the principal plane."""
    from sklearn.manifold import TSNE

    report(0.1, "Finding neighbours")
    model = TSNE(
        perplexity=min(chosen.perplexity, (len(mu) - 1) / 3),
        metric=chosen.metric,
        init="pca" if mu.shape[1] > 1 else "random",
        random_state=chosen.seed,
        max_iter=ITERATIONS,
        n_jobs=-1,
        verbose=2,
    )
    with contextlib.redirect_stdout(Printed(report, r"Iteration (\d+)", ITERATIONS)):
        return model.fit_transform(mu.astype(np.float32))
