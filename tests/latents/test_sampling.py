import numpy as np
import pytest
from scipy.special import logsumexp
from scipy.stats import kstest, multivariate_normal
from sklearn.mixture import GaussianMixture

from vae_explorer.bounds import MAX_SEED
from vae_explorer.errors import InvalidSetting
from vae_explorer.latents.sampling import FittedMixture, draw, fit_mixture, standard_normal

KNOWN = FittedMixture(
    np.array([0.2, 0.5, 0.3]),
    np.array([[-8.0, 0], [0, 5], [9, -3]]),
    np.array([[[1.0, 0.6], [0.6, 1]], [[0.3, 0], [0, 2]], [[1.5, -0.8], [-0.8, 0.9]]]),
)


def moments(mixture: FittedMixture):
    """Mean [D] and covariance [D, D] of a mixture in closed form."""
    mean = mixture.weights @ mixture.mean
    apart = mixture.mean - mean
    within = np.einsum("k,kij->ij", mixture.weights, mixture.covariance)
    return mean, within + np.einsum("k,ki,kj->ij", mixture.weights, apart, apart)


def log_likelihood(mixture: FittedMixture, z: np.ndarray) -> float:
    """Mean log density of codes, in nats."""
    parts = zip(mixture.weights, mixture.mean, mixture.covariance, strict=True)
    return logsumexp([np.log(w) + multivariate_normal(m, c).logpdf(z) for w, m, c in parts], axis=0).mean()


def test_draws_have_the_mixtures_mean_and_covariance():
    z = draw(KNOWN, 200_000, seed=0)
    mean, covariance = moments(KNOWN)
    assert z.shape == (200_000, 2)
    assert z.dtype == np.float32
    assert z.mean(axis=0, dtype=float) == pytest.approx(mean, abs=0.06)
    assert np.cov(z.astype(float), rowvar=False) == pytest.approx(covariance, rel=0.02)


def test_draws_of_one_component_have_its_shape():
    z = draw(KNOWN, 100_000, seed=1).astype(float)
    nearest = ((z[:, None] - KNOWN.mean) ** 2).sum(-1).argmin(1)
    for k in range(3):
        own = z[nearest == k]
        assert len(own) / len(z) == pytest.approx(KNOWN.weights[k], abs=0.01)
        assert own.mean(axis=0) == pytest.approx(KNOWN.mean[k], abs=0.05)
        assert np.cov(own, rowvar=False) == pytest.approx(KNOWN.covariance[k], abs=0.06)


def test_a_fit_recovers_the_mixture_its_codes_come_from():
    fitted = fit_mixture(draw(KNOWN, 20_000, seed=2), None, components=3)
    order = fitted.mean[:, 0].argsort()
    assert fitted.weights[order] == pytest.approx(KNOWN.weights, abs=0.015)
    assert fitted.mean[order] == pytest.approx(KNOWN.mean, abs=0.08)
    assert fitted.covariance[order] == pytest.approx(KNOWN.covariance, abs=0.1)


def test_one_component_is_the_mean_and_covariance_of_the_codes(rng):
    mu = rng.normal(size=(500, 3)) @ rng.normal(size=(3, 3)) * [1, 100, 0.01] + 7
    fitted = fit_mixture(mu, None, components=1)
    assert fitted.weights == pytest.approx([1])
    assert fitted.mean[0] == pytest.approx(mu.mean(axis=0))
    floor = np.diag(1e-6 * mu.var(axis=0))
    assert fitted.covariance[0] == pytest.approx(np.cov(mu, rowvar=False, bias=True) + floor)


def test_the_posteriors_spread_is_part_of_what_is_fitted():
    mu, logvar = np.zeros((20_000, 2)), np.tile(np.log([4.0, 0.25]), (20_000, 1))
    fitted = fit_mixture(mu, logvar, components=1)
    assert fitted.mean[0] == pytest.approx([0, 0], abs=0.05)
    assert fitted.covariance[0] == pytest.approx(np.diag([4, 0.25]), abs=0.12)


def test_ten_components_explain_held_out_codes_better_than_one():
    fit, held_out = draw(KNOWN, 4000, seed=3), draw(KNOWN, 4000, seed=4)
    one, ten = (log_likelihood(fit_mixture(fit, None, k), held_out) for k in (1, 10))
    assert ten > one + 0.5
    assert ten == pytest.approx(log_likelihood(KNOWN, held_out), abs=0.05)


