"""The contract of every row of ARCHITECTURES."""

import numpy as np
import pytest
import torch

from vae_explorer import models
from vae_explorer.config import ModelConfig
from vae_explorer.errors import CheckpointError, InvalidSetting, UnknownName

CONFIGS = [
    ModelConfig("mlp", (1, 28, 28), 2, (32, 16)),
    ModelConfig("mlp", (3, 8, 16), 1, (8,)),
    ModelConfig("conv", (1, 28, 28), 10, (16,), (4, 8)),
    ModelConfig("conv", (3, 32, 64), 4, (16, 8), (4, 8, 8)),
]


def test_every_architecture_is_under_contract():
    assert {config.architecture for config in CONFIGS} == set(models.ARCHITECTURES)


@pytest.fixture(params=CONFIGS, ids=lambda c: f"{c.architecture}-{c.image_shape}")
def model(request):
    return models.build(request.param, seed=3)


@pytest.fixture
def x(model):
    return torch.rand((6, *model.config.image_shape), generator=torch.Generator().manual_seed(0))


def test_shapes(model, x):
    posterior = model.encode(x)
    assert posterior.mu.shape == posterior.logvar.shape == (6, model.config.latent_dim)
    assert model.decode(posterior.mu).shape == x.shape


def test_one_z_decodes_alike_alone_and_in_company(model):
    z = torch.randn((50, model.config.latent_dim), generator=torch.Generator().manual_seed(1))
    together, alone = model.decode(z), torch.cat([model.decode(one[None]) for one in z])
    torch.testing.assert_close(together, alone, atol=1e-5, rtol=1e-5)


def test_draws_come_from_the_generator_alone(model, x):
    torch.manual_seed(11)
    before = torch.random.get_rng_state()
    first = model(x, torch.Generator().manual_seed(5)).z
    assert torch.equal(first, model(x, torch.Generator().manual_seed(5)).z)
    assert not torch.equal(first, model(x, torch.Generator().manual_seed(6)).z)
    assert torch.equal(before, torch.random.get_rng_state())


def test_initial_weights_depend_on_the_seed_alone(model):
    before = torch.random.get_rng_state()
    same, other = models.build(model.config, seed=3), models.build(model.config, seed=4)
    assert torch.equal(before, torch.random.get_rng_state())
    pairs = zip(model.state_dict().values(), same.state_dict().values(), strict=True)
    assert all(torch.equal(a, b) for a, b in pairs)
    pairs = zip(model.state_dict().values(), other.state_dict().values(), strict=True)
    assert any(not torch.equal(a, b) for a, b in pairs)


def test_weights_survive_the_way_through_numpy(model, x):
    again = models.restore(model.config, models.weights(model))
    assert torch.equal(model.decode(model.encode(x).mu), again.decode(again.encode(x).mu))


def test_every_parameter_learns(model, x):
    output = model(x, torch.Generator().manual_seed(0))
    (output.logits.square().sum() + output.posterior.logvar.square().sum()).backward()
    assert all(parameter.grad is not None and parameter.grad.abs().sum() > 0 for parameter in model.parameters())


def test_weights_of_another_model_are_refused():
    small, large = CONFIGS[0], ModelConfig("mlp", (1, 28, 28), 3, (32, 16))
    with pytest.raises(CheckpointError, match="do not fit"):
        models.restore(large, models.weights(models.build(small)))
    with pytest.raises(CheckpointError, match="do not fit"):
        models.restore(small, {"stranger": np.zeros(3, np.float32)})


def test_misfits_are_refused():
    with pytest.raises(UnknownName, match="mlp, conv"):
        models.build(ModelConfig("transformer", (1, 28, 28), 2, (8,)))
    with pytest.raises(InvalidSetting, match="divisible by 8"):
        models.build(ModelConfig("conv", (1, 28, 28), 2, (8,), (4, 4, 4)))
    with pytest.raises(InvalidSetting, match="at least one"):
        models.build(ModelConfig("mlp", (1, 28, 28), 2, ()))
