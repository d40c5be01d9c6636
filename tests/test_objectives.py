"""The ELBO's terms against torch.distributions, closed forms and Monte Carlo."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.distributions import Bernoulli, Normal, kl_divergence

from vae_explorer import models
from vae_explorer.config import ModelConfig
from vae_explorer.objectives import ElboTerms, bernoulli_nll, beta_loss, kl_per_dim, log_weights


@pytest.fixture
def generator():
    return torch.Generator().manual_seed(0)


def test_kl_equals_torch_distributions(generator):
    mu, logvar = torch.randn((50, 7), generator=generator), torch.randn((50, 7), generator=generator) * 3
    expected = kl_divergence(Normal(mu, (0.5 * logvar).exp()), Normal(0.0, 1.0))
    torch.testing.assert_close(kl_per_dim(mu, logvar), expected, rtol=1e-4, atol=1e-5)


def test_kl_equals_its_monte_carlo_estimate(generator):
    mu, logvar = torch.tensor([[0.7, -1.2]]), torch.tensor([[-1.0, 0.3]])
    q, p = Normal(mu, (0.5 * logvar).exp()), Normal(torch.zeros(2), torch.ones(2))
    z = mu + (0.5 * logvar).exp() * torch.randn((400_000, 2), generator=generator)
    estimate = (q.log_prob(z) - p.log_prob(z)).mean(0, keepdim=True)
    torch.testing.assert_close(kl_per_dim(mu, logvar), estimate, rtol=0.02, atol=0.01)


def test_a_collapsed_unit_has_no_rate():
    assert kl_per_dim(torch.zeros(3, 2), torch.zeros(3, 2)).abs().max() == 0


@settings(deadline=None)
@given(st.floats(-30, 30), st.floats(-30, 10))
def test_kl_is_never_negative(mu, logvar):
    assert kl_per_dim(torch.tensor([[mu]]), torch.tensor([[logvar]])).item() >= 0


def test_nll_equals_torch_distributions_on_binary_images(generator):
    logits = torch.randn((5, 1, 8, 8), generator=generator) * 4
    x = (torch.rand(logits.shape, generator=generator) > 0.5).float()
    expected = -Bernoulli(logits=logits).log_prob(x).flatten(1).sum(1)
    torch.testing.assert_close(bernoulli_nll(logits, x), expected)


def test_nll_of_grey_levels_is_the_cross_entropy_and_is_least_at_the_image_itself():
    x = torch.full((1, 1, 8, 8), 0.3)
    at_x = bernoulli_nll(torch.logit(x), x)
    expected = -64 * (0.3 * torch.log(torch.tensor(0.3)) + 0.7 * torch.log(torch.tensor(0.7)))
    torch.testing.assert_close(at_x, expected[None])
    assert bernoulli_nll(torch.logit(x) + 0.1, x) > at_x


def test_the_elbo_never_contains_beta():
    terms = ElboTerms(torch.tensor([100.0, 80.0]), torch.tensor([[3.0, 1.0], [2.0, 0.0]]))
    assert terms.rate.tolist() == [4, 2]
    assert terms.elbo.tolist() == [-104, -82]
    assert beta_loss(terms, 1.0).item() == 93
    assert beta_loss(terms, 4.0).item() == 102
    assert beta_loss(terms, 0.0).item() == 90


def test_log_weights_are_those_of_torch_distributions(digits):
    model = models.build(ModelConfig("mlp", (1, 28, 28), 4, (32,)), seed=1)
    x = torch.from_numpy(digits.images[:20]).float() / 255
    with torch.no_grad():
        output = model(x, torch.Generator().manual_seed(0))
    q = Normal(output.posterior.mu, (0.5 * output.posterior.logvar).exp())
    prior = Normal(0.0, 1.0).log_prob(output.z).sum(1)
    expected = prior - bernoulli_nll(output.logits, x) - q.log_prob(output.z).sum(1)
    torch.testing.assert_close(log_weights(output, x), expected, rtol=1e-4, atol=1e-3)
