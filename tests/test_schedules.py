"""The learning rate's and beta's factors over training: ends, rises and cycles."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vae_explorer.schedules import ANNEALINGS, COOL_DOWN, CYCLES, HEAT, RISE, SCHEDULES, WARM_UP

STEPS = [step / 1000 for step in range(1001)]


@pytest.mark.parametrize("factor", SCHEDULES.values(), ids=SCHEDULES)
@given(done=st.floats(0, 1))
def test_a_factor_on_the_learning_rate_is_a_share(factor, done):
    assert 0 <= factor(done) <= 1


@pytest.mark.parametrize("factor", ANNEALINGS.values(), ids=ANNEALINGS)
@given(done=st.floats(0, 1))
def test_a_factor_on_beta_is_bounded_and_ends_at_one(factor, done):
    assert 0 <= factor(done) <= HEAT
    assert factor(1.0) == 1


def values(factor):
    return [factor(done) for done in STEPS]


@pytest.mark.parametrize("name", ["cosine", "constant"])
def test_falling_schedules_start_at_one_and_never_rise(name):
    found = values(SCHEDULES[name])
    assert found[0] == 1
    assert found == sorted(found, reverse=True)
    assert found[-1] == (1 if name == "constant" else pytest.approx(0, abs=1e-12))


def test_half_of_the_cosine_is_one_half():
    assert SCHEDULES["cosine"](0.5) == pytest.approx(0.5)


def test_one_cycle_rises_from_a_tenth_and_falls_to_nothing():
    found = values(SCHEDULES["one-cycle"])
    top = STEPS.index(RISE)
    assert (found[0], found[top]) == (pytest.approx(0.1), pytest.approx(1))
    assert found[: top + 1] == sorted(found[: top + 1])
    assert found[top:] == sorted(found[top:], reverse=True)
    assert found[-1] == pytest.approx(0, abs=1e-12)
    assert max(abs(a - b) for a, b in itertools.pairwise(found)) < 0.02


def test_no_annealing_leaves_beta_alone():
    assert set(values(ANNEALINGS["none"])) == {1}


def test_warm_up_rises_once_and_stays():
    found = values(ANNEALINGS["warm-up"])
    assert found[0] == 0
    assert found == sorted(found)
    assert ANNEALINGS["warm-up"](WARM_UP / 2) == pytest.approx(0.5)
    assert all(ANNEALINGS["warm-up"](done) == 1 for done in STEPS if done >= WARM_UP)


def test_cycles_rise_for_half_their_time_and_start_anew():
    cyclical = ANNEALINGS["cyclical"]
    for cycle in range(CYCLES):
        begin, length = cycle / CYCLES, 1 / CYCLES
        assert cyclical(begin) == 0
        assert cyclical(begin + length / 4) == pytest.approx(0.5)
        assert cyclical(begin + length / 2) == pytest.approx(1)
        assert cyclical(begin + 0.99 * length) == 1
    assert cyclical(1.0) == 1
    falls = [a > b for a, b in itertools.pairwise(values(cyclical))]
    assert sum(falls) == CYCLES - 1


def test_cool_down_falls_by_equal_ratios_and_stays():
    found = values(ANNEALINGS["cool-down"])
    assert found[0] == HEAT
    assert found == sorted(found, reverse=True)
    assert ANNEALINGS["cool-down"](COOL_DOWN / 2) == pytest.approx(HEAT**0.5)
    assert all(ANNEALINGS["cool-down"](done) == 1 for done in STEPS if done >= COOL_DOWN)
