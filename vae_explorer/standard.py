"""Columns in standard units."""

import numpy as np


def standardised(mu: np.ndarray, like: np.ndarray | None = None) -> np.ndarray:
    """Codes with mean 0 and deviation 1 of every unit, by those of others where given; 0 of constant units."""
    like = (mu if like is None else like).astype(np.float64)
    deviation = np.where(np.ptp(like, axis=0) > 0, like.std(axis=0), 1.0)  # rounding gives constants a tiny one
    return (mu - like.mean(axis=0)) / deviation
