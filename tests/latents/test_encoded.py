"""Latents of plain autoencoders and learned priors: what they have is measured, what they lack is said."""

import numpy as np
import pytest

from tests.kinds import KINDS, Kind, made_up_latents
from vae_explorer.errors import UnknownName
from vae_explorer.latents.encoded import (
    PriorMixture,
    column,
    prior_codes,
    prior_spread,
    unit_variances,
    units_by_information,
)

PLAIN = made_up_latents(KINDS["ae"], 3)
VAE = made_up_latents(Kind(), 3)


def test_units_are_ranked_by_kl_or_by_how_far_mu_varies():
    latents = PLAIN._replace(mu=PLAIN.mu[:, [0, 2, 1]])
    assert units_by_information(latents) == [2, 1, 0]
    assert np.diff(unit_variances(latents)[[2, 1, 0]]).max() < 0
    assert units_by_information(VAE._replace(kl_per_dim=np.array([0.5, 3.0, 0.5]))) == [1, 0, 2]


def test_a_column_that_an_autoencoder_lacks_is_refused_with_what_there_is():
    assert np.array_equal(column(PLAIN, "nll"), PLAIN.nll)
    assert np.array_equal(column(PLAIN, "mu-2"), PLAIN.mu[:, 2])
    for name in ("rate", "logvar-0", "sigma-0"):
        assert len(column(VAE, name)) == len(VAE.label)
        with pytest.raises(UnknownName, match=r"known are label, nll, mu-0…, distance-0…\.$"):
            column(PLAIN, name)
    with pytest.raises(UnknownName, match="label, nll, rate, mu-0…, logvar-0…, sigma-0…, dist"):
        column(VAE, "kl")


def test_sigma_and_distance_are_what_they_say():
    narrow = VAE._replace(logvar=np.log(np.arange(1, 121, dtype=np.float32).reshape(40, 3) ** 2))
    np.testing.assert_allclose(column(narrow, "sigma-1"), np.arange(2, 121, 3), rtol=1e-5)
    distances = column(PLAIN, "distance-39")
    np.testing.assert_allclose(distances, [np.sqrt(((mu - PLAIN.mu[39]) ** 2).sum()) for mu in PLAIN.mu], rtol=1e-5)
    assert distances[39] == 0


@pytest.mark.parametrize(
    "name", ["distance-40", "distance", "distance--1", "distance-", "mu-3", "mu-٣", "sigma-999999999"]
)
def test_a_number_beyond_a_family_is_no_column(name):
    with pytest.raises(UnknownName, match="no column"):
        column(VAE, name)


MIXTURE = PriorMixture(
    np.array([0.7, 0.3], np.float32),
    np.array([[10, 0, 0], [-10, 0, 5]], np.float32),
    np.log(np.array([[0.25, 1, 4], [0.25, 1, 4]], np.float32)),
)


def test_codes_of_a_mixture_are_its_draws_and_depend_on_the_seed_alone():
    eps = np.random.default_rng(4).standard_normal((20_000, 3))
    z = prior_codes(MIXTURE, eps, 4)
    first = z[:, 0] > 0
    assert first.mean() == pytest.approx(0.7, abs=0.02)
    np.testing.assert_allclose(z[first], MIXTURE.mu[0] + [0.5, 1, 2] * eps[first], atol=1e-5)
    np.testing.assert_allclose(z[~first], MIXTURE.mu[1] + [0.5, 1, 2] * eps[~first], atol=1e-5)
    assert np.array_equal(z, prior_codes(MIXTURE, eps, 4))
    assert not np.array_equal(first, prior_codes(MIXTURE, eps, 5)[:, 0] > 0)


def test_eps_of_the_same_seed_does_not_choose_the_component():
    eps = [np.random.default_rng(seed).standard_normal((1, 3)) for seed in range(600)]
    first = np.array([prior_codes(MIXTURE, one, seed)[0, 0] > 0 for seed, one in enumerate(eps)])
    positive = np.array([one[0, 0] > 0 for one in eps])
    assert abs(first[positive].mean() - first[~positive].mean()) < 0.12


def test_codes_are_looked_for_where_the_prior_or_mu_has_them():
    assert [array.tolist() for array in prior_spread(VAE)] == [[0, 0, 0], [1, 1, 1]]
    draws = prior_codes(MIXTURE, np.random.default_rng(0).standard_normal((200_000, 3)), 0)
    spread = prior_spread(VAE._replace(prior=MIXTURE))
    np.testing.assert_allclose(spread.mean, draws.mean(0), atol=0.1)
    np.testing.assert_allclose(spread.deviation, draws.std(0), rtol=0.02)
    plain = prior_spread(PLAIN)
    np.testing.assert_allclose(plain.mean, PLAIN.mu.mean(0), rtol=1e-6)
    np.testing.assert_allclose(plain.deviation, [0.1, PLAIN.mu[:, 1].std(), 0.1], rtol=1e-5)
