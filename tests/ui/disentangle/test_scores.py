"""Scores on the page: measured at a button, shown with every way of counting, or one clear line why not."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import save_model, save_moving, save_tiny, tiny_config
from tests.jobs.conftest import until
from tests.shapes import shape_of, shapes
from tests.ui.disentangle.test_page import scored, told
from tests.ui.test_pages import fine
from vae_explorer import coding, datasets, measurement, models
from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.datasets.images import ImageSet
from vae_explorer.latents.encoded import Latents
from vae_explorer.metrics.results import Result
from vae_explorer.metrics.score_rows import variants_of
from vae_explorer.metrics.udr_row import UDR
from vae_explorer.scorer import desk, kept
from vae_explorer.scorer.found import missing, wanted

SHAPES = shapes("scores/data.d.ts")
VALUE = {"value": 0.25, "attainable": 0.9, "n": 1437, "reason": "Measured on 1,437 images: there are no 10,000."}
WAYS = {"mu": 0.25, "10 bins": 0.2, "64 bins": 0.3}


@pytest.fixture(autouse=True)
def runs(tmp_path, monkeypatch) -> Iterator[Path]:
    """A folder of runs, and a cache of their own."""
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path / "runs"))
    monkeypatch.setenv("VAE_EXPLORER_CACHE", str(tmp_path / "cache"))
    yield tmp_path / "runs"
    for task in desk.QUEUE.tasks:
        desk.QUEUE.stop(task.key)
        task.over.wait(60)
        desk.QUEUE.forget(task.key)


@pytest.fixture
def model(runs, digits) -> Checkpoint:
    return save_moving(runs / "tiny", digits)


def result(name: str, shift: float = 0.0, **other) -> dict[str, Result]:
    """A stored score with its variants."""
    ways = [{"name": way, "value": value + shift, "attainable": 0.9} for way, value in WAYS.items()]
    score = Result(name, "digits", "train", 1437, 0, {}, VALUE)._replace(**other)
    return {name: score, variants_of(name): score._replace(metric=variants_of(name), value={"n": 1437, "ways": ways})}


def saved(runs: Path, images: ImageSet, changed: Callable[[Latents], Latents], units: int = 3) -> str:
    """A model whose latents are not as usual."""
    built = models.build(tiny_config(units), 0)
    return save_model(runs / "odd", built, images, changed(coding.encode_set(built, images))).id


@pytest.mark.process
@pytest.mark.usefixtures("warm_children")
def test_the_button_has_scores_measured_and_stored_while_the_page_stays(open_page, model):
    at = open_page("disentangle", {"model": model.id})
    assert "Not measured yet: 12 scores and other ways of counting." in told(at)
    assert not any(line["dots"] for line in scored(at).values())
    at.button(key="scores-measure").click().run()
    assert fine(at)
    assert at.button(key="scores-stop").label == "Stop"
    task = desk.asked(model)
    assert task is not None
    assert task.over.wait(120)
    at.run()
    assert fine(at)
    after = catalogue.find(model.id)
    assert missing(after) == ()
    assert {name for name in wanted(after) if name in catalogue.RESULTS.get(after)} == set(wanted(after))
    assert len(scored(at)["MIG"]["dots"]) == 15
    assert scored(at)["MIG"]["dots"][0]["value"] == scored(at)["MIG"]["at"]
    assert float(scored(at)["MIG"]["value"]) > 0
    assert "Codes are mu of training images of Digits, seed 0." in told(at)
    assert "--scores all" in told(at)


@pytest.mark.process
@pytest.mark.usefixtures("warm_children")
def test_a_stop_is_said_and_can_be_gone_on_from(open_page, model):
    at = open_page("disentangle", {"model": model.id})
    at.button(key="scores-measure").click().run()
    until(lambda: missing(catalogue.find(model.id)) != wanted(model))
    at.run()
    at.button(key="scores-stop").click().run()
    task = desk.asked(model)
    assert task is not None
    assert task.over.wait(60)
    at.run()
    assert fine(at)
    left = missing(catalogue.find(model.id))
    assert f"Stopped: {len(left)} of {len(wanted(model))} figures are missing." in at.warning[0].value.replace("\\", "")
    assert at.button(key="scores-measure")


def test_stored_scores_are_told_as_they_are_drawn(open_page, model):
    measurement.store(model, result("mig"))
    at = open_page("disentangle", {"model": model.id})
    line = scored(at)["MIG"]
    assert (line["value"], line["ceiling"], line["n"], line["at"], line["best"]) == (
        "0.250",
        "0.900",
        "1,437",
        0.25,
        0.9,
    )
    assert line["dots"] == [{"name": way, "value": value, "ceiling": 0.9} for way, value in WAYS.items()]
    assert "there are no 10,000" in line["about"]
    blank = [line["value"] for title, line in scored(at).items() if title != "MIG"]
    assert blank == ["–"] * 11
    assert "Not measured yet: 11 scores and other ways of counting." in told(at)
    (data,) = [data for one in at.get("bidi_component") if "lines" in (data := json.loads(one.proto.json))]
    assert shape_of(data) == SHAPES["ScoreData"]
    assert shape_of(line) == SHAPES["Line"]
    assert shape_of(*line["dots"]) == SHAPES["Dot"]


def test_what_seeds_have_in_common_stands_below_where_it_was_measured(open_page, model):
    value = {**result("mig")["mig"].value, "value": 0.75}
    measurement.store(model, {UDR: result("mig")["mig"]._replace(metric=UDR, value=value)})
    lines = scored(open_page("disentangle", {"model": model.id}))
    assert list(lines)[-1] == "UDR"
    assert lines["UDR"]["value"] == "0.750"


@pytest.mark.parametrize("other", [{"seed": 1}, {"split": "test"}])
def test_scores_of_another_seed_or_split_are_not_mixed_in(open_page, model, other):
    measurement.store(model, result("sap", **other))
    at = open_page("disentangle", {"model": model.id})
    assert scored(at)["SAP"]["value"] == "–"
    assert scored(at)["MIG"]["value"] != "–"
    assert "Codes are mu of test images of Digits, seed 0." in told(at)


def test_scores_that_could_not_be_stored_are_shown_and_said(open_page, model):
    kept.add(model, result("mig"))
    at = open_page("disentangle", {"model": model.id})
    assert scored(at)["MIG"]["value"] == "0.250"
    assert "could not be stored beside the model and are kept in this machine’s cache" in told(at)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((0.0, 0.1), "The ranking of tiny and other by MIG is kept by all 3 ways of counting."),
        ((0.0, 0.0), "The ranking of tiny and other by MIG is kept by all 3 ways of counting."),
    ],
)
def test_a_ranking_that_every_way_keeps_is_said(open_page, model, runs, digits, values, said):
    for name, shift in zip(("tiny", "other"), values, strict=True):
        measurement.store(save_tiny(runs / name, digits), result("mig", shift))
    assert said in told(open_page("disentangle", {"model": "tiny"}))


def test_a_ranking_that_hangs_on_the_way_of_counting_is_said(open_page, model, runs, digits):
    measurement.store(model, result("mig") | result("mig-64"))
    other = result("mig", 0.1) | result("mig-64")
    other["mig-64-variants"].value["ways"][0]["value"] = 0.9
    measurement.store(save_tiny(runs / "other", digits), other)
    said = "by MIG is kept by all 3 ways of counting; by MIG (64 bins) it is not robust."
    assert said in told(open_page("disentangle", {"model": "tiny"}))


def test_where_the_data_set_is_gone_one_sentence_stands_for_the_button(open_page, model, monkeypatch):
    monkeypatch.setitem(datasets.DATASETS, "digits", replace(datasets.DATASETS["digits"], available=lambda root: False))
    at = open_page("disentangle", {"model": model.id})
    assert fine(at)
    assert "Further scores are measured on training images, and Digits is not on this machine." in told(at)
    assert "scores-measure" not in [button.key for button in at.button]


def test_images_of_one_class_leave_nothing_to_tell_and_it_is_said(open_page, runs, digits):
    one = digits.select(np.flatnonzero(digits.labels == 3))
    at = open_page("disentangle", {"model": saved(runs, one, lambda latents: latents)})
    assert fine(at)
    assert "Every factor has a single value among these images." in scored(at)["MIG"]["about"]
    assert scored(at)["MIG"]["value"] == "–"


def test_a_single_unit_has_scores_and_says_what_it_lacks(open_page, runs, digits):
    at = open_page(
        "disentangle", {"model": saved(runs, digits, lambda latents: latents._replace(mu=50 * latents.mu), units=1)}
    )
    assert fine(at)
    assert float(scored(at)["MIG"]["value"]) > 0
    assert "Measured on 360 images: there are no 10,000." in scored(at)["MIG"]["about"]


def test_codes_that_are_no_numbers_are_said_in_one_line_and_the_page_stays(open_page, runs, digits):
    def spoilt(latents: Latents) -> Latents:
        mu = latents.mu.copy()
        mu[2, 1] = np.nan
        return latents._replace(mu=mu)

    at = open_page("disentangle", {"model": saved(runs, digits, spoilt)})
    assert fine(at)
    assert "holds values that are not finite" in at.toast[0].value.replace("\\", "")
    assert scored(at)["MIG"]["value"]
