import numpy as np
import pytest

from tests.advice.cases import family_member
from vae_explorer.advice.beta_curve import place_on
from vae_explorer.advice.equivalent_beta import equivalent_beta
from vae_explorer.errors import InvalidSetting
from vae_explorer.latents.beta_latents import BetaCurve

CURVE = BetaCurve(np.array([1.0, 4.0, 16.0]), np.array([20.0, 10.0, 4.0]), np.array([80.0, 100.0, 140.0]))


def test_a_measured_point_has_its_own_beta():
    for beta, rate, nll in zip(*CURVE, strict=True):
        place = place_on(CURVE, rate, nll)
        assert (place.beta, place.distance) == (pytest.approx(beta), pytest.approx(0.0))


def test_half_way_is_half_way_in_log_beta():
    assert place_on(CURVE, 15.0, 90.0).beta == pytest.approx(2.0)


def test_the_distance_is_in_nats_off_the_curve():
    step = np.array([-10.0, 20.0]) / 500**0.5
    away = np.array([15.0, 90.0]) + 3 * np.array([step[1], -step[0]])
    assert place_on(CURVE, *away).distance == pytest.approx(3.0)


@pytest.mark.parametrize(("rate", "nll", "beta", "clamped"), [(30.0, 70.0, 1.0, "below"), (0.0, 200.0, 16.0, "above")])
def test_beyond_an_end_it_is_clamped_and_said(rate, nll, beta, clamped):
    place = place_on(CURVE, rate, nll)
    assert (place.beta, place.clamped) == (pytest.approx(beta), clamped)
    said = equivalent_beta(family_member(2.0, nll, rate), CURVE, "net").sentence
    assert f"as β {beta:g} does {'at most' if clamped == 'below' else 'at least'}, where the curve ends" in said


@pytest.mark.parametrize("beta", [[1.0], [0.0, 1.0], [2.0, 1.0]])
def test_a_curve_that_is_none_is_refused(beta):
    values = np.array(beta)
    with pytest.raises(InvalidSetting, match="two β's or more that rise from above 0"):
        place_on(BetaCurve(values, values, values), 1.0, 1.0)


def test_the_sentence_tells_claim_and_measure():
    found = equivalent_beta(family_member(1.0, 100.0, 10.0, name="mine"), CURVE, "net", ["other"])
    assert found.sentence.startswith("The loss of mine weighed the rate as β 4 does; its recipe says β 1.")
    assert found.sentence.endswith("lie 0.0 nats off the curve of net, measured at 3 β's from 1 to 16.")
    assert found.view.parameters["models"] == "mine,other"
