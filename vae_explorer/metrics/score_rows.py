"""The rows of METRICS that SCORES make: each score of disentanglement beside what a perfect code would get."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from vae_explorer.config import ModelConfig
from vae_explorer.metrics.evidence import has_labels, is_not_told_the_class
from vae_explorer.metrics.metric import Figure, Metric, Place
from vae_explorer.metrics.scores import SCORES
from vae_explorer.metrics.scores.attainable import attainable, perfect_codes
from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.fragility import fragile, variants

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


class Way(NamedTuple):
    """One way of counting: the choice's name, and what the codes and a perfect code score by it."""

    name: str
    value: float
    attainable: float


def variants_of(name: str) -> str:
    """The row that has a score under the choices that papers make in silence."""
    return f"{name}-variants"


def scored_variants(name: str, codes: Codes, seed: int) -> dict[str, Any]:
    """A score of codes, and of a perfect code, under every choice of `fragility`, as JSON."""
    row = SCORES[name]
    found, best = variants(row, codes, seed), variants(row, perfect_codes(codes), seed)
    counted = [
        Way(one.name, float(one.scored.value), float(ceiling.scored.value))._asdict()
        for one, ceiling in zip(found, best, strict=True)
    ]
    return {"n": max(one.scored.n for one in found), "ways": counted}


def ways(value: Any) -> list[Way]:
    """What `scored_variants` gave, read back.

    Raises:
        LookupError, TypeError, ValueError: for something else.
    """
    return [Way(str(way["name"]), float(way["value"]), float(way["attainable"])) for way in value["ways"]]


def rows() -> dict[str, Metric]:
    """One a score, by its name, and one for the variants of those that are fragile; measured where they are named.

    On training images of which every factor is known.
    """
    fragile_ones = {variants_of(name): _variants_row(name) for name, row in SCORES.items() if fragile(row)}
    return {name: _row(name) for name in SCORES} | fragile_ones


def _row(name: str) -> Metric:
    score = SCORES[name]
    figure = Figure(
        score.title,
        score.unit,
        form="%.3f",
        shows=(Place.MODEL_TABLE,) if score.headline else (),
        read=lambda value, model: value["value"],
        about=f"{score.about} {score.estimator}",
    )
    return _metric(measured, name, figure)


def _variants_row(name: str) -> Metric:
    def reach(value: Any, model: ModelConfig) -> float:
        values = [way.value for way in ways(value)]
        return max(values) - min(values)

    return _metric(
        scored_variants,
        name,
        Figure(f"{SCORES[name].title} by other ways of counting", form="%.3f", shows=(), read=reach),
    )


def _metric(measure: Callable[[str, Codes, int], dict[str, Any]], name: str, figure: Figure) -> Metric:
    return Metric(
        lambda evidence: measure(name, evidence.codes, evidence.seed),
        (figure,),
        (has_labels, is_not_told_the_class),
        split=SPLIT,
        on_request=True,
        counted=lambda value: value["n"],
    )
