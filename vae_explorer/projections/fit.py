"""A fitted map from latents and settings: landmarks, the rest placed among them, and how far it can be trusted."""

import time
from collections.abc import Callable

import numpy as np

from vae_explorer.child_reports import Report
from vae_explorer.errors import require
from vae_explorer.projections import tsne, umap
from vae_explorer.projections.distinct import distinct
from vae_explorer.projections.nearest import LEAST_UNITS, nearest
from vae_explorer.projections.settings import Settings
from vae_explorer.projections.store import Projection
from vae_explorer.projections.trust import trustworthiness

LEAST = 5
PLACED_AMONG = 5
FITS: dict[str, Callable[[np.ndarray, Settings, Report], np.ndarray]] = {
    "umap": umap.fit,
    "densmap": umap.fit,
    "tsne": tsne.fit,
}
LANDMARKS = {"umap": 60_000, "densmap": 20_000, "tsne": 10_000}
"""Up to here every point is fitted; of more, so many are drawn and the others placed among their nearest."""


def require_mappable(mu: np.ndarray, chosen: Settings) -> None:
    """Refuse what no method can lay out, before a process is started for it.

    Raises:
        InvalidSetting: for too few points or units, NaN, or latents that are all or nearly all the same.
    """
    least = LEAST_UNITS[chosen.metric]
    require(len(mu) >= LEAST, f"A fitted map needs {LEAST} images; there are {len(mu)}: look at the units themselves.")
    require(bool(np.isfinite(mu).all()), "The latents hold values that are not finite; train again with a lower lr.")
    require(bool(np.ptp(mu, axis=0).any()), "All images have the same latent: there is nothing to lay out.")
    require(mu.shape[1] >= least, f"The metric {chosen.metric} needs {least} latent units; there are {mu.shape[1]}.")
    apart = len(distinct(mu))
    told = f"The {len(mu):,} images have only {apart} different latents; a fitted map needs {LEAST}: look at the units."
    require(apart >= LEAST, told)


def fitted(mu: np.ndarray, chosen: Settings, report: Report) -> Projection:
    """The map of latents mu [N, D]; equal ones lie in one place, and how far it can be trusted is told of the others.

    Raises:
        InvalidSetting: as `require_mappable`.
    """
    require_mappable(mu, chosen)
    started = time.perf_counter()
    apart = distinct(mu)
    landmarks = _landmarks(apart, chosen)
    xy = FITS[chosen.method](mu[landmarks], chosen, report)
    require(bool(np.isfinite(xy).all()), "The layout left the range of numbers; choose other settings of the map.")
    xy = np.asarray(xy, np.float32) - np.float32(xy.mean(axis=0))
    if len(landmarks) < len(mu):
        report(0.9, "Placing the other points")
        xy = _placed(mu, landmarks, xy, chosen.metric)
    report(0.95, "Measuring trustworthiness")
    trust = trustworthiness(mu[apart], xy[apart], chosen.metric)
    return Projection(chosen, xy, *trust, len(landmarks), round(time.perf_counter() - started, 2))


def _landmarks(apart: np.ndarray, chosen: Settings) -> np.ndarray:
    """Those that are fitted: no two of the same code, which would be laid out side by side."""
    most = LANDMARKS[chosen.method]
    if len(apart) <= most:
        return apart
    return np.sort(np.random.default_rng(chosen.seed).choice(apart, most, replace=False))


def _placed(mu: np.ndarray, landmarks: np.ndarray, xy: np.ndarray, metric: str) -> np.ndarray:
    """Every point, those left out at the distance-weighted mean of their nearest landmarks."""
    rest = np.setdiff1d(np.arange(len(mu)), landmarks)
    found = nearest(mu[landmarks], mu[rest], PLACED_AMONG, metric)
    weights = 1 / (found.distances**2 + 1e-12)
    places = np.empty((len(mu), 2), np.float32)
    places[landmarks] = xy
    places[rest] = np.einsum("mk,mkd->md", weights / weights.sum(axis=1, keepdims=True), xy[found.indices])
    return places
