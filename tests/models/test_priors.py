"""The priors against torch.distributions, their definitions and numerical integrals."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.distributions import Categorical, Independent, MixtureSameFamily, Normal

from vae_explorer import coding, models
from vae_explorer.config import ModelConfig
from vae_explorer.models.posterior import Posterior
from vae_explorer.models.priors import GaussianMixture, Vamp
from vae_explorer.models.vae import VAE, Output
from vae_explorer.objectives import elbo_terms, kl_per_dim, unit_rates

D, K = 3, 5


def built(prior: str, latent_dim: int = D, components: int = K) -> VAE:
    shape = ModelConfig("mlp", (1, 8, 8), latent_dim, (16,), prior=prior, components=components)
    model = models.build(shape, seed=1)
    if isinstance(model.prior, GaussianMixture):
        generator = torch.Generator().manual_seed(3)
        with torch.no_grad():
            model.prior.logits.copy_(torch.randn(components, generator=generator))
            model.prior.logvar.copy_(torch.randn((components, latent_dim), generator=generator))
    return model


def as_distribution(model: VAE) -> MixtureSameFamily:
    log_weights, mu, logvar = model.prior.mixture(model.encode)
    return MixtureSameFamily(Categorical(logits=log_weights), Independent(Normal(mu, (0.5 * logvar).exp()), 1))


@pytest.fixture
def z():
    return 2 * torch.randn((40, D), generator=torch.Generator().manual_seed(0))


def test_the_standard_normal_is_that_of_torch_distributions(z):
    model = built("normal", components=1)
    expected = Normal(0.0, 1.0).log_prob(z)
    torch.testing.assert_close(model.prior.log_prob_per_unit(z, model.encode), expected)
    torch.testing.assert_close(model.prior.log_prob(z, model.encode), expected.sum(1))
    assert model.prior.closed_form


@pytest.mark.parametrize("prior", ["mixture", "vamp"])
def test_log_prob_is_that_of_torch_distributions(prior, z):
    model = built(prior)
    found = model.prior.log_prob(z, model.encode)
    torch.testing.assert_close(found, as_distribution(model).log_prob(z), rtol=1e-4, atol=1e-4)
    assert not model.prior.closed_form


@pytest.mark.parametrize("prior", ["mixture", "vamp"])
def test_marginals_are_those_of_torch_distributions(prior, z):
    model = built(prior)
    log_weights, mu, logvar = model.prior.mixture(model.encode)
    weights = Categorical(logits=log_weights.expand(D, -1))
    expected = MixtureSameFamily(weights, Normal(mu.T, (0.5 * logvar.T).exp())).log_prob(z)
    torch.testing.assert_close(model.prior.log_prob_per_unit(z, model.encode), expected, rtol=1e-4, atol=1e-4)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.floats(-8, 8), min_size=D, max_size=D), st.floats(-6, 3), st.integers(0, 1000))
def test_multiplying_the_square_out_loses_nothing_that_matters(point, logvar, seed):
    model = built("mixture")
    assert isinstance(model.prior, GaussianMixture)
    with torch.no_grad():
        model.prior.mu.copy_(3 * torch.randn((K, D), generator=torch.Generator().manual_seed(seed)))
        model.prior.logvar.fill_(logvar)
    code = torch.tensor([point])
    exact = as_distribution(model.double()).log_prob(code.double())
    found = model.float().prior.log_prob(code, model.encode)
    torch.testing.assert_close(found.double(), exact, rtol=1e-4, atol=1e-2)


@pytest.mark.parametrize("prior", ["mixture", "vamp"])
def test_a_density_integrates_to_one(prior):
    model = built(prior, latent_dim=1)
    grid = torch.linspace(-40, 40, 80_001)[:, None]
    with torch.no_grad():
        for log_prob in (model.prior.log_prob(grid, model.encode), model.prior.log_prob_per_unit(grid, model.encode)):
            assert torch.trapezoid(log_prob.flatten().exp(), grid.flatten()).item() == pytest.approx(1, abs=1e-3)


def test_a_vamp_prior_is_the_mean_of_the_posteriors_of_its_pseudo_inputs(z):
    model = built("vamp")
    assert isinstance(model.prior, Vamp)
    density = torch.zeros(len(z))
    for pseudo in model.prior.pseudo_logits:
        mu, logvar = model.encode(pseudo.sigmoid()[None])
        assert logvar is not None
        density = density + Normal(mu, (0.5 * logvar).exp()).log_prob(z).sum(1).exp() / K
    found = model.prior.log_prob(z, model.encode)
    torch.testing.assert_close(found, density.log(), rtol=1e-4, atol=1e-4)
    found.sum().backward()
    assert model.prior.pseudo_logits.grad is not None
    assert model.prior.pseudo_logits.grad.abs().sum() > 0
    assert model.moments.weight.grad is not None  # the encoder learns through its prior too


def test_a_vamp_prior_starts_from_training_images():
    model = built("vamp")
    assert isinstance(model.prior, Vamp)
    before = model.prior.pseudo_logits.detach().clone()
    x = torch.rand((3, 1, 8, 8), generator=torch.Generator().manual_seed(0))
    x[0, 0, 0] = torch.tensor([0.0, 1.0] * 4)
    model.prior.start_from(x)
    torch.testing.assert_close(model.prior.pseudo_logits.detach()[:3].sigmoid(), x.clamp(0.05, 0.95))
    assert torch.equal(model.prior.pseudo_logits.detach()[3:], before[3:])
    model.prior.start_from(torch.rand((50, 1, 8, 8)))
    assert model.prior.pseudo_logits.isfinite().all()


def outputs(model: VAE, q: Posterior, draws: int) -> Output:
    """So many draws from one given posterior; the pictures do not matter here."""
    eps = torch.randn((draws, q.mu.shape[1]), generator=torch.Generator().manual_seed(5))
    many = q.repeat(draws)
    return Output(many, many.sample(eps), torch.zeros((draws, 1, 8, 8)))


@pytest.mark.parametrize("prior", ["mixture", "vamp"])
@pytest.mark.parametrize(("mu", "logvar"), [(0.0, 0.0), (1.5, -2.0), (-2.0, 1.0)])
def test_the_mean_of_the_drawn_rates_is_the_integral(prior, mu, logvar):
    model = built(prior, latent_dim=1)
    output = outputs(model, Posterior(torch.tensor([[mu]]), torch.tensor([[logvar]])), 100_000)
    with torch.no_grad():
        terms = elbo_terms(model, output, torch.zeros((1, 1, 8, 8)))
        per_unit = unit_rates(model, output)
    q = Normal(mu, math.exp(0.5 * logvar))
    grid = torch.linspace(mu - 12, mu + 12, 40_001)
    with torch.no_grad():
        log_p = as_distribution(model).log_prob(grid[:, None])
    expected = torch.trapezoid(q.log_prob(grid).exp() * (q.log_prob(grid) - log_p), grid).item()
    assert terms.rate is not None
    assert terms.kl_per_dim is None
    assert per_unit is not None
    spread = terms.rate.std().item() / math.sqrt(100_000)
    assert terms.rate.mean().item() == pytest.approx(expected, abs=5 * spread + 1e-3)
    assert per_unit.mean().item() == pytest.approx(expected, abs=5 * spread + 1e-3)


def test_a_mixture_of_one_place_has_the_rate_of_one_gaussian():
    """All components alike at N(0, I): the drawn rate's mean is the closed form."""
    model = built("mixture")
    assert isinstance(model.prior, GaussianMixture)
    with torch.no_grad():
        model.prior.mu.zero_()
        model.prior.logvar.zero_()
    q = Posterior(torch.tensor([[0.5, -1.0, 2.0]]), torch.tensor([[-1.0, 0.5, 0.0]]))
    assert q.logvar is not None
    output = outputs(model, q, 200_000)
    with torch.no_grad():
        terms, per_unit = elbo_terms(model, output, torch.zeros((1, 1, 8, 8))), unit_rates(model, output)
    closed = kl_per_dim(q.mu, q.logvar)[0]
    assert terms.rate is not None
    assert per_unit is not None
    assert terms.rate.mean().item() == pytest.approx(closed.sum().item(), abs=0.03)
    torch.testing.assert_close(per_unit.mean(0), closed, atol=0.03, rtol=0)


