"""METRICS: figures of merit of a model on a split; one file and one row each, NumPy in and JSON out.

metric      what a row is made of: its figures, needs and settings
evidence    what a score may look at, and what it can need
results     what a row gave, as it is stored and read back
yardsticks  which models' nlls can be compared
evaluation  what one encoding of a split says: nll, rate, ELBO, active units
aggregate   where the codes of all images together lie
bound       the importance-weighted bound on log p(x)
probes      how well simple classifiers read the class off mu
apart       nll and rate of the classes that were trained, and of the one held out
factor_reader  trees that read factors off mu, and how much a change moves what they read
scores      SCORES of disentanglement, from codes of images whose factors are known
score_rows  a row for each of them, and for the ways of counting it
udr_row     a row for the one score of several models
anomaly     whether a model finds the images of a class that it was never shown
"""

import json
from collections.abc import Collection, Iterable, Mapping
from numbers import Real
from typing import Any, NamedTuple

from vae_explorer.config import ModelConfig
from vae_explorer.errors import InvalidSetting
from vae_explorer.metrics import anomaly, apart, bound, probes, score_rows, udr_row
from vae_explorer.metrics.evaluation import bits_per_pixel
from vae_explorer.metrics.evidence import (
    Evidence,
    has_grey_levels_as_means,
    has_held_out_class,
    has_labels,
    has_rate,
    is_not_told_the_class,
)
from vae_explorer.metrics.metric import Figure, Metric, Place, Setting
from vae_explorer.metrics.results import Result

LABELS = ",".join(map(str, probes.LABELS))

METRICS: dict[str, Metric] = {
    "nll": Metric(lambda seen: seen.evaluation.nll, (Figure("nll", "nats", by_yardstick=True),)),
    "rate": Metric(lambda seen: seen.evaluation.rate, (Figure("rate", "nats"),), (has_rate,)),
    "elbo": Metric(
        lambda seen: seen.evaluation.elbo,
        (
            Figure("ELBO", "nats", shows=(Place.MODEL_TABLE,), by_yardstick=True),
            Figure(
                "Bits per pixel",
                form="%.4f",
                shows=(Place.MODEL_TABLE,),
                read=lambda elbo, model: None if model.density else bits_per_pixel(elbo, model.image_shape),
                about="Of grey levels read as Bernoulli means; a density of pixels has none.",
                by_yardstick=True,
            ),
        ),
        (has_rate,),
    ),
    "active_units": Metric(
        lambda seen: seen.evaluation.active_units,
        (Figure("Active units", form="%d", out_of=lambda model: model.latent_dim),),
    ),
    "kl_per_dim": Metric(lambda seen: seen.evaluation.kl_per_dim, needs=(has_rate,)),
    "bits_per_pixel": Metric(
        lambda seen: bits_per_pixel(seen.evaluation.elbo, seen.images.image_shape),
        needs=(has_rate, has_grey_levels_as_means),
    ),
    "iw_bound": Metric(
        bound.measure,
        (Figure("Bound on log p(x)", "nats", about="Importance-weighted (Burda et al. 2016).", by_yardstick=True),),
        (has_rate,),
        {"iw_samples": Setting("samples", int, "10", "draws K of the bound")},
    ),
    "reconstruction_mse": Metric(
        lambda seen: seen.reconstruction_mse(),
        (Figure("Reconstruction MSE", form="%.4f", about="Per pixel in [0, 1], of the reconstructions of mu."),),
    ),
    "aggregate_mean": Metric(lambda seen: seen.aggregate.mean.tolist()),
    "aggregate_covariance": Metric(lambda seen: seen.aggregate.covariance.tolist()),
    "probes": Metric(
        probes.measure,
        (
            Figure(
                "Linear probe",
                form="%.3f",
                read=lambda value, model: value["linear"][-1],
                about="Accuracy on test images of a logistic regression of the class on mu, by all training labels.",
            ),
            Figure(
                "k-NN probe",
                form="%.3f",
                read=lambda value, model: value["knn"][-1],
                about="Accuracy on test images of the k nearest mu, by all training labels.",
            ),
        ),
        (has_labels, is_not_told_the_class),
        {"probe_labels": Setting("probe-labels", probes.counts, LABELS, "of each probe but the last, which has all")},
        split="test",
    ),
    "apart": Metric(
        apart.measure,
        (
            Figure(
                "nll, trained classes",
                "nats",
                read=lambda value, model: value["trained"]["nll"],
                about="Of a run with a held-out class: the images of all other classes.",
                by_yardstick=True,
            ),
            Figure(
                "nll, held-out class",
                "nats",
                read=lambda value, model: value["held_out"]["nll"],
                about="The images of the class that was held out of training.",
                by_yardstick=True,
            ),
        ),
        (has_held_out_class,),
    ),
    "anomaly": Metric(
        anomaly.measure,
        (
            Figure(
                "AUROC by −ELBO",
                form="%.3f",
                read=lambda value, model: value["auroc_elbo"],
                about="How well −ELBO tells the class that was held out of training; chance is 0.5.",
            ),
            Figure(
                "AUROC by nll",
                form="%.3f",
                read=lambda value, model: value["auroc_nll"],
                about="How well nll tells the class that was held out of training; chance is 0.5.",
            ),
        ),
        (has_held_out_class, is_not_told_the_class),
    ),
    **score_rows.rows(),
    udr_row.UDR: udr_row.ROW,
}


