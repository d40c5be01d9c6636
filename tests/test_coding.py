import dataclasses

import numpy as np
import pytest
import torch

from tests.conftest import tiny_config
from vae_explorer import coding, models
from vae_explorer.errors import InvalidSetting, UnknownName
from vae_explorer.latents.encoded import column, units_by_information
from vae_explorer.metrics.aggregate import aggregate_posterior
from vae_explorer.metrics.evaluation import bits_per_pixel, evaluation
from vae_explorer.models.likelihoods import bernoulli_nll
from vae_explorer.objectives import elbo_terms


@pytest.fixture
def model():
    return models.build(tiny_config(), seed=2)


def test_latents_hold_the_terms_of_the_elbo(model, digits):
    latents = coding.encode_set(model, digits, seed=4)
    x = torch.from_numpy(digits.images).float() / 255
    with torch.no_grad():
        terms = elbo_terms(model, model(x, model.eps(len(x), torch.Generator().manual_seed(4))), x)
    np.testing.assert_allclose(latents.nll, terms.nll.numpy(), rtol=1e-4)
    assert latents.rate is not None
    assert terms.rate is not None
    assert terms.elbo is not None
    np.testing.assert_allclose(latents.rate, terms.rate.numpy(), rtol=1e-4)
    measured = evaluation(latents)
    assert measured.elbo == pytest.approx(terms.elbo.mean().item(), rel=1e-4)
    assert measured.rate == pytest.approx(sum(measured.kl_per_dim or ()), rel=1e-4)
    assert (measured.n, measured.split, measured.seed) == (len(digits), "test", 4)


def test_active_units_are_those_whose_mu_moves(model, digits):
    latents = coding.encode_set(model, digits)
    mu = latents.mu.copy()
    mu[:, 1] = 0.3
    mu[:, 0] = np.linspace(-1, 1, len(mu))
    mu[:, 2] = 0.09 * np.sign(mu[:, 0])
    assert evaluation(latents._replace(mu=mu)).active_units == 1


def test_permuting_units_permutes_what_is_measured(model, digits):
    latents = coding.encode_set(model, digits)
    order = [2, 0, 1]
    assert latents.kl_per_dim is not None
    shuffled = latents._replace(mu=latents.mu[:, order], kl_per_dim=latents.kl_per_dim[order])
    assert evaluation(shuffled).kl_per_dim == tuple(np.array(evaluation(latents).kl_per_dim)[order])
    assert [order[unit] for unit in units_by_information(shuffled)] == units_by_information(latents)


def test_decode_gives_probabilities_and_refuses_misfits(model):
    z = np.random.default_rng(0).normal(size=(5, 3))
    images = coding.decode(model, z)
    assert images.shape == (5, 1, 28, 28)
    assert images.min() >= 0
    assert images.max() <= 1
    np.testing.assert_allclose(images[2:3], coding.decode(model, z[2:3]), atol=1e-6)
    for bad in (z[:, :2], z[0], np.full((1, 3), np.nan)):
        with pytest.raises(InvalidSetting):
            coding.decode(model, bad)


def test_encode_gives_mu_and_refuses_misfits(model, digits):
    images = digits.images[:7] / 255
    np.testing.assert_allclose(coding.encode(model, images), coding.encode_set(model, digits).mu[:7], atol=1e-5)
    for bad in (images[:, :, 1:], images[0], images[:, 0]):
        with pytest.raises(InvalidSetting, match=r"images must be \[M, 1, 28, 28\], not"):
            coding.encode(model, bad)
    with pytest.raises(InvalidSetting, match="takes no class"):
        coding.encode(model, images, np.zeros(7, np.int64))


def test_columns_by_name(model, digits):
    latents = coding.encode_set(model, digits)
    assert np.array_equal(column(latents, "label"), digits.labels)
    assert np.array_equal(column(latents, "mu-2"), latents.mu[:, 2])
    assert latents.logvar is not None
    assert np.array_equal(column(latents, "logvar-0"), latents.logvar[:, 0])
    for bad in ("mu", "mu-3", "mu--1", "mu-1e9", "pca-0", "label-0", "__class__", "mu-²", ""):
        with pytest.raises(UnknownName):
            column(latents, bad)


