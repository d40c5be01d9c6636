"""Neighbours against brute force: torch.distributions for the divergence, a plain loop for distances."""

import numpy as np
import pytest
import torch
from torch.distributions import Independent, Normal, kl_divergence

from tests.kinds import KINDS, Kind, made_up_latents
from vae_explorer.errors import InvalidSetting, UnknownName
from vae_explorer.latents.encoded import Latents
from vae_explorer.latents.neighbours import MEASURES, Codes, euclidean, measures, neighbours, symmetric_kl

PLAIN = made_up_latents(KINDS["ae"], 3)
SPREAD = np.random.default_rng(5).normal(0, 2, (40, 3)).astype(np.float32)
VAE = made_up_latents(Kind(), 3)._replace(logvar=SPREAD)


def posterior(latents: Latents, index: int) -> Independent:
    assert latents.logvar is not None
    mu, logvar = (torch.from_numpy(array[index]).double() for array in (latents.mu, latents.logvar))
    return Independent(Normal(mu, (0.5 * logvar).exp()), 1)


def codes(rows: slice = slice(None)) -> Codes:
    return Codes(VAE.mu[rows].astype(float), SPREAD[rows].astype(float))


def test_symmetric_kl_is_the_mean_of_both_directions():
    one = posterior(VAE, 7)
    others = [posterior(VAE, index) for index in range(40)]
    expected = [float(kl_divergence(one, other) + kl_divergence(other, one)) / 2 for other in others]
    np.testing.assert_allclose(symmetric_kl(codes(slice(7, 8)), codes()), expected, rtol=1e-9, atol=1e-12)


def test_euclidean_is_the_distance_between_mu():
    expected = [np.linalg.norm(VAE.mu[7] - mu) for mu in VAE.mu]
    np.testing.assert_allclose(euclidean(codes(slice(7, 8)), codes()), expected, rtol=1e-5)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("index", [0, 23, 39])
def test_neighbours_are_the_nearest_others(measure, index, monkeypatch):
    distances = MEASURES[measure].distances(codes(slice(index, index + 1)), codes())
    expected = sorted((distance, other) for other, distance in enumerate(distances) if other != index)[:10]
    found = neighbours(VAE, index, 10, measure)
    assert found.indices.tolist() == [other for _, other in expected]
    assert found.distances.tolist() == [distance for distance, _ in expected]
    monkeypatch.setattr("vae_explorer.latents.neighbours.BLOCK", 7)
    assert neighbours(VAE, index, 10, measure).distances.tolist() == found.distances.tolist()


def test_equally_near_ones_keep_their_order_and_the_image_itself_is_none():
    latents = PLAIN._replace(mu=np.zeros((40, 3), np.float32))
    assert neighbours(latents, 2, 4).indices.tolist() == [0, 1, 3, 4]


def test_there_are_at_most_all_others():
    assert len(neighbours(PLAIN, 0, 100).indices) == 39
    one = PLAIN._replace(mu=PLAIN.mu[:1], label=PLAIN.label[:1])
    assert len(neighbours(one, 0, 5).indices) == 0


def test_what_does_not_fit_is_refused():
    with pytest.raises(InvalidSetting, match="no posterior"):
        neighbours(PLAIN, 0, 5, "kl")
    with pytest.raises(InvalidSetting, match="from 0 to 39, not 40"):
        neighbours(PLAIN, 40, 5)
    with pytest.raises(InvalidSetting, match="not 0"):
        neighbours(PLAIN, 0, 0)
    with pytest.raises(UnknownName, match="euclidean, kl"):
        neighbours(PLAIN, 0, 5, "cosine")
    assert measures(PLAIN) == ["euclidean"]
    assert measures(VAE) == ["euclidean", "kl"]
