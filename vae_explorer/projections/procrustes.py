"""Procrustes: a map turned and mirrored, never stretched, so that it lies over another one."""

import numpy as np


def turned(xy: np.ndarray, over: np.ndarray) -> np.ndarray:
    """Points [N, 2] rotated or reflected about the origin to lie as near as can be over others [N, 2], row by row.

    Schönemann 1966: of the orthogonal matrices R, U Vᵀ of xyᵀ·over = U S Vᵀ leaves the least sum of squares.
    """
    left, _, right = np.linalg.svd(xy.T.astype(float) @ over)
    return xy @ (left @ right)
