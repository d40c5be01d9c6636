"""Which scores are there: of one seed and one split, beside the checkpoint or in the cache; and what is in the way."""

from dataclasses import replace

import pytest

from tests.conftest import tiny_config
from vae_explorer import datasets, measurement
from vae_explorer.checkpoints import catalogue
from vae_explorer.metrics.results import Result
from vae_explorer.metrics.score_rows import variants_of
from vae_explorer.metrics.scores import SCORES
from vae_explorer.scorer import kept
from vae_explorer.scorer.found import found, missing, obstacle, wanted

VALUE = {"value": 0.25, "attainable": 0.9, "n": 1437, "reason": ""}
MIG = Result("mig", "digits", "train", 1437, 0, {}, VALUE)


def test_the_usual_scores_that_one_factor_allows_and_their_variants_are_wanted(tiny):
    usual = [name for name, row in SCORES.items() if row.usual and row.factors <= 1]
    assert set(wanted(tiny)) == {*usual, variants_of("mig"), variants_of("mig-64")}
    assert wanted(tiny)[:5] == ("mig", "mig-64", "total-correlation", "mean-pairwise-mi", "mig-chen")
    assert missing(tiny) == wanted(tiny)


def test_stored_scores_are_found_and_no_longer_missing(tiny):
    stored = measurement.store(tiny, {"mig": MIG})
    assert found(stored) == ({"mig": MIG}, False)
    assert set(wanted(stored)) - set(missing(stored)) == {"mig"}


@pytest.mark.parametrize(
    "other", [{"seed": 1}, {"split": "test"}, {"dataset": "mnist"}, {"value": {}}, {"metric": "total"}]
)
def test_what_is_of_another_seed_split_or_data_set_is_left_aside(tiny, other):
    stored = measurement.store(tiny, {"mig": MIG._replace(**other)})
    assert found(stored).results == {}


def test_what_is_kept_in_the_cache_is_found_for_this_content_alone(tiny, cache):
    kept.add(tiny, {"mig": MIG})
    kept.add(tiny, {"sap": MIG._replace(metric="sap")})
    assert found(tiny) == ({"mig": MIG, "sap": MIG._replace(metric="sap")}, True)
    assert found(replace(tiny, version="another")).results == {}
    (file,) = cache.rglob("*.json")
    file.write_bytes(b"{")
    assert found(tiny) == ({}, False)
    file.write_bytes(b" " * (kept.MAX_BYTES + 1))
    assert found(tiny) == ({}, False)


def test_a_score_beside_the_checkpoint_counts_before_one_in_the_cache(tiny):
    stored = measurement.store(tiny, {"mig": MIG})
    kept.add(stored, {"mig": MIG._replace(value=VALUE | {"value": 0.5})})
    assert found(stored) == ({"mig": MIG}, False)


def test_nothing_is_in_the_way_where_the_data_set_is_there(tiny):
    assert obstacle(tiny) == ""


def test_a_data_set_that_is_gone_is_said(tiny, monkeypatch):
    gone = replace(datasets.DATASETS["digits"], available=lambda root: False)
    monkeypatch.setitem(datasets.DATASETS, "digits", gone)
    assert obstacle(tiny) == "Further scores are measured on training images, and Digits is not on this machine."


def test_a_data_set_of_one_class_is_said(tiny, monkeypatch):
    monkeypatch.setitem(datasets.DATASETS, "digits", replace(datasets.DATASETS["digits"], classes=("all",)))
    assert obstacle(tiny) == "Scores need images of two classes at least, and Digits has one."


def test_a_conditional_model_is_said(tiny):
    conditional = replace(tiny, recipe=replace(tiny.recipe, model=replace(tiny_config(), classes=10)))
    catalogue.LATENTS.get(tiny)
    assert "told the class" in obstacle(conditional)