def test_a_fit_explains_codes_as_well_as_scikit_learn_on_the_same_codes():
    mu = draw(KNOWN, 3000, seed=5).astype(float)
    reference = GaussianMixture(3, random_state=0, max_iter=500).fit(mu)
    assert log_likelihood(fit_mixture(mu, None, 3), mu) == pytest.approx(reference.score(mu), abs=1e-3)


def test_the_scale_of_codes_does_not_hang_on_the_floor_under_variances():
    mu = draw(KNOWN, 2000, seed=6).astype(float)
    small, plain = fit_mixture(mu * 1e-5, None, 3), fit_mixture(mu, None, 3)
    assert small.mean * 1e5 == pytest.approx(plain.mean, rel=1e-6)
    assert small.covariance * 1e10 == pytest.approx(plain.covariance, rel=1e-6)


def test_more_images_than_the_limit_are_sampled_from_all_of_them():
    mu = np.linspace(-1, 1, 5000)[:, None]
    fitted = fit_mixture(mu, None, 1, most=500)
    assert fitted.mean[0, 0] == pytest.approx(0, abs=0.1)
    assert fitted.mean[0, 0] != pytest.approx(mu.mean(), abs=1e-9)
    assert fitted.covariance[0, 0, 0] == pytest.approx(1 / 3, abs=0.06)


def test_collapsed_units_and_as_many_components_as_codes_still_give_a_mixture(rng):
    mu = np.column_stack([rng.normal(size=12), np.full(12, 3.0)])
    fitted = fit_mixture(mu, None, 12)
    assert np.linalg.eigvalsh(fitted.covariance).min() > 0
    assert draw(fitted, 50, 0)[:, 1] == pytest.approx(np.full(50, 3), abs=0.01)


def test_seeds_decide_every_draw():
    mu, logvar = draw(KNOWN, 300, 0), np.zeros((300, 2))
    first, again, other = (fit_mixture(mu, logvar, 2, seed) for seed in (MAX_SEED, MAX_SEED, 1))
    assert np.array_equal(first.mean, again.mean)
    assert not np.array_equal(first.mean, other.mean)
    assert np.array_equal(draw(KNOWN, 9, 4), draw(KNOWN, 9, 4))
    assert not np.array_equal(draw(KNOWN, 9, 4), draw(KNOWN, 9, 5))
    assert np.array_equal(standard_normal(9, 3, 4), standard_normal(9, 3, 4))
    assert not np.array_equal(standard_normal(9, 3, 4), standard_normal(9, 3, 5))


def test_the_priors_draws_are_standard_normal():
    z = standard_normal(20_000, 3, seed=0)
    assert z.dtype == np.float32
    assert np.cov(z.astype(float), rowvar=False) == pytest.approx(np.eye(3), abs=0.04)
    assert all(kstest(unit, "norm").pvalue > 0.01 for unit in z.T)


@pytest.mark.parametrize("components", [0, -1, 21])
def test_components_outside_one_to_the_codes_are_refused(components, rng):
    with pytest.raises(InvalidSetting, match="components must be from 1 to 20"):
        fit_mixture(rng.normal(size=(20, 2)), None, components)


def test_equal_codes_count_once():
    with pytest.raises(InvalidSetting, match="from 1 to 2 distinct codes"):
        fit_mixture(np.repeat(np.eye(2), 50, axis=0), None, 3)


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_codes_that_are_not_finite_are_refused(value, rng):
    good, bad = rng.normal(size=(20, 2)), rng.normal(size=(20, 2))
    bad[4, 1] = value
    for mu, logvar in ((bad, None), (bad, good), (good, bad)):
        with pytest.raises(InvalidSetting, match="finite"):
            fit_mixture(mu, logvar, 1)


def test_draws_that_cannot_be_are_refused(rng):
    mu = rng.normal(size=(20, 2))
    refused = [
        lambda: fit_mixture(mu[0], None, 1),
        lambda: fit_mixture(mu[:1], None, 1),
        lambda: fit_mixture(mu, mu[:, :1], 1),
        lambda: fit_mixture(mu, None, 1, seed=-1),
        lambda: draw(KNOWN, 0, 0),
        lambda: fit_mixture(mu, None, 1, seed=MAX_SEED + 1),
        lambda: draw(KNOWN, 5, -1),
        lambda: draw(KNOWN, 5, MAX_SEED + 1),
        lambda: standard_normal(0, 2, 0),
        lambda: standard_normal(5, 0, 0),
        lambda: standard_normal(5, 2, -1),
    ]
    for attempt in refused:
        with pytest.raises(InvalidSetting):
            attempt()
