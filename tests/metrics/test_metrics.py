"""The contract of every row of METRICS, on evidence made up for each kind of model."""

import json
from dataclasses import replace

import numpy as np
import pytest

from tests.kinds import KINDS, Kind, made_up_latents
from vae_explorer import metrics
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.datasets.images import Factor, ImageSet
from vae_explorer.errors import InvalidSetting
from vae_explorer.metrics import METRICS, score_rows
from vae_explorer.metrics.evidence import Evidence
from vae_explorer.metrics.metric import Figure, Metric, Place
from vae_explorer.metrics.results import Result, merged
from vae_explorer.metrics.scores import SCORES
from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.fragility import fragile, variants

pytestmark = pytest.mark.thorough

SEEN = {"vae": Kind(), **KINDS}
ABSENT = {
    "vae": set(),
    "ae": {"rate", "elbo", "kl_per_dim", "bits_per_pixel", "iw_bound"},
    "cvae": {"probes", "anomaly"},
    "mixed": set(),
    "conditional-ae": {"rate", "elbo", "kl_per_dim", "bits_per_pixel", "iw_bound", "probes", "anomaly"},
    "multi-rate": set(),
}


def evidence(kind: Kind = SEEN["vae"], **training) -> Evidence:
    """Of 40 images of 10 classes; the model's own answers are made up too."""
    config = ModelConfig("mlp", (1, 8, 8), 3, (16,), classes=kind.classes, scale="none" if kind.plain else "logvar")
    latents = made_up_latents(kind, 3)
    pictures = np.zeros((40, 1, 8, 8), np.uint8)
    images = ImageSet("digits", "test", pictures, latents.label, tuple("0123456789"))
    return Evidence(
        config,
        TrainConfig(held_out=4, **training),
        images,
        seed=0,
        encode=lambda split: latents._replace(split=split),
        bound=lambda samples: np.full(40, -90.0 + samples),
        reconstruction_mse=lambda: 0.25,
        read_codes=lambda: Codes(latents.mu, latents.logvar, latents.label[:, None], (Factor("class", 10),)),
    )


@pytest.fixture(scope="module")
def measured() -> dict[str, dict[str, Result]]:
    return {kind: metrics.measure(evidence(SEEN[kind]), {}, {}) for kind in SEEN}


@pytest.mark.parametrize("kind", SEEN)
@pytest.mark.parametrize("name", metrics.usual())
def test_every_row_gives_json_with_its_source_and_readable_figures(name, kind, measured):
    result = measured[kind].get(name)
    assert (result is None) == (name in ABSENT[kind])
    if result is None:
        return
    row, model = METRICS[name], evidence(SEEN[kind]).model
    assert (result.metric, result.dataset, result.split, result.n, result.seed) == (name, "digits", "test", 40, 0)
    assert json.loads(json.dumps(result, allow_nan=False)) == list(result)
    assert result.value is not None
    assert list(result.settings) == list(row.settings)
    assert metrics.readable(result, model)
    assert not row.figures or not metrics.readable(result._replace(value="nothing"), model)
    shown = [column for place in Place for column in metrics.columns(place, [{name: result}])]
    assert {column.figure for column in shown} == set(row.figures)
    for column in shown:
        number = column.number({name: result}, model)
        assert column.figure.text(number, model)[-1].isdigit() or number is None


@pytest.mark.parametrize("kind", [kind for kind in SEEN if not SEEN[kind].classes])
@pytest.mark.parametrize("name", SCORES)
def test_a_score_is_told_with_all_that_one_has_to_know_to_judge_it(name, kind):
    seen = evidence(SEEN[kind])
    result = metrics.measure(seen, {}, {}, [name])[name]
    assert (result.metric, result.split, result.n, result.seed) == (name, "train", result.value["n"], 0)
    assert {"value", "attainable", "reason", "estimator", "factors", "active_units"} <= set(result.value)
    assert json.loads(json.dumps(result, allow_nan=False)) == list(result)
    assert metrics.readable(result, seen.model)


@pytest.mark.parametrize("name", [name for name, row in SCORES.items() if fragile(row)])
def test_a_fragile_score_is_told_by_every_way_of_counting_beside_what_a_perfect_code_gets(name):
    seen = evidence()
    result = metrics.measure(seen, {}, {}, [score_rows.variants_of(name)])[score_rows.variants_of(name)]
    assert (result.split, result.n) == ("train", 40)
    found = score_rows.ways(result.value)
    assert [way.name for way in found] == [one.name for one in variants(SCORES[name], seen.codes, 0)]
    stored = score_rows.measured(name, seen.codes, 0)
    assert (found[0].value, found[0].attainable) == (stored["value"], stored["attainable"] or 0)
    assert metrics.readable(result, seen.model)
    for damaged in ({}, {"ways": 3}, {"ways": [{"name": "mu", "value": "x", "attainable": 1}]}, {"ways": []}):
        assert not metrics.readable(result._replace(value=damaged), seen.model)


def test_scores_are_measured_where_they_are_named_alone(measured):
    assert not set(SCORES) & set(measured["vae"])
    assert not metrics.measure(evidence(SEEN["cvae"]), {}, {}, list(SCORES))


