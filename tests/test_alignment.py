"""Units are matched whatever their order, sign and scale, and what is collapsed is not matched."""

import numpy as np
import pytest
from scipy import stats

from vae_explorer.alignment import Alignment, Correlation, alignment, correlations
from vae_explorer.errors import InvalidSetting

N, D = 500, 6


@pytest.fixture
def mu() -> np.ndarray:
    return np.random.default_rng(0).standard_normal((N, D)).astype(np.float32)


@pytest.mark.parametrize("kind", Correlation)
@pytest.mark.parametrize("seed", range(5))
def test_a_permuted_flipped_and_rescaled_model_is_the_same_model(mu, kind, seed):
    rng = np.random.default_rng(seed)
    order, signs, scales = rng.permutation(D), rng.choice([-1, 1], D), rng.uniform(0.1, 10, D)
    other = np.empty_like(mu)
    other[:, order] = mu * signs * scales + rng.standard_normal(D)
    found = alignment(mu, other, kind=kind)
    assert {match.unit: match.other for match in found.matches} == dict(enumerate(order))
    assert {match.unit: match.sign for match in found.matches} == dict(enumerate(signs.tolist()))
    assert all(abs(match.correlation) == pytest.approx(1, abs=1e-6) for match in found.matches)
    assert found.unmatched == found.other_unmatched == ()


def test_correlations_are_those_of_numpy_and_scipy(mu):
    other = mu[:, :3] ** 3 + mu[:, 3:] * 0.2
    pearson = np.corrcoef(mu.T, other.T)[:D, D:]
    np.testing.assert_allclose(correlations(mu, other), pearson, atol=1e-5)
    spearman = np.corrcoef(stats.rankdata(mu, axis=0).T, stats.rankdata(other, axis=0).T)[:D, D:]
    np.testing.assert_allclose(correlations(mu, other, Correlation.SPEARMAN), spearman, atol=1e-5)


def test_all_units_are_matched_at_once_rather_than_each_to_its_best(mu):
    noise = mu[:, 2]
    first, second = mu[:, 0] + 0.5 * noise, mu[:, 0] - 0.6 * noise  # both most like unit 0 of the other
    other = np.stack([mu[:, 0], noise], 1)
    found = alignment(np.stack([first, second], 1), other)
    assert sorted(match.other for match in found.matches) == [0, 1]
    assert {(match.unit, match.other, match.sign) for match in found.matches} == {(0, 0, 1), (1, 1, -1)}


def test_collapsed_and_surplus_units_are_left_unmatched(mu):
    constant = mu.copy()
    constant[:, 4] = 0.5
    found = alignment(constant, mu[:, :3], alive=np.array([True, True, False, True, True, True]))
    assert len(found.matches) == 3
    assert {2, 4} <= set(found.unmatched)
    assert found.of(2) is None
    assert found.other_unmatched == ()
    assert found.swapped().swapped() == found
    assert found.swapped().unmatched == ()


def test_nothing_to_match_is_an_answer(mu):
    assert alignment(np.zeros_like(mu), mu) == Alignment((), tuple(range(D)), tuple(range(D)))


def test_codes_of_other_images_are_refused(mu):
    with pytest.raises(InvalidSetting, match=r"500 and 499 images: encode both models on one split"):
        alignment(mu, mu[:-1])
    with pytest.raises(InvalidSetting, match="must be finite"):
        alignment(mu, np.full_like(mu, np.nan))
