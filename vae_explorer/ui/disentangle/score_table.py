"""Scores of disentanglement beside what a perfect code would get: those that were measured, or else the quick ones."""

from collections.abc import Mapping
from typing import Any

from vae_explorer import datasets
from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.checkpoints.encoded_codes import CODES
from vae_explorer.checkpoints.shelf import Shelf
from vae_explorer.metrics import METRICS, score_rows
from vae_explorer.metrics.results import Result
from vae_explorer.metrics.score_rows import variants_of
from vae_explorer.metrics.scores import SCORES
from vae_explorer.metrics.udr_row import UDR
from vae_explorer.scorer.found import SEED, found, obstacle, wanted
from vae_explorer.ui.components.score_strips import Dot, Line, score_strips
from vae_explorer.ui.disentangle.rank_order import ranking
from vae_explorer.ui.explanations import caption
from vae_explorer.ui.seed_figures import over_seeds, seeds_of

NO_NUMBER = "–"
MARKS = "Diamonds are values, bars are ceilings: what a perfect code of the same factors would get."
WAYS = (
    "Rings are the same score by other ways of counting: bins or neighbours, mu or draws, fewer images, other rules "
    "for which units count."
)
APART = "They could not be stored beside the model and are kept in this machine’s cache."


def score_table(checkpoint: Checkpoint) -> None:
    """The scores that were measured on training images; where none was, the quick ones of the encoded images."""
    results, apart = found(checkpoint)
    there = measured_lines(results) or quick_lines(checkpoint)
    coming = () if obstacle(checkpoint) else wanted(checkpoint)
    lines = [there.get(name) or _blank(name) for name in SCORES if name in there or name in coming]
    score_strips(lines if UDR not in there else [*lines, there[UDR]])
    factors = len(CODES.get(checkpoint).factors)
    few = sum(row.factors > factors for row in SCORES.values())
    missing = f"{few} scores compare factors, and of these images only the class is known." if few else ""
    counted = WAYS if any(line.dots for line in there.values()) else ""
    told = (MARKS, counted, missing, _source(checkpoint, bool(results)), APART if apart else "")
    caption(" ".join(filter(None, told)))
    if told := _over_seeds(checkpoint, bool(results)):
        caption(told)
    if sentence := ranking(checkpoint):
        caption(sentence)


def _over_seeds(checkpoint: Checkpoint, measured: bool) -> str:
    """Mean, standard deviation and number of each score, measured in the same way of every seed; empty of one seed."""
    seeds = seeds_of(checkpoint)
    every = [scores for one in seeds if (scores := _stored(one) if measured else _QUICK.get(one))]
    if len(seeds) > 1 and len(every) < 2:
        return f"This run has {len(seeds)} seeds; measure the scores of another one, too, for their mean and deviation."
    spreads = {name: over_seeds(_score(scores.get(name)) for scores in every) for name in SCORES}
    told = [f"{SCORES[name].title} {one.words('%.3f')}" for name, one in spreads.items() if one is not None]
    return f"Over the seeds of this run: {' · '.join(told)}" if told else ""


def _stored(checkpoint: Checkpoint) -> dict[str, Any]:
    return {name: result.value for name, result in found(checkpoint)[0].items() if name in SCORES}


def _score(value: Mapping[str, Any] | None) -> float | None:
    undefined = value is None or (value["reason"] and not value["value"])
    return None if value is None or undefined else value["value"]


def measured_lines(results: Mapping[str, Result]) -> dict[str, Line]:
    """By name, the scores among results, with their variants where these were measured."""
    rows = [name for name in SCORES if name in results]
    lines = {name: _line(name, results[name].value, results.get(variants_of(name))) for name in rows}
    return lines | ({UDR: _udr_line(results[UDR].value)} if UDR in results else {})


def _udr_line(value: Mapping[str, Any]) -> Line:
    """The score of several seeds, which `metrics` measures where their folders are named together."""
    figure, own = METRICS[UDR].figures[0], value["value"]
    return Line(figure.title, figure.about, _number(own, ""), _number(1.0, ""), f"{value['n']:,}", own, 1.0)


def quick_lines(checkpoint: Checkpoint) -> dict[str, Line]:
    """By name, the scores that are measured in a moment, of the encoded images."""
    return {name: _line(name, value) for name, value in _QUICK.get(checkpoint).items()}


def _blank(name: str) -> Line:
    return Line(SCORES[name].title, SCORES[name].about, NO_NUMBER, NO_NUMBER, NO_NUMBER, None, None)


def _quick(checkpoint: Checkpoint) -> dict[str, dict[str, Any]]:
    codes = CODES.get(checkpoint)
    rows = {name: row for name, row in SCORES.items() if row.quick and row.factors <= len(codes.factors)}
    return {name: score_rows.measured(name, codes, SEED) for name in rows}


_QUICK = Shelf(_quick, 64, measured=False)


def _line(name: str, value: Mapping[str, Any], variants: Result | None = None) -> Line:
    row = SCORES[name]
    undefined = bool(value["reason"]) and not value["value"]
    own, best = None if undefined else value["value"], value["attainable"]
    about = f"{row.about} {value['reason']}".strip()
    place = (None, None) if row.unit else (own, best)
    dots = [] if variants is None or undefined else [Dot(*way) for way in score_rows.ways(variants.value)]
    return Line(row.title, about, _number(own, row.unit), _number(best, row.unit), f"{value['n']:,}", *place, dots)


def _number(value: float | None, unit: str) -> str:
    return NO_NUMBER if value is None else f"{value:.3f} {unit}".strip()


def _source(checkpoint: Checkpoint, measured: bool) -> str:
    encoded = catalogue.EVALUATIONS.get(checkpoint)
    split = "training" if measured else encoded.split
    return f"Codes are mu of {split} images of {datasets.dataset(encoded.dataset).title}, seed {SEED}."
