"""The prepared start: weights that carry the signal, and the mean image as first answer."""

import math

import pytest
import torch

from vae_explorer import models
from vae_explorer.config import ModelConfig
from vae_explorer.models.layers import AFFINE
from vae_explorer.models.likelihoods import bernoulli_nll
from vae_explorer.models.starts import MEAN_FLOOR, prepare
from vae_explorer.models.vae import VAE
from vae_explorer.presets import SYSTEMS, preset

CONFIGS = {
    f"{architecture}{'-conditional' if classes else ''}": config
    for classes in (0, 10)
    for architecture, config in {
        "mlp": ModelConfig("mlp", (1, 28, 28), 5, (64, 32), classes=classes),
        "conv": ModelConfig("conv", (1, 28, 28), 5, (32,), (8, 16), classes=classes),
        "conv-bare": ModelConfig("conv", (1, 28, 28), 5, (), (8, 16), classes=classes),
        "burgess": ModelConfig("burgess", (1, 28, 28), 5, (32,), (8, 8, 16, 16), classes=classes),
    }.items()
}


@pytest.fixture
def x(digits_train):
    return torch.from_numpy(digits_train.images).float() / 255


@pytest.fixture
def y(digits_train):
    return torch.from_numpy(digits_train.labels)


def prepared(config: ModelConfig, x: torch.Tensor, seed: int = 0) -> VAE:
    model = models.build(config, seed)
    prepare(model, x, torch.Generator().manual_seed(seed))
    return model


def level(model: VAE, x: torch.Tensor) -> torch.Tensor:
    """The mean image; for convolutions, which treat every place alike, each channel's mean."""
    mean = x.mean(0)
    mean = mean if model.config.architecture == "mlp" else mean.mean((1, 2), keepdim=True).expand_as(mean)
    return mean.clamp(MEAN_FLOOR, 1 - MEAN_FLOOR)


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)
def test_the_last_layers_bias_is_the_mean_image(config, x):
    model = prepared(config, x)
    last = model.ends().last
    with torch.no_grad():
        next(last.parameters()).zero_()
        z = torch.randn((3, 5), generator=torch.Generator().manual_seed(0))
        found = model.decode(z, torch.tensor([0, 1, 2]) if config.classes else None).sigmoid()
    torch.testing.assert_close(found, level(model, x).expand(3, -1, -1, -1), atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("config", CONFIGS.values(), ids=CONFIGS)
def test_the_first_answer_is_near_the_mean_image(config, x, y):
    """And so the first nll is near the mean image's own, far below that of PyTorch's own start."""
    labels = y[:200] if config.classes else None
    with torch.no_grad():
        nll = {}
        for name, model in (("prepared", prepared(config, x)), ("plain", models.build(config))):
            logits = model.decode(model.encode(x[:200], labels).mu, labels)
            nll[name] = bernoulli_nll(logits, x[:200]).mean().item()
        best = bernoulli_nll(torch.logit(level(prepared(config, x), x)).expand(200, -1, -1, -1), x[:200]).mean().item()
    assert nll["prepared"] < 1.15 * best
    assert nll["prepared"] < nll["plain"]


@pytest.mark.parametrize("classes", [0, 10])
def test_the_first_layer_sees_the_image_less_the_mean(x, classes):
    model = prepared(ModelConfig("mlp", (1, 28, 28), 5, (64, 32), classes=classes), x)
    first = model.ends().first
    assert isinstance(first, torch.nn.Linear)
    with torch.no_grad():
        seen = torch.cat((x.mean(0).flatten(), torch.zeros(classes)))
        torch.testing.assert_close(first(seen), torch.zeros(64), atol=1e-4, rtol=0)


@pytest.mark.parametrize("name", SYSTEMS)
def test_hidden_layers_carry_the_signal(name, x):
    """Variance 2 / inputs (He et al. 2015, eq. 10); heads and last layer keep PyTorch's own."""
    model = prepared(preset(name).model((1, 28, 28), 10), x)
    kept = (model.ends().last, model.moments)
    for layer in model.modules():
        if isinstance(layer, AFFINE) and all(layer is not other for other in kept):
            weight = layer.weight.detach()
            inputs = weight[0].numel()
            if isinstance(layer, torch.nn.ConvTranspose2d):
                inputs = weight.shape[0] * weight[0, 0].numel() / 4
            assert weight.var().item() == pytest.approx(2 / inputs, rel=0.15)
            assert weight.abs().max().item() <= math.sqrt(6 / inputs) + 1e-6
    for layer in kept:
        weight = next(layer.parameters()).detach()
        fresh = models.build(model.config)
        untouched = fresh.moments if layer is model.moments else fresh.ends().last
        assert torch.equal(weight, next(untouched.parameters()).detach())


def test_a_deep_encoder_tells_images_apart_from_the_start(x):
    config = preset("burgess-z10").model((1, 28, 28), 10)
    with torch.no_grad():
        spread = [model.encode(x[:200]).mu.std(0).mean() for model in (models.build(config), prepared(config, x))]
    assert spread[1] > 5 * spread[0]


def test_a_start_depends_on_the_generator_alone(x):
    before = torch.random.get_rng_state()
    first, same = (models.weights(prepared(CONFIGS["conv"], x, seed=1)) for _ in range(2))
    other = models.weights(prepared(CONFIGS["conv"], x, seed=2))
    assert torch.equal(before, torch.random.get_rng_state())
    assert all((first[name] == same[name]).all() for name in first)
    assert any((first[name] != other[name]).any() for name in first)


def test_pixels_that_are_always_black_or_white_have_a_finite_bias():
    x = torch.zeros((4, 1, 8, 8))
    x[:, :, :4] = 1
    model = prepared(ModelConfig("mlp", (1, 8, 8), 2, (8,)), x)
    assert all(weight.isfinite().all() for weight in model.parameters())
