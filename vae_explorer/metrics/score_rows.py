"""The rows of METRICS that SCORES make: each score of disentanglement beside what a perfect code would get."""

from functools import partial
from typing import Any

import numpy as np

from vae_explorer.metrics.evidence import Evidence, has_labels, is_not_told_the_class
from vae_explorer.metrics.metric import Figure, Metric, Place
from vae_explorer.metrics.scores import SCORES
from vae_explorer.metrics.scores.attainable import attainable
from vae_explorer.metrics.scores.codes import Codes

SPLIT = "train"


def measured(name: str, codes: Codes, seed: int) -> dict[str, Any]:
    """A score of codes, of a perfect code of the same images, and all that one has to know to judge it, as JSON."""
    row = SCORES[name]
    found = row(codes, np.random.default_rng(seed))
    best = attainable(row, codes, np.random.default_rng(seed))
    return {
        "value": float(found.value),
        "attainable": None if best.reason and not best.value else float(best.value),
        "parts": {part: float(value) for part, value in found.parts.items()},
        "n": found.n,
        "reason": found.reason,
        "code": "mu",
        "active_units": int(codes.active.sum()),
        "factors": [factor.name for factor in codes.factors],
        "estimator": row.estimator,
    }


def rows() -> dict[str, Metric]:
    """One a score, by its name: measured where it is named, on training images of which every factor is known."""
    return {name: _row(name) for name in SCORES}


def _row(name: str) -> Metric:
    score = SCORES[name]
    figure = Figure(
        score.title,
        form="%.3f",
        shows=(Place.MODEL_TABLE,) if score.headline else (),
        read=lambda value, model: value["value"],
        about=f"{score.about} {score.estimator}",
    )
    return Metric(
        partial(_measure, name),
        (figure,),
        (has_labels, is_not_told_the_class),
        split=SPLIT,
        on_request=True,
        counted=lambda value: value["n"],
    )


def _measure(name: str, evidence: Evidence) -> dict[str, Any]:
    return measured(name, evidence.codes, evidence.seed)
