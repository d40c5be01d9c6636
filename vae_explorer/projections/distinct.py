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
    return np.sort(np.unique(places, axis=0, return_index=True)[1])
