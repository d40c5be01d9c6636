"""The row of METRICS that UDR makes: whether models that differ in their seed alone have found the same units."""

from typing import Any

import numpy as np

from vae_explorer.metrics.evidence import Evidence, has_rate, has_siblings
from vae_explorer.metrics.metric import Figure, Metric
from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.udr import LASSO_ALPHA, Encoded, udr

UDR = "udr"


def _measure(evidence: Evidence) -> dict[str, Any]:
    """The model's own, with each of the others as a part, as JSON in the form of `score_rows.measured`."""
    codes = [evidence.codes, *(read() for read in evidence.siblings.values())]
    found = udr([_encoded(one) for one in codes], np.random.default_rng(evidence.seed))[0]
    ids = {f"model {place}": name for place, name in enumerate(evidence.siblings, start=1)}
    return {
        "value": float(found.value),
        "attainable": 1.0,
        "parts": {ids[part]: float(value) for part, value in found.parts.items()},
        "n": found.n,
        "reason": found.reason,
        "code": "mu",
        "active_units": int(evidence.codes.active.sum()),
        "factors": [],
        "estimator": f"Lasso (α {LASSO_ALPHA:g}) on standardised mu; the median over the other seeds.",
    }


def _encoded(codes: Codes) -> Encoded:
    """Codes with the mean KL of each unit."""
    mu, logvar = codes.mu.astype(float), np.zeros(1) if codes.logvar is None else codes.logvar.astype(float)
    return Encoded(codes.mu, 0.5 * (mu**2 + np.expm1(logvar) - logvar).mean(axis=0))


ROW = Metric(
    _measure,
    (
        Figure(
            "UDR",
            form="%.3f",
            shows=(),
            read=lambda value, model: value["value"],
            about="Whether models that differ in their seed alone have found the same units (Duan et al. 2020).",
        ),
    ),
    (has_rate, has_siblings),
    split="train",
    on_request=True,
    counted=lambda value: value["n"],
)
