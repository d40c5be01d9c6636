"""Latents at every stop of a multi-rate network: what was measured comes back, and between stops lies the line."""

import numpy as np
import pytest

from tests.kinds import KINDS, made_up_latents, made_up_stops
from vae_explorer.beta_range import BetaRange
from vae_explorer.latents.beta_latents import curve, seen_at

RANGE = BetaRange.parsed("0.25,16")
LATENTS = made_up_latents(KINDS["multi-rate"], 3)
STOPS = made_up_stops(RANGE, LATENTS)


@pytest.mark.parametrize("beta", [0.25, 1.0, 4.0, 16.0, RANGE.stops()[7]])
def test_a_stop_is_what_was_measured_there(beta):
    seen, expected = seen_at(STOPS, beta, LATENTS), LATENTS.mu * 2 / (1 + beta)
    assert np.abs(seen.mu - expected).max() <= STOPS.mu.step
    assert np.abs(seen.nll - (LATENTS.nll + beta)).max() <= STOPS.nll.step
    assert seen.label is LATENTS.label
    assert seen.densities().rate.mean() == pytest.approx(seen.densities().kl_per_dim.sum(), abs=1e-3)


def test_between_two_stops_lies_the_straight_line():
    low, high = RANGE.stops()[12:14]
    ends = [seen_at(STOPS, beta, LATENTS) for beta in (low, high)]
    middle = seen_at(STOPS, float(np.sqrt(low * high)), LATENTS)
    np.testing.assert_allclose(middle.mu, (ends[0].mu + ends[1].mu) / 2, atol=1e-4)
    low_kl, high_kl, kl = (seen.densities().kl_per_dim for seen in (*ends, middle))
    np.testing.assert_allclose(kl, (low_kl + high_kl) / 2, rtol=1e-4)


def test_the_curve_is_the_means_over_the_images():
    found = curve(STOPS)
    assert found.beta.tolist() == list(RANGE.stops())
    np.testing.assert_allclose(found.nll, LATENTS.nll.mean() + found.beta, atol=1e-3)
    assert (np.diff(found.rate) < 0).all()


def test_units_share_their_levels_so_that_one_that_hardly_moves_takes_few():
    moving = STOPS.mu.levels.reshape(-1, 3)
    assert len(np.unique(moving[:, 0])) < len(np.unique(moving[:, 1]))
