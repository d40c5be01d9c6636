import numpy as np
import pytest
from sklearn import manifold
from sklearn.neighbors import NearestNeighbors

from vae_explorer.errors import InvalidSetting
from vae_explorer.projections import trust
from vae_explorer.projections.nearest import LEAST_UNITS, nearest
from vae_explorer.projections.settings import METRICS


@pytest.mark.parametrize("units", [3, 10, 40])
@pytest.mark.parametrize("metric", METRICS)
def test_neighbours_are_those_of_scikit_learn(rng, metric, units):
    data, queries = rng.normal(size=(300, units)) + 0.3, rng.normal(size=(20, units))
    distances, indices = NearestNeighbors(n_neighbors=7, metric=metric, algorithm="brute").fit(data).kneighbors(queries)
    found = nearest(data, queries, 7, metric)
    assert np.array_equal(found.indices, indices)
    assert found.distances == pytest.approx(distances, abs=1e-6)


def test_one_neighbour_is_a_column_too(rng):
    data = rng.normal(size=(5, 2))
    assert np.array_equal(nearest(data, data, 1).indices, np.arange(5)[:, None])


@pytest.mark.parametrize("metric", METRICS)
def test_too_few_units_or_points_are_refused(rng, metric):
    data = rng.normal(size=(6, max(LEAST_UNITS[metric] - 1, 1)))
    if LEAST_UNITS[metric] > 1:
        with pytest.raises(InvalidSetting, match="latent unit"):
            nearest(data, data, 2, metric)
    with pytest.raises(InvalidSetting, match="neighbours"):
        nearest(data, data, 7, metric)


@pytest.mark.parametrize("metric", METRICS)
def test_trustworthiness_is_that_of_scikit_learn(rng, metric):
    mu = rng.normal(size=(200, 5))
    xy = mu[:, :2] + 0.1 * rng.normal(size=(200, 2))
    found = trust.trustworthiness(mu, xy, metric)
    assert found.sampled == 200
    reference = manifold.trustworthiness(mu, xy, n_neighbors=found.neighbours, metric=metric)
    assert found.value == pytest.approx(reference, abs=1e-9)


def test_a_sample_estimates_the_whole(rng):
    mu = rng.normal(size=(900, 6))
    xy = mu[:, :2] + 0.3 * rng.normal(size=(900, 2))
    whole = trust.trustworthiness(mu, xy)
    sampled = trust.trustworthiness(mu, xy, most=300)
    assert sampled.sampled == 300
    assert sampled.value != whole.value
    assert sampled.value == pytest.approx(whole.value, abs=0.02)


def test_points_in_one_place_and_few_points_have_a_finite_trust():
    assert np.isfinite(trust.trustworthiness(np.ones((30, 3)), np.ones((30, 2))).value)
    for n in (2, 3, 5):
        value = trust.trustworthiness(np.arange(n)[:, None] * np.ones((1, 3)), np.arange(n)[:, None] * np.ones((1, 2)))
        assert value.value == pytest.approx(1)
