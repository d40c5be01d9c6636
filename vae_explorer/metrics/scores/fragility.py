"""How far a score on mutual information hangs on choices that papers make in silence."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

import numpy as np

from vae_explorer.errors import require
from vae_explorer.metrics.scores.active_rules import ACTIVE_RULES, ALL_UNITS
from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.mutual_information import ESTIMATORS
from vae_explorer.metrics.scores.score import Score, Scored

SIZES = (1_000, 2_000, 5_000, 10_000)
AS_IT_IS = "mu"
SAMPLES = "samples"


class Variant(NamedTuple):
    """The score under one choice, all others as the row has them."""

    name: str
    scored: Scored


def fragile(row: Score) -> bool:
    """Whether the row is a score on mutual information, which the choices apply to."""
    return {"estimator", "rule"} <= set(row.settings)


def variants(row: Score, codes: Codes, seed: int) -> list[Variant]:
    """A score under every choice: estimator, mu or one z of each posterior, number of images, which units count.

    Of a code without posteriors there are no samples.

    Raises:
        InvalidSetting: for a row that is not on mutual information.
    """
    require(fragile(row), f"{row.title} is not a score on mutual information; choose one that is, such as MIG.")
    return [
        Variant(name, replace(row, settings={**row.settings, **changed})(seen, np.random.default_rng(seed)))
        for name, changed, seen in _choices(codes, seed)
    ]


def _choices(codes: Codes, seed: int) -> Iterator[tuple[str, Mapping[str, object], Codes]]:
    yield AS_IT_IS, {}, codes
    if codes.logvar is not None:
        yield SAMPLES, {}, codes.drawn(np.random.default_rng(seed))
    yield from ((name, {"estimator": name}, codes) for name in ESTIMATORS)
    yield from ((f"{n:,} images", {"n": n}, codes) for n in SIZES)
    yield from ((name, {"rule": name}, codes) for name in ACTIVE_RULES if name != ALL_UNITS)


def in_common(models: Iterable[Mapping[str, float]]) -> list[str]:
    """The choices that all models were scored under, in the order of the first."""
    first, *others = models
    return [name for name in first if all(name in other for other in others)]


def robust(models: Sequence[Mapping[str, float]]) -> bool:
    """Whether models, each with its score by choice, are ranked alike under every choice in common.

    Raises:
        InvalidSetting: where there is no such choice.
    """
    shared = in_common(models) if models else []
    require(bool(shared), "A ranking needs models that were scored under a choice in common.")
    orders = {tuple(np.sign(a[name] - b[name]) for a, b in combinations(models, 2)) for name in shared}
    return len(orders) == 1
