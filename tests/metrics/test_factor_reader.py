"""What trees read off codes, and how far a change moves what they read."""

import numpy as np
import pytest

from vae_explorer.datasets.images import Factor, Order
from vae_explorer.metrics.factor_reader import coordinates, factor_reader, total_effect
from vae_explorer.metrics.scores.codes import Codes

FACTORS = (Factor("shape", 3, Order.NONE), Factor("angle", 8, Order.CIRCLE), Factor("x", 16))


def drawn(n: int = 2_000, factors: tuple[Factor, ...] = FACTORS) -> np.ndarray:
    return np.random.default_rng(0).integers([factor.size for factor in factors], size=(n, len(factors)))


def codes_of(mu: np.ndarray, values: np.ndarray) -> Codes:
    return Codes(mu, None, values, FACTORS)


def perfect(values: np.ndarray) -> np.ndarray:
    return np.concatenate([coordinates(column, f) for column, f in zip(values.T, FACTORS, strict=True)], axis=1)


def test_a_perfect_code_is_read_right_and_noise_not_at_all():
    values = drawn()
    assert (factor_reader(codes_of(perfect(values), values), 0).quality() > 0.95).all()
    noise = np.random.default_rng(1).standard_normal((len(values), 4))
    assert (factor_reader(codes_of(noise, values), 0).quality() < 0.05).all()


def test_a_factor_is_lost_with_the_unit_that_tells_it_and_no_other():
    values = drawn()
    reader = factor_reader(codes_of(perfect(values), values), 0)
    without = reader.judged_on.mu.copy()
    without[:, -1] = without[:, -1].mean()
    whole, less = reader.quality(), reader.quality(without)
    assert less[2] < 0.05 < 0.95 < whole[2]
    assert np.allclose(whole[:2], less[:2], atol=0.05)


def test_values_that_meet_again_lie_on_a_circle_and_values_without_order_equally_far_apart():
    circle = coordinates(np.arange(8), FACTORS[1])
    assert np.linalg.norm(circle[0] - circle[7]) == pytest.approx(np.linalg.norm(circle[0] - circle[1]))
    shapes = coordinates(np.arange(3), FACTORS[0])
    assert np.linalg.norm(shapes[0] - shapes[2]) == np.linalg.norm(shapes[0] - shapes[1])
    assert coordinates(np.arange(16), FACTORS[2])[[0, -1], 0].tolist() == [0, 1]


def test_the_effect_is_the_share_of_the_variance_that_hangs_on_what_was_changed():
    """Of a + 2 b with independent a and b of one variance, a brings a fifth (Sobol's total index)."""
    a, b, other = np.random.default_rng(0).standard_normal((3, 200_000))
    before, after = a + 2 * b, other + 2 * b
    assert total_effect(before[:, None], after[:, None]) == pytest.approx(0.2, abs=0.005)


@pytest.mark.parametrize("points", [np.zeros((5, 1)), np.arange(10.0).reshape(5, 2)])
def test_what_is_not_moved_has_no_effect(points):
    assert total_effect(points, points) == 0


def test_a_class_that_changes_as_often_as_by_chance_is_wholly_moved():
    rng = np.random.default_rng(0)
    before, after = (coordinates(rng.integers(0, 3, 100_000), FACTORS[0]) for _ in range(2))
    assert total_effect(before, after) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("n", [1, 2, 3])
def test_a_handful_of_images_gives_a_defined_answer(n):
    values = drawn(n)
    quality = factor_reader(codes_of(perfect(values), values), 0).quality()
    assert quality.shape == (3,)
    assert np.isfinite(quality).all()
