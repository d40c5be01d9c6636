"""beta-TCVAE: the rate in three parts, and q(z) from a batch by stratified sampling."""

import itertools
import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.distributions import Normal

from vae_explorer import models
from vae_explorer.config import ModelConfig
from vae_explorer.losses import LOSSES
from vae_explorer.models.posterior import Posterior
from vae_explorer.objectives import (
    Decomposition,
    Pass,
    decompose,
    elbo_terms,
    log_weights,
    stratified_log_weights,
)


def drawn(n: int, d: int, seed: int = 0) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(seed)
    mu, logvar, eps = (torch.randn((n, d), generator=generator) for _ in range(3))
    return Posterior(mu, logvar).sample(eps), mu, logvar


def standard(z: torch.Tensor) -> torch.Tensor:
    return Normal(0.0, 1.0).log_prob(z).sum(1)


@settings(deadline=None)
@given(st.integers(2, 12), st.integers(1, 4), st.integers(0, 100_000), st.integers(0, 50))
def test_the_parts_sum_to_the_drawn_rate(batch, units, more, seed):
    z, mu, logvar = drawn(batch, units, seed)
    parts = decompose(z, mu, logvar, standard(z), batch + more)
    log_q = Normal(mu, (0.5 * logvar).exp()).log_prob(z).sum(1)
    torch.testing.assert_close(sum(parts), log_q - standard(z), rtol=1e-4, atol=1e-3)


@settings(deadline=None)
@given(st.integers(2, 60), st.integers(0, 100_000))
def test_every_row_of_weights_sums_to_one(batch, more):
    weights = stratified_log_weights(batch, batch + more).exp()
    torch.testing.assert_close(weights.sum(1), torch.ones(batch))
    torch.testing.assert_close(weights.diagonal(), torch.full((batch,), 1 / (batch + more)))


def test_the_weights_are_unbiased():
    """Over every batch of 3 out of 5 that holds image 0, in every order: each image counts 1/5 on average."""
    weights = stratified_log_weights(3, 5).exp()[0]
    counted = torch.zeros(5)
    batches = list(itertools.permutations(range(1, 5), 2))
    for others in batches:
        counted[[0, *others]] += weights
    torch.testing.assert_close(counted / len(batches), torch.full((5,), 0.2))


def test_permuting_units_permutes_nothing_but_units():
    z, mu, logvar = drawn(30, 4)
    order = [3, 1, 0, 2]
    parts = decompose(z, mu, logvar, standard(z), 100)
    again = decompose(z[:, order], mu[:, order], logvar[:, order], standard(z[:, order]), 100)
    for name in Decomposition._fields:
        torch.testing.assert_close(getattr(again, name), getattr(parts, name), rtol=1e-4, atol=1e-4)


def test_a_single_unit_has_no_total_correlation():
    z, mu, logvar = drawn(30, 1)
    parts = decompose(z, mu, logvar, standard(z), 100)
    torch.testing.assert_close(parts.total_correlation, torch.zeros(30), atol=1e-5, rtol=0)


@pytest.mark.parametrize("rho", [0.0, 0.8])
def test_the_parts_of_a_correlated_gaussian_are_the_known_ones(rho):
    """q(z) is N(0, [[1, ρ], [ρ, 1]]), its posteriors have variance 0.15; the batch is the whole population."""
    n, own = 2500, 0.15
    generator = torch.Generator().manual_seed(0)
    covariance = torch.tensor([[1 - own, rho], [rho, 1 - own]])
    mu = torch.randn((n, 2), generator=generator) @ torch.linalg.cholesky(covariance).T
    logvar = torch.full((n, 2), math.log(own))
    z = Posterior(mu, logvar).sample(torch.randn((n, 2), generator=generator))
    parts = decompose(z, mu, logvar, standard(z), n)
    correlation = -0.5 * math.log(1 - rho**2)
    information = 0.5 * math.log(1 - rho**2) - math.log(own)
    assert parts.total_correlation.mean().item() == pytest.approx(correlation, abs=0.04)
    assert parts.mutual_information.mean().item() == pytest.approx(information, abs=0.08)
    assert parts.unit_wise_kl.mean().item() == pytest.approx(0, abs=0.04)


@pytest.mark.parametrize("prior", ["normal", "mixture", "vamp"])
def test_at_beta_one_the_loss_is_the_drawn_elbo(digits, prior):
    shape = ModelConfig("mlp", (1, 28, 28), 3, (16,), prior=prior, components=1 if prior == "normal" else 4)
    model, x = models.build(shape, seed=1), torch.from_numpy(digits.images[:20]).float() / 255
    with torch.no_grad():
        output = model(x, model.eps(20, torch.Generator().manual_seed(0)))
        terms = elbo_terms(model, output, x)
        step = Pass(model, output, terms, 1.0, 1.0, 1437, None)
        loss = LOSSES["beta-tcvae"].minimised(step, {})
        weights = log_weights(model, output, terms.nll)
        heavier = LOSSES["beta-tcvae"].minimised(step._replace(beta=3.0), {})
        log_prior = model.prior.log_prob(output.z, model.encode)
        mu, logvar = output.posterior
        assert logvar is not None
        parts = decompose(output.z, mu, logvar, log_prior, 1437)
    assert loss.item() == pytest.approx(-weights.mean().item(), rel=1e-5)
    assert (heavier - loss).item() == pytest.approx(2 * parts.total_correlation.mean().item(), abs=1e-3)
