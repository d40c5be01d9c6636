"""Charts against brute force, on both sides of every threshold."""

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from vae_explorer.checkpoints import catalogue
from vae_explorer.projections.chart import MapChart, PlaneChart, SpaceChart
from vae_explorer.projections.cloud import BLOCK, FAR, SAMPLE, Cloud
from vae_explorer.projections.nearest import TREE_UNITS
from vae_explorer.projections.planes import pca_plane, unit_plane

pytestmark = pytest.mark.thorough

DIMS = (1, 2, TREE_UNITS, TREE_UNITS + 1, 64, 512)


def fitted(mu):
    """A made-up map: the latents' first principal plane, bent."""
    xy = pca_plane(mu).project(mu)
    return MapChart(Cloud(np.stack([xy[:, 0] + xy[:, -1] ** 2, xy[:, -1]], axis=1).astype(np.float32)), Cloud(mu))


def plane(mu):
    return PlaneChart(pca_plane(mu), Cloud(mu))


def blended(places, points, values, k=8):
    """The distance-weighted mean of the k nearest, one place at a time."""
    rows = []
    for place in places:
        d = np.sqrt(((points - place) ** 2).sum(1))
        near = d.argsort()[:k]
        rows.append((values[near] / d[near, None] ** 2).sum(0) / (1 / d[near] ** 2).sum())
    return np.array(rows)


def remote(places, points):
    """Distance to the nearest, over the median and over the 95th percentile of the points' own."""
    own = np.sort(cdist(points, points), axis=1)[:, 1]
    return cdist(places, points).min(1) / np.percentile(own, (50, 95))[:, None]


@pytest.mark.parametrize("dim", DIMS)
@pytest.mark.parametrize("n", [1, 3, BLOCK, 700])
def test_the_nearest_are_those_of_brute_force(rng, dim, n):
    points = (rng.normal(size=(n, dim)) + 50).astype(np.float32)
    places = rng.normal(size=(70, dim)) * 2 + 50
    found, distances = Cloud(points).nearest(places, 8), cdist(places, points)
    assert found.indices.shape == (70, min(8, n))
    np.testing.assert_allclose(found.distances, np.sort(distances, axis=1)[:, :8], rtol=1e-6)
    np.testing.assert_allclose(found.distances, np.take_along_axis(distances, found.indices, 1), rtol=1e-6)


