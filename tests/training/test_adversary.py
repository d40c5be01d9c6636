"""FactorVAE's discriminator: what it is shown, what it learns, and what it leaves alone."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from vae_explorer import models
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.losses.row import Critic
from vae_explorer.training.adversary import Adversary, permute_units
from vae_explorer.training.trainer import Trainer

CPU = torch.device("cpu")
QUICK = Critic(depth=5, width=48, lr=1e-3)
"""It learns in a second."""


@settings(deadline=None)
@given(st.integers(1, 40), st.integers(1, 5), st.integers(0, 1000))
def test_every_unit_keeps_its_values(rows, units, seed):
    z = torch.randn((rows, units), generator=torch.Generator().manual_seed(seed))
    permuted = permute_units(z, torch.Generator().manual_seed(seed + 1))
    assert torch.equal(permuted.sort(0).values, z.sort(0).values)


def test_units_are_permuted_independently():
    z = torch.arange(2000.0)[:, None].expand(-1, 2)
    permuted = permute_units(z, torch.Generator().manual_seed(0)).numpy()
    assert abs(np.corrcoef(permuted.T)[0, 1]) < 0.1
    assert abs(np.corrcoef(permuted[:, 0], np.arange(2000))[0, 1]) < 0.1


def correlated(n: int, rho: float, generator: torch.Generator) -> torch.Tensor:
    root = torch.linalg.cholesky(torch.tensor([[1.0, rho], [rho, 1.0]]))
    return torch.randn((n, 2), generator=generator) @ root.T


@pytest.mark.parametrize("rho", [0.0, 0.9])
def test_its_log_ratio_approaches_the_total_correlation(rho):
    teacher, generator = Adversary(2, QUICK, 0, CPU), torch.Generator().manual_seed(0)
    for _ in range(250):
        z, other = correlated(256, rho, generator), correlated(256, rho, generator)
        teacher.learn(z, other, generator)
    z = correlated(5000, rho, generator)
    with torch.no_grad():
        joint = teacher.discriminator.log_ratio(z)
        product = teacher.discriminator.log_ratio(permute_units(z, generator))
    assert joint.mean().item() == pytest.approx(-0.5 * math.log(1 - rho**2), abs=0.2)
    if rho:
        right = (joint > 0).float().mean() + (product < 0).float().mean()
        assert right.item() / 2 > 0.7


def weights_of(module: torch.nn.Module) -> list[torch.Tensor]:
    return [weight.detach().clone() for weight in module.parameters()]


def same(module: torch.nn.Module, before: list[torch.Tensor]) -> bool:
    return all(torch.equal(a, b) for a, b in zip(module.parameters(), before, strict=True))


def test_its_lesson_does_not_reach_the_codes_and_begins_from_clean_gradients():
    generator = torch.Generator().manual_seed(0)
    z = correlated(64, 0.5, generator).requires_grad_(True)
    clean, soiled = Adversary(2, QUICK, 0, CPU), Adversary(2, QUICK, 0, CPU)
    soiled.discriminator.log_ratio(z).sum().backward()  # as the model's own loss does
    z.grad = None
    for teacher in (clean, soiled):
        before = weights_of(teacher.discriminator)
        teacher.learn(z, z, torch.Generator().manual_seed(1))
        assert not same(teacher.discriminator, before)
    assert z.grad is None
    assert same(soiled.discriminator, weights_of(clean.discriminator))


def trainer(digits, batch_size: int, beta: float = 5.0) -> Trainer:
    model = models.build(ModelConfig("mlp", (1, 28, 28), 3, (16,)), seed=0)
    config = TrainConfig(objective="factor-vae", beta=beta, epochs=1, batch_size=batch_size)
    return Trainer(model, digits, config)


def test_a_step_of_the_model_leaves_the_discriminator_as_it_was(small_critic, digits, monkeypatch):
    monkeypatch.setattr(Adversary, "learn", lambda *args: None)
    one = trainer(digits, 90)
    assert one._adversary is not None
    critic, model = weights_of(one._adversary.discriminator), weights_of(one.model)
    next(one.epochs())
    assert same(one._adversary.discriminator, critic)
    assert not same(one.model, model)


def test_the_lessons_of_a_run_change_the_discriminator_alone(small_critic, digits, monkeypatch):
    """What the model learns in its first step does not depend on whether the discriminator is taught after it."""
    taught = trainer(digits, len(digits))
    assert taught._adversary is not None
    before = weights_of(taught._adversary.discriminator)
    next(taught.epochs())
    assert not same(taught._adversary.discriminator, before)
    monkeypatch.setattr(Adversary, "learn", lambda *args: None)
    untaught = trainer(digits, len(digits))
    next(untaught.epochs())
    assert same(untaught.model, weights_of(taught.model))


def test_the_discriminator_depends_on_the_seed_alone():
    before = torch.random.get_rng_state()
    one, two, other = (Adversary(3, QUICK, seed, CPU).discriminator for seed in (1, 1, 2))
    assert torch.equal(before, torch.random.get_rng_state())
    assert same(one, weights_of(two))
    assert not same(one, weights_of(other))


def test_the_models_gradient_passes_through_the_discriminator(small_critic, digits):
    """β · total correlation moves the encoder: other gradients at another β."""
    grads = []
    for beta in (0.0, 50.0):
        one = trainer(digits, len(digits), beta)
        next(one.epochs())
        assert one.model.moments.weight.grad is not None
        grads.append(one.model.moments.weight.grad.clone())
    assert not torch.allclose(*grads)
