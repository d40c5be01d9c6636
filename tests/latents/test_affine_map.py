"""The best affine map between codes: exact where there is one, least squares else, measured on other images."""

import numpy as np
import pytest

from vae_explorer.errors import InvalidSetting
from vae_explorer.latents.affine_map import affine_map

N, D, E = 600, 5, 3


@pytest.fixture
def mu() -> np.ndarray:
    return np.random.default_rng(0).standard_normal((N, D)).astype(np.float32)


def test_a_known_affine_relation_is_recovered(mu):
    rng = np.random.default_rng(1)
    weights, bias = rng.standard_normal((D, E)), rng.standard_normal(E)
    found = affine_map(mu, mu @ weights + bias)
    np.testing.assert_allclose(found.weights, weights, atol=1e-5)
    np.testing.assert_allclose(found.bias, bias, atol=1e-5)
    assert found.r2 == pytest.approx(1, abs=1e-9)
    np.testing.assert_allclose(found(mu[:7]), mu[:7] @ weights + bias, atol=1e-5)


def test_it_is_numpys_least_squares_on_every_second_image(mu):
    other = np.tanh(mu[:, :E]) + 0.3 * np.random.default_rng(2).standard_normal((N, E))
    design = np.column_stack([mu[::2], np.ones(N // 2)]).astype(float)
    expected = np.linalg.lstsq(design, other[::2], rcond=None)[0]
    found = affine_map(mu, other)
    np.testing.assert_allclose(found.weights, expected[:-1], atol=1e-6)
    np.testing.assert_allclose(found.bias, expected[-1], atol=1e-6)


def test_r2_is_of_the_images_between(mu):
    other = mu[:, :E].astype(float) + np.random.default_rng(3).standard_normal((N, E))
    found = affine_map(mu, other)
    held_out = other[1::2]
    left = ((held_out - found(mu[1::2])) ** 2).sum() / ((held_out - held_out.mean(axis=0)) ** 2).sum()
    assert found.r2 == pytest.approx(1 - left)
    spoiled = other.copy()
    spoiled[1::2] = np.random.default_rng(4).standard_normal((N // 2, E))
    assert affine_map(mu, spoiled).weights == pytest.approx(found.weights)
    assert affine_map(mu, spoiled).r2 < 0


def test_collapsed_units_on_either_side_do_no_harm(mu):
    still = mu.copy()
    still[:, 0] = 0
    assert affine_map(still, mu[:, 1:]).r2 == pytest.approx(1, abs=1e-9)
    assert affine_map(mu, np.zeros((N, E))).r2 == 1
    assert affine_map(np.zeros((N, D)), mu).r2 == pytest.approx(0, abs=0.02)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (np.zeros((8, 2)), np.zeros((9, 2))),
        (np.zeros((3, 2)), np.zeros((3, 2))),
        (np.full((8, 2), np.nan), np.zeros((8, 2))),
        (np.zeros(8), np.zeros((8, 2))),
    ],
)
def test_codes_that_have_no_map_are_refused(ours, theirs):
    with pytest.raises(InvalidSetting):
        affine_map(ours, theirs)
