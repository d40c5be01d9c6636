"""Every row of SCORES gives a defined answer, with its reason where there is nothing to measure."""

from dataclasses import replace

import numpy as np
import pytest

from tests.metrics.scores import made_up
from vae_explorer.errors import InvalidSetting
from vae_explorer.metrics.scores import SCORES
from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.score import Score, Scored

pytestmark = pytest.mark.thorough

EVERY = pytest.mark.parametrize("row", SCORES.values(), ids=list(SCORES))
OF_FACTORS = {name: row for name, row in SCORES.items() if row.factors}
PERFECT = made_up.small(300)
NARROW = made_up.with_mu(PERFECT, PERFECT.mu, np.full(PERFECT.mu.shape, -5.0))


def scored(row: Score, codes: Codes, seed: int = 0) -> Scored:
    found = row(codes, np.random.default_rng(seed))
    assert np.isfinite([found.value, *found.parts.values()]).all()
    assert all(isinstance(number, float) for number in (found.value, *found.parts.values()))
    assert 0 <= found.value <= (1 + 1e-9 if row.factors else np.inf)
    assert 0 <= found.n <= len(codes)
    return found


@EVERY
def test_a_score_is_a_number_within_its_bounds_and_the_same_again(row):
    found = scored(row, NARROW)
    assert found == scored(row, NARROW)
    assert found.n


@pytest.mark.parametrize("row", OF_FACTORS.values(), ids=list(OF_FACTORS))
def test_noise_scores_below_a_perfect_code(row):
    blurred = made_up.with_mu(PERFECT, made_up.noise(PERFECT).mu, np.full((len(PERFECT), 5), -5.0))
    assert scored(row, blurred).value < scored(row, NARROW).value


@EVERY
@pytest.mark.parametrize("spread", [0.0, 0.001])
def test_a_code_with_no_active_unit_has_a_reason(row, spread):
    mu = np.random.default_rng(0).standard_normal((len(PERFECT), 4)) * spread
    found = scored(row, made_up.with_mu(PERFECT, mu, np.zeros(mu.shape)))
    assert found.reason


@EVERY
def test_one_unit_alone_is_scored_or_has_a_reason(row):
    found = scored(row, made_up.with_mu(PERFECT, NARROW.mu[:, :1], np.full((len(PERFECT), 1), -5.0)))
    assert found.value != 0 or found.reason or row.factors == 0


@EVERY
def test_one_factor_alone_is_scored_or_has_a_reason(row):
    codes = replace(NARROW, values=NARROW.values[:, 1:2], factors=NARROW.factors[1:2])
    found = scored(row, codes)
    assert row.factors < 2 or found.reason


@EVERY
def test_a_factor_with_one_value_is_left_out_and_named(row):
    fixed = NARROW.values * np.array([1, 0, 1])
    found = scored(row, replace(NARROW, values=fixed))
    assert row.factors == 0 or "size" in found.reason
    assert scored(row, replace(NARROW, values=fixed * 0)).reason


@EVERY
def test_more_images_than_there_are_is_all_of_them(row):
    asked = replace(row, settings={**row.settings, "n": 1_000_000})
    found = scored(asked, made_up.small(200))
    assert 0 < found.n <= 200
    assert found.reason


@EVERY
def test_no_images_are_refused(row):
    with pytest.raises(InvalidSetting):
        replace(row, settings={**row.settings, "n": 0})(PERFECT, np.random.default_rng(0))


@EVERY
def test_a_row_says_what_it_is(row):
    assert row.title
    assert row.about.endswith((".", "?"))
    assert row.estimator.endswith(".")


def test_codes_that_are_no_numbers_are_refused():
    with pytest.raises(InvalidSetting, match="finite"):
        made_up.with_mu(PERFECT, np.where(PERFECT.mu > 2, np.nan, PERFECT.mu))
