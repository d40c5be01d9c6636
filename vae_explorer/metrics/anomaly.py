"""Anomaly detection: does a model find the images of a class that it was never shown?"""

from typing import Any, NamedTuple

import numpy as np

from vae_explorer.errors import require
from vae_explorer.metrics.evidence import Evidence


class AnomalyScores(NamedTuple):
    """Areas under the ROC curve, 0 to 1: 0.5 is chance, above it the held-out class looks stranger."""

    held_out: int
    """Class id."""
    n_normal: int
    n_anomalous: int
    auroc_elbo: float | None
    """By −ELBO = nll + rate; None for a plain autoencoder, which has no rate."""
    auroc_nll: float
    """By nll alone."""


def anomaly_auroc(score: np.ndarray, label: np.ndarray, held_out: int) -> float:
    """The chance that an image of the held-out class scores above a normal one, ties counted half.

    The rank statistic of Mann & Whitney, which is the area under the ROC curve (Hanley & McNeil 1982).

    Args:
        score: one per image [N], higher is more anomalous.
        label: class ids [N].
        held_out: the class id that counts as anomalous.

    Raises:
        InvalidSetting: when scores and labels do not fit, a score is not finite, or either side has no image.
    """
    from sklearn.metrics import roc_auc_score

    same = score.ndim == 1 and score.shape == label.shape
    require(same, f"Each image needs one score and one label, not {score.shape} and {label.shape}.")
    require(bool(np.isfinite(score).all()), "Scores must be finite.")
    anomalous = label == held_out
    require(bool(anomalous.any()), f"There is no image of the held-out class {held_out} to find.")
    require(not anomalous.all(), f"Every image is of the held-out class {held_out}; normal ones are needed too.")
    return float(roc_auc_score(anomalous, score))


def anomaly_scores(nll: np.ndarray, rate: np.ndarray | None, label: np.ndarray, held_out: int) -> AnomalyScores:
    """How well −ELBO and nll set a class apart that was held out of training (An & Cho 2015).

    Args:
        nll, rate: nats per image, each [N]; rate is None for a plain autoencoder.
        label: class ids [N].
        held_out: the class id that was held out.

    Raises:
        InvalidSetting: as anomaly_auroc, or when nll and rate are of different images.
    """
    require(rate is None or rate.shape == nll.shape, "nll and rate must be of the same images.")
    by_elbo = None if rate is None else anomaly_auroc(nll.astype(float) + rate, label, held_out)
    by_nll = anomaly_auroc(nll, label, held_out)
    n_anomalous = int((label == held_out).sum())
    return AnomalyScores(held_out, len(label) - n_anomalous, n_anomalous, by_elbo, by_nll)


def measure(evidence: Evidence) -> dict[str, Any]:
    """The areas of the class that was held out of training, as JSON values.

    Raises:
        InvalidSetting: as anomaly_auroc.
    """
    held_out, latents = evidence.train.held_out, evidence.latents
    assert held_out is not None, "the row needs one"
    return anomaly_scores(latents.nll, latents.rate, latents.label, held_out)._asdict()
