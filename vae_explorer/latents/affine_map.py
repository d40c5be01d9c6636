"""The best affine map from the codes of one model to those of another, and how much of these it tells."""

from typing import NamedTuple

import numpy as np

from vae_explorer.errors import require

FEWEST = 4
"""Images: two to fit on and two to measure on."""


class AffineMap(NamedTuple):
    """other ≈ z @ weights + bias."""

    weights: np.ndarray
    """[D, E]."""
    bias: np.ndarray
    """[E]."""
    r2: float
    """Share of the other codes' variance, all units together, that it tells of images it was not fitted on.

    1 is all of it; below 0 it tells less than their mean would.
    """

    def __call__(self, z: np.ndarray) -> np.ndarray:
        """Codes [M, D] carried over, [M, E]."""
        return z @ self.weights + self.bias


def affine_map(mu: np.ndarray, other: np.ndarray) -> AffineMap:
    """Fitted by least squares on every second image, and measured on those between.

    Args:
        mu, other: codes of the same images in the same order, [N, D] and [N, E].

    Raises:
        InvalidSetting: when the codes are not of the same images, too few, or not finite.
    """
    ours, theirs = mu.astype(np.float64), other.astype(np.float64)
    require(ours.ndim == theirs.ndim == 2 and len(ours) == len(theirs), _misfit(mu, other))
    require(len(ours) >= FEWEST, f"A map between codes needs {FEWEST} images or more; there are {len(ours)}.")
    require(bool(np.isfinite(ours).all() and np.isfinite(theirs).all()), "Codes to be carried over must be finite.")
    centre, bias = ours[::2].mean(axis=0), theirs[::2].mean(axis=0)
    weights = np.linalg.lstsq(ours[::2] - centre, theirs[::2] - bias, rcond=None)[0]
    fitted = AffineMap(weights, bias - centre @ weights, 0.0)
    return fitted._replace(r2=_told(theirs[1::2], fitted(ours[1::2])))


def _misfit(mu: np.ndarray, other: np.ndarray) -> str:
    counts = f"{len(mu):,} and {len(other):,}"
    return f"Codes are carried over by the same images; these are of {counts}: encode both models on one split."


def _told(codes: np.ndarray, carried: np.ndarray) -> float:
    """R² of all units together; 1 for codes that do not vary and are met, 0 for such that are not."""
    left, whole = ((codes - carried) ** 2).sum(), ((codes - codes.mean(axis=0)) ** 2).sum()
    return float(1 - left / whole) if whole > 0 else float(left < 1e-9)
