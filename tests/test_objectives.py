"""The ELBO's terms and every objective against torch.distributions, closed forms and Monte Carlo."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.distributions import Normal, kl_divergence

from vae_explorer import models
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.losses import LOSSES
from vae_explorer.models.likelihoods import bernoulli_nll
from vae_explorer.models.posterior import Posterior
from vae_explorer.models.vae import VAE, Output
from vae_explorer.objectives import ElboTerms, Pass, elbo_terms, kl_per_dim, log_weights
from vae_explorer.schedules import WARM_UP

D = 4


@pytest.fixture
def generator():
    return torch.Generator().manual_seed(0)


@pytest.fixture
def model():
    return models.build(ModelConfig("mlp", (1, 28, 28), D, (32,)), seed=1)


@pytest.fixture
def x(digits):
    return torch.from_numpy(digits.images[:20]).float() / 255


def passed(model: VAE, x: torch.Tensor, draws: int = 1, seed: int = 0, beta: float = 1.0, done: float = 1.0) -> Pass:
    eps = torch.randn((draws * len(x), model.config.latent_dim), generator=torch.Generator().manual_seed(seed))
    with torch.no_grad():
        output = model(x, eps)
        return Pass(model, output, elbo_terms(model, output, x), beta, done, 1000, None)


def with_terms(step: Pass, nll: list[float], kl: list[list[float]]) -> Pass:
    per_unit = torch.tensor(kl)
    return step._replace(terms=ElboTerms(torch.tensor(nll), per_unit.sum(1), per_unit))


def test_kl_equals_torch_distributions(generator):
    mu, logvar = torch.randn((50, 7), generator=generator), torch.randn((50, 7), generator=generator) * 3
    expected = kl_divergence(Normal(mu, (0.5 * logvar).exp()), Normal(0.0, 1.0))
    torch.testing.assert_close(kl_per_dim(mu, logvar), expected, rtol=1e-4, atol=1e-5)


def test_kl_equals_its_monte_carlo_estimate(generator):
    mu, logvar = torch.tensor([[0.7, -1.2]]), torch.tensor([[-1.0, 0.3]])
    q, p = Normal(mu, (0.5 * logvar).exp()), Normal(torch.zeros(2), torch.ones(2))
    z = Posterior(mu, logvar).sample(torch.randn((400_000, 2), generator=generator))
    estimate = (q.log_prob(z) - p.log_prob(z)).mean(0, keepdim=True)
    torch.testing.assert_close(kl_per_dim(mu, logvar), estimate, rtol=0.02, atol=0.01)


def test_a_collapsed_unit_has_no_rate():
    assert kl_per_dim(torch.zeros(3, 2), torch.zeros(3, 2)).abs().max() == 0


@settings(deadline=None)
@given(st.floats(-30, 30), st.floats(-30, 10))
def test_kl_is_never_negative(mu, logvar):
    assert kl_per_dim(torch.tensor([[mu]]), torch.tensor([[logvar]])).item() >= 0


def test_terms_of_one_pass(model, x):
    step = passed(model, x)
    terms, (mu, logvar) = step.terms, step.output.posterior
    assert logvar is not None
    assert terms.rate is not None
    torch.testing.assert_close(terms.nll, bernoulli_nll(step.output.logits, x))
    torch.testing.assert_close(terms.kl_per_dim, kl_per_dim(mu, logvar))
    torch.testing.assert_close(terms.rate, kl_per_dim(mu, logvar).sum(1))
    torch.testing.assert_close(terms.elbo, -(terms.nll + terms.rate))


def test_draws_come_one_after_another_and_each_meets_its_own_image(model, x):
    step = passed(model, x, draws=3)
    assert len(step.output.z) == len(step.terms.nll) == 60
    for draw in range(3):
        rows = slice(20 * draw, 20 * (draw + 1))
        torch.testing.assert_close(step.output.posterior.mu[rows], step.output.posterior.mu[:20])
        logits = model.decode(step.output.z[rows])
        torch.testing.assert_close(step.terms.nll[rows], bernoulli_nll(logits, x), rtol=1e-4, atol=1e-3)


def test_log_weights_are_those_of_torch_distributions(model, x):
    step = passed(model, x)
    z, (mu, logvar) = step.output.z, step.output.posterior
    assert logvar is not None
    q = Normal(mu, (0.5 * logvar).exp())
    expected = Normal(0.0, 1.0).log_prob(z).sum(1) - step.terms.nll - q.log_prob(z).sum(1)
    torch.testing.assert_close(log_weights(model, step.output, step.terms.nll), expected, rtol=1e-4, atol=1e-3)


@pytest.mark.parametrize(("beta", "loss"), [(1.0, 93.0), (4.0, 102.0), (0.0, 90.0)])
def test_the_elbo_never_contains_beta(model, x, beta, loss):
    step = with_terms(passed(model, x, beta=beta), [100.0, 80.0], [[3.0, 1.0], [2.0, 0.0]])
    assert step.terms.elbo is not None
    assert step.terms.elbo.tolist() == [-104, -82]
    assert LOSSES["beta-vae"].minimised(step, {}).item() == pytest.approx(loss)


@pytest.mark.parametrize(("done", "loss"), [(0.0, 90 + 5 * 3), (WARM_UP / 2, 90 + 5 * 2), (WARM_UP, 95), (1.0, 95)])
def test_capacity_holds_the_mean_rate_to_a_rising_target(model, x, done, loss):
    """Mean rate 3; C rises to 2 and is 1 half-way up."""
    step = with_terms(passed(model, x, beta=5.0, done=done), [100.0, 80.0], [[3.0, 1.0], [2.0, 0.0]])
    config = TrainConfig.of(beta=5, objective="capacity", capacity=2.0)
    assert LOSSES["capacity"].minimised(step, config.values).item() == pytest.approx(loss)


def test_capacity_is_held_by_the_mean_and_not_by_every_image(model, x):
    """Rates 4 and 2 around C = 3: on average they are where they should be."""
    step = with_terms(passed(model, x, beta=5.0), [100.0, 80.0], [[3.0, 1.0], [2.0, 0.0]])
    config = TrainConfig.of(beta=5, objective="capacity", capacity=3.0)
    assert LOSSES["capacity"].minimised(step, config.values).item() == pytest.approx(90)


def test_capacity_also_pulls_a_low_rate_up(model, x):
    config = TrainConfig.of(beta=5, objective="capacity", capacity=10.0)
    step = with_terms(passed(model, x, beta=5.0), [100.0, 80.0], [[3.0, 1.0], [2.0, 0.0]])
    assert LOSSES["capacity"].minimised(step, config.values).item() == pytest.approx(90 + 5 * 7)


@pytest.mark.parametrize(("free_nats", "loss"), [(0.1, 90 + 2 * 3), (1.0, 90 + 2 * 3.5), (4.0, 90 + 2 * 8)])
def test_free_bits_are_counted_per_unit_over_the_batch(model, x, free_nats, loss):
    """Mean KL of the units: 2.5 and 0.5; whatever lies below λ costs λ."""
    step = with_terms(passed(model, x, beta=2.0), [100.0, 80.0], [[3.0, 1.0], [2.0, 0.0]])
    config = TrainConfig.of(beta=2, objective="free-bits", free_nats=free_nats)
    assert LOSSES["free-bits"].minimised(step, config.values).item() == pytest.approx(loss)


def test_a_free_unit_gets_no_gradient_from_its_rate(model, x):
    kl = torch.tensor([[3.0, 1.0], [2.0, 0.0]], requires_grad=True)
    step = passed(model, x)._replace(terms=ElboTerms(torch.zeros(2), kl.sum(1), kl))
    LOSSES["free-bits"].minimised(step, {"free_nats": 1.0}).backward()
    assert kl.grad is not None
    assert kl.grad.tolist() == [[0.5, 0.0], [0.5, 0.0]]


def test_factor_vae_adds_beta_times_the_discriminators_log_ratio(model, x):
    def critic(z: torch.Tensor) -> torch.Tensor:
        return z[:, 0] * 3 + 1

    step = passed(model, x, beta=6.0)._replace(critic=critic)
    assert step.terms.rate is not None
    expected = (step.terms.nll + step.terms.rate).mean() + 6 * (3 * step.output.z[:, 0].mean() + 1)
    assert LOSSES["factor-vae"].minimised(step, {}).item() == pytest.approx(expected.item(), rel=1e-5)


def iwae(k: int) -> dict[str, float]:
    """K = 1 is refused for a run, as it is the ELBO; its formula holds all the same."""
    return {"importance_samples": k}


def test_iwae_is_the_log_of_the_mean_weight(model, x):
    step = passed(model, x, draws=5)
    weights = log_weights(model, step.output, step.terms.nll).double().reshape(5, 20)
    largest = weights.max(0).values
    expected = -(largest + (weights - largest).exp().mean(0).log()).mean()
    assert LOSSES["iwae"].minimised(step, iwae(5)).item() == pytest.approx(expected.item(), rel=1e-5)


def test_iwae_of_one_draw_is_the_drawn_elbo(model, x):
    step = passed(model, x)
    expected = -log_weights(model, step.output, step.terms.nll).mean()
    assert LOSSES["iwae"].minimised(step, iwae(1)).item() == pytest.approx(expected.item(), rel=1e-5)


def test_iwae_of_one_draw_has_the_elbos_mean(model, x):
    drawn = [LOSSES["iwae"].minimised(passed(model, x, seed=seed), iwae(1)).item() for seed in range(300)]
    closed = [LOSSES["beta-vae"].minimised(passed(model, x, seed=seed), {}).item() for seed in range(300)]
    spread = torch.tensor(drawn).std().item() / math.sqrt(300)
    assert sum(drawn) / 300 == pytest.approx(sum(closed) / 300, abs=5 * spread)


def grouped(output: Output, rows: slice) -> Output:
    mu, logvar = output.posterior
    assert logvar is not None
    return Output(Posterior(mu[rows], logvar[rows]), output.z[rows], output.logits[rows])


def test_the_importance_weighted_bound_rises_with_k(model, x):
    """Over the same 64 draws, taken in groups of K: then it rises for certain (Burda et al. 2016, theorem 1)."""
    whole = passed(model, x, draws=64)
    bounds = []
    for k in (1, 2, 8, 64):
        losses = []
        for first in range(0, 64, k):
            output = grouped(whole.output, slice(20 * first, 20 * (first + k)))
            step = whole._replace(output=output, terms=elbo_terms(model, output, x))
            losses.append(LOSSES["iwae"].minimised(step, iwae(k)).item())
        bounds.append(-sum(losses) / len(losses))
    assert bounds[0] < bounds[1] < bounds[2] < bounds[3]
    assert whole.terms.elbo is not None
    assert bounds[0] == pytest.approx(whole.terms.elbo.mean().item(), abs=1.0)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.floats(-500, 100), min_size=2, max_size=12))
def test_the_elbo_is_at_most_the_importance_weighted_bound(weights):
    model = models.build(ModelConfig("mlp", (1, 8, 8), 1, (4,)))
    k = len(weights)
    z, mu = torch.zeros((k, 1)), torch.zeros((k, 1))
    output = Output(Posterior(mu, torch.zeros((k, 1))), z, torch.zeros((k, 1, 8, 8)))  # q = p: the weight is −nll
    terms = ElboTerms(-torch.tensor(weights), torch.zeros(k), torch.zeros((k, 1)))
    step = Pass(model, output, terms, 1.0, 1.0, 10, None)
    assert -LOSSES["iwae"].minimised(step, iwae(k)).item() >= sum(weights) / k - 1e-3


def test_a_plain_autoencoder_has_no_draw_no_rate_and_no_elbo(x):
    model = models.build(ModelConfig("mlp", (1, 28, 28), D, (32,), scale="none"), seed=1)
    one, other = passed(model, x, seed=0), passed(model, x, seed=1)
    assert torch.equal(one.output.z, one.output.posterior.mu)
    assert torch.equal(one.output.logits, other.output.logits)
    assert (one.terms.rate, one.terms.kl_per_dim, one.terms.elbo) == (None, None, None)
    loss = LOSSES["ae"].minimised(one, {})
    assert loss.item() == pytest.approx(bernoulli_nll(one.output.logits, x).mean().item())


def test_permuting_units_changes_no_objective(x):
    config = ModelConfig("mlp", (1, 28, 28), D, (32,))
    model, order = models.build(config, seed=1), [2, 0, 3, 1]
    shuffled = models.build(config, seed=1)
    with torch.no_grad():
        both = torch.tensor([*order, *(D + unit for unit in order)])
        shuffled.moments.weight.copy_(model.moments.weight[both])
        shuffled.moments.bias.copy_(model.moments.bias[both])
        first, mirrored = shuffled.get_submodule("decoder.0"), model.get_submodule("decoder.0")
        assert isinstance(first, torch.nn.Linear)
        assert isinstance(mirrored, torch.nn.Linear)
        first.weight.copy_(mirrored.weight[:, order])
        eps = torch.randn((20, D), generator=torch.Generator().manual_seed(3))
        for name in sorted(set(LOSSES) - {"factor-vae", "ae"}):
            values = {"capacity": 3.0, "free_nats": 0.01, "importance_samples": 1}
            losses = []
            for net, noise in ((model, eps), (shuffled, eps[:, order])):
                output = net(x, noise)
                step = Pass(net, output, elbo_terms(net, output, x), 3.0, 1.0, 1000, None)
                losses.append(LOSSES[name].minimised(step, values).item())
            assert losses[0] == pytest.approx(losses[1], rel=1e-5), name