def test_the_importance_weighted_bound_is_at_least_the_elbo_and_rises_with_k(model, digits):
    elbo = evaluation(coding.encode_set(model, digits)).elbo
    bounds = [coding.importance_weighted_bound(model, digits, k).mean() for k in (1, 5, 50)]
    assert bounds[0] == pytest.approx(elbo, rel=1e-3)
    assert bounds[0] < bounds[1] < bounds[2]
    assert elbo < bounds[1]


def test_the_bound_reaches_log_p_where_it_is_known(model, digits):
    """A decoder that ignores z: p(x) is its Bernoulli likelihood, whatever the encoder does."""
    with torch.no_grad():
        model.logits.weight.zero_()
        model.moments.bias[:3] += 0.5
    few = digits.select(slice(8))
    x = torch.from_numpy(few.images).float() / 255
    known = -bernoulli_nll(model.decode(torch.zeros(8, 3)), x).detach().numpy()
    np.testing.assert_allclose(coding.importance_weighted_bound(model, few, 4000), known, atol=0.1)
    assert coding.importance_weighted_bound(model, few, 1).mean() < known.mean()


def test_the_reconstruction_error_is_per_pixel(model, digits):
    error = coding.reconstruction_mse(model, digits)
    decoded = coding.decode(model, coding.encode_set(model, digits).mu)
    assert error == pytest.approx(((decoded - digits.images / 255) ** 2).mean(), rel=1e-4)


def test_the_aggregate_posterior_is_that_of_its_draws(model, digits):
    latents = coding.encode_set(model, digits)
    aggregate = aggregate_posterior(latents)
    assert latents.logvar is not None
    rng = np.random.default_rng(0)
    draws = latents.mu[None] + np.exp(0.5 * latents.logvar) * rng.normal(size=(400, *latents.mu.shape))
    draws = draws.reshape(-1, 3)
    np.testing.assert_allclose(aggregate.mean, draws.mean(0), atol=0.02)
    np.testing.assert_allclose(aggregate.covariance, np.cov(draws, rowvar=False), atol=0.03)


def test_bits_per_pixel(model, digits):
    measured = evaluation(coding.encode_set(model, digits))
    assert measured.elbo is not None
    assert bits_per_pixel(measured.elbo, (1, 28, 28)) == pytest.approx(-measured.elbo / 784 / 0.6931472, rel=1e-6)


@pytest.fixture
def conditional():
    return models.build(dataclasses.replace(tiny_config(), classes=4), seed=2)


def test_a_conditional_model_decodes_each_code_as_its_class(conditional):
    z = np.random.default_rng(0).normal(size=(3, 3))
    images = coding.decode(conditional, z, np.array([0, 3, 1]))
    np.testing.assert_allclose(images[1:2], coding.decode(conditional, z[1:2], np.array([3])), atol=1e-6)
    assert np.abs(images[0] - coding.decode(conditional, z[:1], np.array([2]))[0]).max() > 1e-3


def test_a_conditional_model_encodes_each_image_as_its_class(conditional):
    images = np.random.default_rng(0).random((3, 1, 28, 28))
    mu = coding.encode(conditional, images, np.array([0, 3, 1]))
    np.testing.assert_allclose(mu[1:2], coding.encode(conditional, images[1:2], np.array([3])), atol=1e-6)
    assert np.abs(mu[0] - coding.encode(conditional, images[:1], np.array([2]))[0]).max() > 1e-3


BAD_CLASSES = [None, *map(np.array, ([0, 1], [0, 1, 4], [-1, 0, 0], [0.0, 1, 2], [[0], [0], [0]]))]


@pytest.mark.parametrize("y", BAD_CLASSES)
def test_classes_that_a_conditional_model_does_not_have_are_refused(conditional, y):
    with pytest.raises(InvalidSetting):
        coding.decode(conditional, np.zeros((3, 3)), y)
    with pytest.raises(InvalidSetting):
        coding.encode(conditional, np.zeros((3, 1, 28, 28)), y)


def test_a_class_is_refused_where_there_is_none():
    with pytest.raises(InvalidSetting, match="takes no class"):
        coding.decode(models.build(tiny_config()), np.zeros((1, 3)), np.array([0]))