@pytest.mark.parametrize("dim", DIMS)
def test_a_fitted_map_blends_as_brute_force_does(rng, dim):
    mu = rng.normal(size=(400, dim)).astype(np.float32)
    chart = fitted(mu)
    xy, z = rng.uniform(-4, 4, (50, 2)), rng.normal(size=(50, dim))
    np.testing.assert_allclose(chart.lift(xy), blended(xy, chart.map.points, mu), rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(chart.place(z), blended(z, mu, chart.map.points), rtol=1e-5, atol=1e-6)
    there, here = remote(z, mu), remote(xy, chart.map.points)
    np.testing.assert_allclose(chart.distance(z, xy), np.where(there[1] >= here[1], there, here), rtol=1e-5)


@pytest.mark.parametrize("dim", DIMS)
def test_a_data_point_is_exact_both_ways(rng, dim):
    mu = rng.normal(size=(300, dim)).astype(np.float32)
    chart = fitted(mu)
    np.testing.assert_allclose(chart.lift(chart.map.points), mu, rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(chart.place(mu), chart.map.points, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("dim", DIMS)
def test_a_plane_is_exact_both_ways_and_through_any_code(rng, dim):
    mu = rng.normal(size=(300, dim)) @ rng.normal(size=(dim, dim)) / dim + 3
    chart, xy, code = plane(mu), rng.normal(size=(40, 2)) * [1, dim > 1], rng.normal(size=dim)
    for one in (chart, chart.through(code)):
        np.testing.assert_allclose(one.place(one.lift(xy)), xy, atol=1e-9)
    moved = chart.through(code)
    np.testing.assert_allclose(moved.lift(moved.place(code[None]))[0], code, atol=1e-9)
    np.testing.assert_allclose(moved.place(mu), chart.place(mu), atol=1e-9)
    np.testing.assert_allclose(chart.lift(np.zeros((1, 2)))[0], mu.mean(0), atol=1e-9)
    np.testing.assert_allclose(chart.distance(code[None], xy[:1]), remote(code[None], mu), rtol=1e-5)


@pytest.mark.parametrize("dim", DIMS)
def test_the_whole_of_latent_space_is_its_own_chart(rng, dim):
    mu, z = rng.normal(size=(300, dim)).astype(np.float32), rng.normal(size=(40, dim)) * 3
    chart = SpaceChart(Cloud(mu))
    assert chart.place(z) is z
    np.testing.assert_allclose(chart.distance(z, z), remote(z, mu), rtol=1e-5)
    assert not chart.distance(mu, mu).times.any()


def test_a_hole_is_one_of_the_whole_space_though_points_lie_over_it(rng):
    """A ring of codes, and others high above its middle: seen on the ring's plane, the middle looks full."""
    angle = rng.uniform(0, 2 * np.pi, 2000)
    ring = np.stack([np.cos(angle), np.sin(angle), 0 * angle], axis=1) + 0.02 * rng.normal(size=(2000, 3))
    both = np.concatenate([ring, rng.normal(size=(2000, 3)) * 0.02 + [0, 0, 2]]).astype(np.float32)
    chart = PlaneChart(unit_plane((0, 1), 3), Cloud(both))
    middle, rim = chart.distance(chart.lift(np.array([[0, 0], [1, 0]])), np.zeros((2, 2))).unusual
    assert middle > 3
    assert rim <= 1


@pytest.mark.parametrize("kind", [plane, fitted])
def test_unseen_data_is_near_and_empty_places_are_far(rng, kind):
    centres = rng.normal(size=(10, 10)) * 2
    seen, unseen = (centres[rng.integers(0, 10, 2 * SAMPLE)] + rng.normal(size=(2 * SAMPLE, 10)) for _ in range(2))
    chart = kind(seen)
    near = chart.distance(unseen, chart.place(unseen))
    assert 0.85 <= (near.unusual <= 1).mean() <= 0.99
    assert 0.35 <= (near.times <= 1).mean() <= 0.75
    for scale in (10, 1000):
        xy = chart.place(seen).std(0) * [[scale, scale], [-scale, scale]]
        assert (chart.distance(chart.lift(xy), xy).unusual >= 3).all()


def test_pretrained_latents_hold_out_half():
    mu = catalogue.LATENTS.get(catalogue.find("mnist-conv-z10-b1")).mu
    chart = MapChart(Cloud(pca_plane(mu).project(mu[::2])), Cloud(mu[::2]))
    assert 0.85 <= (chart.distance(mu[1::2], chart.place(mu[1::2])).unusual <= 1).mean() <= 0.99
    corners = np.abs(chart.map.points).max() * np.array([[3, 3], [-3, 3], [3, -3], [-3, -3]])
    assert (chart.distance(chart.lift(corners), corners).unusual >= 3).all()


@pytest.mark.parametrize("kind", [plane, fitted])
@pytest.mark.parametrize("value", [0.0, 0.1, -7e4])
@pytest.mark.parametrize(("n", "dim"), [(1, 1), (1, 40), (7, 3), (600, 2), (600, 40)])
def test_one_point_or_many_in_one_place_give_finite_figures(kind, value, n, dim):
    mu = np.full((n, dim), value, np.float32)
    chart = kind(mu)
    xy = np.array([[0, 0], [1e6, -1e6]])
    z = np.concatenate([mu[:1], np.full((1, dim), 1e6)])
    assert np.isfinite(chart.lift(xy)).all()
    assert np.isfinite(chart.place(z)).all()
    for at, away in chart.distance(z, chart.place(z)):
        assert at == 0
        assert 10 < away <= FAR


def test_codes_in_one_place_are_as_far_apart_as_they_are_blurred():
    collapsed = np.zeros((360, 2), np.float32)
    collapsed[0] = 0.5
    near, far = np.array([[0.004, 0.0]]), np.array([[3.0, 0.0]])
    cloud = Cloud(collapsed, blur=1.0)
    assert cloud.remoteness(near).times < 0.01
    assert cloud.remoteness(far).unusual > 2
    assert Cloud(collapsed).remoteness(near).times > 100
    apart = np.linspace(0, 1, 50)[:, None]
    assert Cloud(apart, blur=1.0).remoteness(near[:, :1]) == Cloud(apart).remoteness(near[:, :1])


def test_the_sample_stands_for_all(rng):
    points = rng.normal(size=(3 * SAMPLE, 3))
    places = rng.normal(size=(5, 3)) * 3
    np.testing.assert_allclose(Cloud(points).remoteness(places), remote(places, points), rtol=0.05)