@pytest.mark.parametrize("name", METRICS)
def test_the_settings_of_a_row_are_read_as_words(name):
    for key, setting in METRICS[name].settings.items():
        assert setting.usual == setting.read(setting.default)
        assert setting.about
        assert key not in METRICS, "both are keys of one answer"
        with pytest.raises(ValueError, match="odd"):
            setting.read("odd")


def test_headings_and_options_are_not_given_twice():
    for place in Place:
        headings = [figure.heading for row in METRICS.values() for figure in row.figures if place in figure.shows]
        assert len(headings) == len(set(headings))
    flags = [setting.flag for row in METRICS.values() for setting in row.settings.values()]
    assert len(flags) == len(set(flags))


def test_a_model_that_lacks_nothing_but_bernoulli_pixels_has_no_bits_per_pixel():
    seen = evidence()
    gaussian = replace(seen, model=replace(seen.model, likelihood="gaussian"))
    assert set(metrics.measure(seen, {}, {})) - set(metrics.measure(gaussian, {}, {})) == {"bits_per_pixel"}


def test_a_set_of_one_class_is_not_probed_and_nothing_is_strange_where_no_class_was_held_out():
    seen = evidence()
    one = replace(seen, images=replace(seen.images, labels=np.zeros(40, int), classes=("all",)))
    told = replace(one, train=TrainConfig())
    assert set(metrics.usual()) - set(metrics.measure(told, {}, {})) == {"probes", "anomaly", "apart"}


def test_settings_reach_their_row_and_are_told_with_its_result():
    found = metrics.measure(evidence(), {"iw_samples": 3, "probe_labels": (5, 20)}, {})
    assert (found["iw_bound"].value, found["iw_bound"].settings) == (-87.0, {"iw_samples": 3})
    assert found["probes"].value["labels"] == [5, 20, 40]


def test_what_is_known_of_these_settings_and_this_seed_is_not_measured_again(measured):
    known = {name: result._replace(value="kept") for name, result in measured["vae"].items()}
    assert {result.value for result in metrics.measure(evidence(), {}, known).values()} == {"kept"}
    other = metrics.measure(evidence(), {"iw_samples": 3}, known)
    assert {name for name, result in other.items() if result.value != "kept"} == {"iw_bound"}
    later = metrics.measure(replace(evidence(), seed=1), {}, known)
    assert "kept" not in [result.value for result in later.values()]


@pytest.mark.parametrize("value", [np.inf, [1.0, -np.inf], {"linear": float("nan")}])
def test_what_is_not_finite_is_no_result(value, monkeypatch):
    monkeypatch.setitem(METRICS, "toy", Metric(lambda seen: value))
    with pytest.raises(InvalidSetting, match="toy is not finite"):
        metrics.measure(evidence(), {}, {})


def test_results_on_a_split_are_those_and_what_is_scored_on_the_test_split_always(measured):
    found = measured["vae"].values()
    train = [result._replace(split="train") for result in found if result.metric in ("nll", "iw_bound")]
    model = evidence().model
    assert set(metrics.on_split(found, "digits", "test", model)) == set(metrics.usual())
    assert set(metrics.on_split([*found, *train], "digits", "train", model)) == {"nll", "iw_bound", "probes"}
    assert metrics.on_split(found, "mnist", "test", model) == {}


def test_what_a_row_cannot_read_is_as_if_it_had_not_been_measured(measured):
    changed = [result._replace(value={}) for result in measured["vae"].values()]
    known = metrics.on_split(changed, "digits", "test", evidence().model)
    assert set(known) == {name for name in metrics.usual() if not METRICS[name].figures}


def test_a_number_says_what_it_was_measured_on_and_with(measured):
    shown = metrics.columns(Place.COMPARISON, [measured["vae"]])
    bound = next(column for column in shown if column.metric == "iw_bound")
    said = "Importance-weighted (Burda et al. 2016). Measured on 40 test images, samples 10, seed 0."
    assert bound.source(measured["vae"]) == said
    assert bound.source({}) == ""


def test_the_newest_result_of_a_row_on_a_split_is_kept():
    old = Result("nll", "digits", "test", 40, 0, {}, 1.0)
    train, new = old._replace(split="train"), old._replace(seed=5, value=2.0)
    assert merged([old, train], [new]) == (new, train)


def test_a_figure_is_shown_where_one_model_was_measured_for_it(monkeypatch):
    monkeypatch.setitem(METRICS, "toy", Metric(float, (Figure("Toy", "nats", "%.1f", (Place.COMPARISON,)),)))
    result, model = Result("toy", "digits", "test", 40, 0, {}, 1.25), evidence().model
    assert metrics.columns(Place.COMPARISON, [{}, {}]) == []
    assert metrics.columns(Place.MODEL_TABLE, [{"toy": result}]) == []
    (column,) = metrics.columns(Place.COMPARISON, [{}, {"toy": result, "gone": result}])
    assert column.figure.heading == "Toy (nats)"
    assert column.figure.text(column.number({"toy": result}, model), model) == "1.2"
    assert column.figure.text(column.number({}, model), model) == "–"


def test_a_count_is_told_out_of_how_many(measured):
    (column,) = [one for one in metrics.columns(Place.COMPARISON, [measured["vae"]]) if one.metric == "active_units"]
    model = evidence().model
    assert column.figure.text(column.number(measured["vae"], model), model) == "1 of 3"
