"""What units have to do with factors: each matrix against its definition, and a unit along a factor."""

import numpy as np
import pytest
from sklearn.metrics import normalized_mutual_info_score

from vae_explorer.datasets import sprites
from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.factor_matrix import MATRICES, correlation_ratios, information_shares, profile

N, UNITS = 3_000, 6


@pytest.fixture(scope="module")
def codes() -> Codes:
    """Unit f follows factor f, the last is noise."""
    rng = np.random.default_rng(0)
    values = sprites.factor_values(rng.integers(sprites.TOTAL, size=N))
    mu = np.concatenate([values - values.mean(0), rng.standard_normal((N, 1))], 1).astype(np.float32)
    return Codes(mu, None, values, sprites.FACTORS)


@pytest.fixture(scope="module")
def matrices(codes) -> dict[str, np.ndarray]:
    return {name: row.measure(codes) for name, row in MATRICES.items()}


@pytest.mark.parametrize("name", MATRICES)
def test_a_unit_that_is_a_factor_is_told_from_noise(matrices, name):
    found = matrices[name]
    assert found.shape == (5, UNITS)
    assert ((found >= 0) & (found <= 1)).all()
    assert found[:, :5].argmax(1).tolist() == list(range(5))
    assert (np.diag(found) > 0.4).all()
    assert (found[:, 5] < np.diag(found) / 2).all()
    assert MATRICES[name].about.endswith(".")


@pytest.mark.parametrize("name", MATRICES)
def test_order_and_sign_of_units_mean_nothing(codes, matrices, name):
    order = np.array([3, 5, 0, 1, 4, 2])
    turned = Codes(-codes.mu[:, order], None, codes.values, codes.factors)
    found = MATRICES[name].measure(turned)
    np.testing.assert_allclose(found, matrices[name][:, order], atol=0.12 if name == "importance" else 0.02)


@pytest.mark.parametrize("name", MATRICES)
def test_constant_codes_have_nothing_to_do_with_any_factor(codes, name):
    still = Codes(np.zeros((N, 2), np.float32), None, codes.values, codes.factors)
    assert not MATRICES[name].measure(still).any()


def test_shares_of_information_are_those_of_scikit_learn(codes):
    scale = codes.values[:, 1]
    wanted = normalized_mutual_info_score(scale, scale, average_method="min")
    assert information_shares(codes)[1, 1] == pytest.approx(wanted, abs=1e-6)


def test_a_correlation_ratio_is_the_root_of_the_explained_variance(codes):
    mu, values = codes.mu[:, 4].astype(float), codes.values[:, 3]
    means = {value: mu[values == value].mean() for value in np.unique(values)}
    fitted = np.array([means[value] for value in values])
    assert correlation_ratios(codes)[3, 4] == pytest.approx(fitted.std() / mu.std())


def test_a_profile_is_the_quartiles_of_each_value(codes):
    found = profile(codes, 5, 1)
    assert found.values.tolist() == list(range(6))
    assert found.quartiles.shape == (3, 6)
    lie = codes.mu[codes.values[:, 1] == 2, 5]
    np.testing.assert_allclose(found.quartiles[:, 2], np.quantile(lie, [0.25, 0.5, 0.75]))
    assert (np.diff(found.quartiles, axis=0) >= 0).all()