def test_the_rate_of_a_learned_prior_is_not_the_sum_over_units():
    """Two places, each a posterior's own: either unit tells them apart, which together costs log 2 and not twice."""
    model = built("mixture", latent_dim=2, components=2)
    assert isinstance(model.prior, GaussianMixture)
    with torch.no_grad():
        model.prior.mu.copy_(torch.tensor([[9.0, 9.0], [-9.0, -9.0]]))
        model.prior.logvar.zero_()
        model.prior.logits.zero_()
        output = outputs(model, Posterior(torch.full((1, 2), 9.0), torch.zeros((1, 2))), 1000)
        terms, per_unit = elbo_terms(model, output, torch.zeros((1, 1, 8, 8))), unit_rates(model, output)
    assert terms.rate is not None
    assert per_unit is not None
    assert terms.rate.mean().item() == pytest.approx(math.log(2), abs=1e-4)
    assert per_unit.mean(0).tolist() == pytest.approx([math.log(2)] * 2, abs=1e-4)


@pytest.mark.parametrize("prior", ["mixture", "vamp"])
def test_the_stored_gaussians_are_the_prior(prior, z):
    model = built(prior)
    found = coding.prior_of(model)
    assert found is not None
    assert found.weights.sum() == pytest.approx(1, abs=1e-5)
    weights, scale = torch.from_numpy(found.weights), torch.from_numpy(found.logvar).mul(0.5).exp()
    stored = MixtureSameFamily(Categorical(weights), Independent(Normal(torch.from_numpy(found.mu), scale), 1))
    torch.testing.assert_close(stored.log_prob(z), model.prior.log_prob(z, model.encode), rtol=1e-4, atol=1e-4)
    assert coding.prior_of(built("normal", components=1)) is None
