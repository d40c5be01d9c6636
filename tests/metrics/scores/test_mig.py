"""MIG of synthetic codes of dSprites' factors is what METHODS says, and no order, sign or scale of units matters."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import mutual_info_score

from tests.metrics.scores import made_up
from vae_explorer.metrics.scores import SCORES
from vae_explorer.metrics.scores.attainable import attainable
from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.fragility import fragile
from vae_explorer.metrics.scores.mig import mig

PERFECT = made_up.sprites()
SHAPE, SCALE, ANGLE, X, Y = PERFECT.mu.T
TURN = ANGLE * 2 * np.pi / 39
PERIOD = np.array([np.pi / 2, np.pi, 2 * np.pi])[PERFECT.values[:, 0]]
ELSE = [SHAPE, SCALE, X, Y]
KNOWN = {
    "perfect": ([SHAPE, SCALE, ANGLE, X, Y], 0.896),
    "orientation up to symmetry": ([*ELSE, np.mod(TURN + 1e-9, PERIOD) / PERIOD], 0.841),
    "cos and sin": ([*ELSE, np.cos(TURN), np.sin(TURN)], 0.744),
    "x and y rotated": ([SHAPE, SCALE, ANGLE, X + Y, X - Y], 0.560),
    "scale, x and y alone": ([SCALE, X, Y], 0.537),
}


def score(codes: Codes, **asked) -> float:
    return mig(codes, np.random.default_rng(0), **asked).value


@pytest.mark.parametrize(("units", "value"), KNOWN.values(), ids=list(KNOWN))
def test_known_codes_score_what_is_known(units, value):
    assert score(made_up.with_mu(PERFECT, np.stack(units, 1))) == pytest.approx(value, abs=0.01)


def test_finer_bins_raise_the_ceiling_and_noise_is_nothing():
    assert score(PERFECT, estimator="64 bins") == pytest.approx(0.988, abs=0.01)
    assert score(made_up.noise(PERFECT, 10)) <= 0.003


def test_parts_are_the_gaps_of_factors_and_the_mean_without_shape():
    parts = dict(mig(PERFECT, np.random.default_rng(0)).parts)
    without = parts.pop("without shape")
    assert parts == pytest.approx(
        {"shape": 1, "scale": 1, "orientation": 0.8, "x position": 0.84, "y position": 0.84}, abs=0.01
    )
    assert without == pytest.approx(np.mean([parts[name] for name in list(parts)[1:]]))


def test_it_is_the_gap_of_the_two_largest_over_the_entropy():
    codes = made_up.mixed(made_up.small())
    expected = []
    for values in codes.values.T:
        told = sorted(
            mutual_info_score(np.digitize(unit, np.histogram(unit, 20)[1][:-1]), values) for unit in codes.mu.T
        )
        expected.append((told[-1] - told[-2]) / mutual_info_score(values, values))
    assert score(codes) == pytest.approx(np.mean(expected))


def test_of_one_unit_the_second_is_nothing():
    alone = made_up.with_mu(PERFECT, ANGLE[:, None])
    found = mig(alone, np.random.default_rng(0))
    assert found.parts["orientation"] == pytest.approx(np.log(20) / np.log(40), abs=0.001)


@given(
    order=st.permutations(range(4)),
    signs=st.lists(st.sampled_from([-1, 1]), min_size=4, max_size=4),
    scales=st.lists(st.floats(0.5, 4), min_size=4, max_size=4),
    name=st.sampled_from(["total-correlation", "mean-pairwise-mi", *(n for n, row in SCORES.items() if fragile(row))]),
)
@settings(max_examples=20, deadline=None)
def test_order_signs_and_scales_of_units_change_nothing(order, signs, scales, name):
    codes = made_up.mixed(made_up.small(500))
    changed = made_up.with_mu(codes, (codes.mu * np.array(signs) * scales)[:, list(order)])
    before, after = (SCORES[name](one, np.random.default_rng(0)).value for one in (codes, changed))
    assert after == pytest.approx(before, abs=1e-6)


def test_the_attainable_value_is_that_of_a_perfect_code_of_the_same_images():
    lost = made_up.noise(PERFECT)
    ceiling = attainable(SCORES["mig"], lost, np.random.default_rng(3))
    assert ceiling == SCORES["mig"](PERFECT, np.random.default_rng(3))
    assert ceiling.value == pytest.approx(0.896, abs=0.01)
