"""The range of a multi-rate network: what it may be, and its stops."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vae_explorer.beta_range import BetaRange
from vae_explorer.errors import InvalidSetting

USUAL = BetaRange.parsed("0.25,16")


@pytest.mark.parametrize(
    "text", ["", "4", "0.25,16,32", "2,16", "0.25,0.5", "1,1", "a,b", "nan,16", "0.25, 16", "0.250,16", "-1,4"]
)
def test_what_is_no_range_around_1_is_refused(text):
    with pytest.raises(InvalidSetting, match="A range of βs must be"):
        BetaRange.parsed(text)


def test_the_usual_range_has_37_stops_and_the_powers_of_two_among_them():
    stops = USUAL.stops()
    assert len(stops) == 37
    assert {0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0} <= set(stops)
    assert list(stops) == sorted(set(stops))


def test_a_range_that_starts_between_stops_has_its_own_ends():
    stops = BetaRange.parsed("0.3,5").stops()
    assert (stops[0], stops[-1]) == (0.3, 5.0)
    assert all(0.3 <= stop <= 5 for stop in stops)


@given(st.floats(0.25, 16))
def test_shares_are_of_the_logarithm(beta):
    share = USUAL.share(beta)
    assert -1e-12 <= share <= 1 + 1e-12
    assert USUAL.at_share(share) == pytest.approx(beta)
    near = USUAL.nearest_stop(beta)
    assert abs(math.log2(near / beta)) <= 1 / 12 + 1e-4


def test_the_middle_of_the_range_is_its_geometric_mean():
    assert USUAL.at_share(0.5) == pytest.approx(2.0)
    assert USUAL.share(1.0) == pytest.approx(1 / 3)


@pytest.mark.parametrize(("beta", "nearest"), [(0.01, 0.25), (0.25, 0.25), (3.0, 3.0), (99, 16.0)])
def test_what_lies_outside_is_clamped(beta, nearest):
    assert USUAL.clamped(beta) == nearest
    assert USUAL.holds(beta) == (beta == nearest)
