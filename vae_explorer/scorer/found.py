"""Which scores of a checkpoint were measured, which are missing, and why they cannot be measured."""

from collections.abc import Mapping
from typing import NamedTuple

from vae_explorer import datasets, metrics
from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.checkpoints.originals import originals
from vae_explorer.metrics.results import Result
from vae_explorer.metrics.score_rows import variants_of
from vae_explorer.metrics.scores import SCORES
from vae_explorer.metrics.scores.fragility import fragile
from vae_explorer.metrics.udr_row import UDR
from vae_explorer.scorer import kept

SEED = 0
"""Of every draw; scores of another one are left aside."""


class Found(NamedTuple):
    """Results of scores and of their variants, of one seed and one split, by row."""

    results: Mapping[str, Result]
    apart: bool
    """Whether some are kept in the cache, as the checkpoint could not be written."""


def found(checkpoint: Checkpoint) -> Found:
    """Those stored beside a checkpoint, and those in the cache."""
    encoded = catalogue.EVALUATIONS.get(checkpoint)
    source = encoded.dataset, encoded.split, checkpoint.recipe.model, checkpoint.at
    apart = metrics.on_split(kept.read(checkpoint), *source)
    stored, known = catalogue.RESULTS.get(checkpoint), {*_rows(tuple(SCORES)), UDR}
    results = {name: one for name, one in {**apart, **stored}.items() if name in known and one.seed == SEED}
    return Found(results, any(results.get(name) is one for name, one in apart.items()))


def wanted(checkpoint: Checkpoint) -> tuple[str, ...]:
    """The rows that are measured of a checkpoint: the usual scores that its factors allow, then their variants.

    The quick scores come first: they are there within seconds.
    """
    factors = len(datasets.dataset(catalogue.EVALUATIONS.get(checkpoint).dataset).factors) or 1
    usual = [name for name, row in SCORES.items() if row.usual and row.factors <= factors]
    return _rows(tuple(sorted(usual, key=lambda name: not SCORES[name].quick)))


def missing(checkpoint: Checkpoint) -> tuple[str, ...]:
    """Of these, the ones that were not measured yet."""
    there = found(checkpoint).results
    return tuple(name for name in wanted(checkpoint) if name not in there)


def obstacle(checkpoint: Checkpoint) -> str:
    """One sentence why no scores can be measured of a checkpoint here; empty where they can."""
    source = originals(checkpoint)
    row = datasets.dataset(source.dataset)
    if checkpoint.recipe.model.classes:
        return "A conditional model is told the class, so that its codes need not tell it: they are not scored."
    if len(row.classes) < 2:
        return f"Scores need images of two classes at least, and {row.title} has one."
    if not row.available(datasets.data_root()):
        return f"Further scores are measured on training images, and {row.title} is not on this machine."
    return source.note


def _rows(scores: tuple[str, ...]) -> tuple[str, ...]:
    return (*scores, *(variants_of(name) for name in scores if fragile(SCORES[name])))