def usual() -> tuple[str, ...]:
    """The rows that are measured unless others are named."""
    return tuple(name for name, row in METRICS.items() if not row.on_request)


def measure(
    evidence: Evidence, settings: Mapping[str, Any], known: Mapping[str, Result], names: Collection[str] | None = None
) -> dict[str, Result]:
    """The result of every row that applies, by name; one that is known, of this seed and these settings, is kept.

    Args:
        evidence: a model on a split.
        settings: those of rows that differ from their defaults.
        known: results on the same split.
        names: of the rows to measure; the usual ones unless given.

    Raises:
        InvalidSetting: as the rows do, or when a value is not finite.
    """
    found: dict[str, Result] = {}
    for name in usual() if names is None else names:
        row = METRICS[name]
        if row.applies(evidence):
            chosen = {key: _json(settings.get(key, setting.usual), key) for key, setting in row.settings.items()}
            result = known.get(name)
            if result is None or (result.seed, result.settings) != (evidence.seed, chosen):
                result = _measured(name, row, evidence, chosen)
            found[name] = result
    return found


def _measured(name: str, row: Metric, evidence: Evidence, chosen: dict[str, Any]) -> Result:
    value = _json(row.measure(evidence, **chosen), name)
    split = row.split or evidence.images.split
    n = row.counted(value) if row.counted else len(evidence.encode(split).label)
    return Result(name, evidence.images.name, split, n, evidence.seed, chosen, value)


def _json(value: Any, name: str) -> Any:
    """The value as it will be read back."""
    try:
        return json.loads(json.dumps(value, allow_nan=False))
    except ValueError as error:
        raise InvalidSetting(f"{name} is not finite; train again with a lower lr.") from error


def on_split(
    results: Iterable[Result], dataset: str, split: str, model: ModelConfig, beta: float | None = None
) -> dict[str, Result]:
    """The stored results on a split by row, and those of rows that are always scored on another.

    beta: of a multi-rate network, that of the results; None: of the checkpoint as it opens.

    What its row could not read, as it once gave something else, is as if it had not been measured.
    """

    def fits(result: Result) -> bool:
        row = METRICS.get(result.metric)
        source = dataset, (row and row.split) or split, beta
        return (result.dataset, result.split, result.beta) == source and readable(result, model)

    return {result.metric: result for result in results if fits(result)}


class Column(NamedTuple):
    """A figure of a row, to be shown of several models."""

    metric: str
    figure: Figure

    def number(self, results: Mapping[str, Result], model: ModelConfig) -> float | None:
        """A model's number; None where it has none, or was not measured."""
        value = results[self.metric].value if self.metric in results else None
        return None if value is None else self.figure.read(value, model)

    def source(self, results: Mapping[str, Result]) -> str:
        """What the number is, and what it was measured on and with; empty where it was not measured."""
        if self.metric not in results:
            return ""
        result, settings = results[self.metric], METRICS[self.metric].settings
        told = [f"{settings[name].flag} {value}" for name, value in result.settings.items() if name in settings]
        place = f"Measured on {result.n:,} {result.split} images"
        return f"{self.figure.about} {', '.join([place, *told])}, seed {result.seed}.".strip()


def columns(place: Place | None, measured: Iterable[Mapping[str, Result]]) -> list[Column]:
    """What is shown at a place, or at any: the figures of every row that one of the models has a result of."""
    names = {name for results in measured for name in results}
    found = [column for name in METRICS if name in names for column in _columns(name)]
    return [column for column in found if place is None or place in column.figure.shows]


def _columns(metric: str) -> list[Column]:
    return [Column(metric, figure) for figure in METRICS[metric].figures] if metric in METRICS else []


def readable(result: Result, model: ModelConfig) -> bool:
    """Whether every figure of its row can be read off a stored result; one of no row is shown nowhere."""
    found = _columns(result.metric)
    try:
        numbers = [column.number({result.metric: result}, model) for column in found]
    except (LookupError, TypeError, ValueError):
        return False
    return all(number is None or isinstance(number, Real) for number in numbers)
