"""Codes that are equal, or too close for a map to set apart: a layout would spread them over its whole width."""

import numpy as np

PRECISION = 1e-6
"""Of the widest spread of all codes: what differs by less in every unit is one code."""


def distinct(mu: np.ndarray) -> np.ndarray:
    """The rows of mu [N, D] that are the first of their code, ascending; [K]."""
    spread = float(np.ptp(mu, axis=0).max(initial=0.0))
    if not spread:
        return np.arange(min(1, len(mu)))
    places = np.rint((mu.astype(float) - mu.min(axis=0)) / (PRECISION * spread)).astype(np.int64)
    _, first, own = np.unique(_digests(places), return_index=True, return_inverse=True)
    if not (places[first[own]] == places).all():  # two codes of one digest
        first = np.unique(places, axis=0, return_index=True)[1]
    return np.sort(first)


def _digests(places: np.ndarray) -> np.ndarray:
    """One number for each row [N, D], to sort by: a tenth of the time that whole rows take; uint64 [N]."""
    odd = np.random.default_rng(0).integers(1 << 62, size=places.shape[1], dtype=np.uint64) * np.uint64(2) + np.uint64(
        1
    )
    return (places.astype(np.uint64) * odd).sum(axis=1, dtype=np.uint64)
