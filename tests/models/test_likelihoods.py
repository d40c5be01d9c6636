"""The likelihoods against torch.distributions and closed forms."""

import math

import pytest
import torch
from torch.distributions import Bernoulli, Normal

from vae_explorer.config import ModelConfig
from vae_explorer.models.likelihoods import LIKELIHOODS, LearnedGaussian, bernoulli_nll, gaussian_nll

SHAPE = (5, 1, 8, 8)


@pytest.fixture
def generator():
    return torch.Generator().manual_seed(0)


def config(likelihood: str, variance: float = 0.5) -> ModelConfig:
    return ModelConfig("mlp", (1, 8, 8), 2, (8,), likelihood=likelihood, variance=variance)


def test_bernoulli_equals_torch_distributions_on_binary_images(generator):
    logits = torch.randn(SHAPE, generator=generator) * 4
    x = (torch.rand(SHAPE, generator=generator) > 0.5).float()
    expected = -Bernoulli(logits=logits).log_prob(x).flatten(1).sum(1)
    torch.testing.assert_close(bernoulli_nll(logits, x), expected)


def test_bernoulli_of_grey_levels_is_the_cross_entropy_and_is_least_at_the_image_itself():
    x = torch.full((1, 1, 8, 8), 0.3)
    at_x = bernoulli_nll(torch.logit(x), x)
    expected = -64 * (0.3 * torch.log(torch.tensor(0.3)) + 0.7 * torch.log(torch.tensor(0.7)))
    torch.testing.assert_close(at_x, expected[None])
    assert bernoulli_nll(torch.logit(x) + 0.1, x) > at_x


@pytest.mark.parametrize("variance", [0.01, 0.5, 1.0, 7.0])
@pytest.mark.parametrize("name", ["gaussian", "gaussian-learned"])
def test_gaussians_equal_torch_distributions(generator, name, variance):
    logits, x = torch.randn(SHAPE, generator=generator), torch.rand(SHAPE, generator=generator)
    found = LIKELIHOODS[name](config(name, variance))(logits, x)
    expected = -Normal(logits.sigmoid(), math.sqrt(variance)).log_prob(x).flatten(1).sum(1)
    torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-3)


def test_at_variance_one_half_the_nll_is_the_squared_error_and_a_constant(generator):
    logits, x = torch.randn(SHAPE, generator=generator), torch.rand(SHAPE, generator=generator)
    squared = (logits.sigmoid() - x).square().flatten(1).sum(1)
    found = gaussian_nll(logits, x, torch.tensor(math.log(0.5)))
    torch.testing.assert_close(found - squared, torch.full((5,), 32 * math.log(math.pi)))


def test_a_density_may_be_above_one():
    x = torch.full((1, 1, 8, 8), 0.5)
    assert gaussian_nll(torch.zeros_like(x), x, torch.tensor(math.log(1e-3))).item() < 0


def test_the_learned_variance_rests_at_the_mean_squared_error(generator):
    logits, x = torch.randn(SHAPE, generator=generator), torch.rand(SHAPE, generator=generator)
    likelihood = LIKELIHOODS["gaussian-learned"](config("gaussian-learned"))
    assert isinstance(likelihood, LearnedGaussian)
    error = (logits.sigmoid() - x).square().mean()
    for factor, sign in ((1.0, 0), (2.0, 1), (0.5, -1)):
        with torch.no_grad():
            likelihood.log_variance.copy_((factor * error).log())
        (slope,) = torch.autograd.grad(likelihood(logits, x).mean(), likelihood.log_variance)
        assert slope.item() * sign > 0 if sign else abs(slope.item()) < 1e-3


def test_only_the_learned_variance_is_learned():
    learned = {name: [*LIKELIHOODS[name](config(name)).parameters()] for name in LIKELIHOODS}
    assert {name: len(parameters) for name, parameters in learned.items()} == {
        "bernoulli": 0,
        "gaussian": 0,
        "gaussian-learned": 1,
    }
