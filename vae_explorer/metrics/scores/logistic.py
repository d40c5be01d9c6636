"""Linear classifiers of a factor's value."""

import warnings
from typing import Any

import numpy as np


def probabilities(x: np.ndarray, y: np.ndarray, of: np.ndarray, **settings: Any) -> np.ndarray:
    """Of each class, by a logistic regression of y on x: [M, classes], above 0.

    The protocols stop after 100 steps, converged or not. Single precision takes half the time, and products of so
    few units on one thread a quarter of what they take where threads wait for each other.

    Args:
        x, y: codes [N, D] and classes [N] to learn from.
        of: codes [M, D] to tell the classes of.
        settings: of LogisticRegression.
    """
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits  # scikit-learn's own

    with warnings.catch_warnings(), threadpool_limits(1, "blas"):
        warnings.simplefilter("ignore", ConvergenceWarning)
        found = LogisticRegression(**settings).fit(x.astype(np.float32), y).predict_proba(of.astype(np.float32))
    return np.maximum(found, np.finfo(found.dtype).eps)
