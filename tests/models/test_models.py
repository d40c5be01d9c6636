"""The contract of every row of ARCHITECTURES, with and without labels, sampling and learned priors."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from vae_explorer import models
from vae_explorer.config import ModelConfig
from vae_explorer.errors import CheckpointError, InvalidSetting, UnknownName
from vae_explorer.models.posterior import Posterior
from vae_explorer.models.vae import SIGMA_FLOOR, VAE, Output
from vae_explorer.objectives import elbo_terms

DENSE = (
    ("affine 2 -1", "flatten", "linear 784 16", "leaky 0.2"),
    ("linear 4 16", "elu", "linear 16 784", "reshape 1 28 28"),
)
PLANES = (
    ("conv 3 4 4 2 1", "silu", "scale 4", "conv 4 8 3 2 1", "gelu", "flatten"),
    (
        "linear 3 128",
        "tanh",
        "reshape 8 4 4",
        "convt 8 4 3 2 1 1",
        "sigmoid",
        "convt 4 3 5 2 1 0",
        "crop 16 16",
        "logit",
    ),
)
RESIZED = (
    ("conv 3 4 3 1 1", "relu", "maxpool 2", "conv 4 4 3 1 1", "tanh", "avgpool 3", "flatten"),
    ("linear 3 16", "reshape 4 2 2", "nearest 2", "conv 4 4 3 1 1", "bilinear 2", "conv 4 3 3 1 1", "aligned 2"),
)
CONFIGS = [
    ModelConfig("mlp", (1, 28, 28), 2, (32, 16)),
    ModelConfig("mlp", (3, 8, 16), 1, (8,)),
    ModelConfig("mlp", (1, 28, 28), 2, (32,), classes=10),
    ModelConfig("mlp", (1, 28, 28), 2, (32,), scale="none"),
    ModelConfig("mlp", (1, 28, 28), 2, (32,), scale="sigma", likelihood="gaussian-learned"),
    ModelConfig("mlp", (1, 28, 28), 8, (32,), scale="sigma", heads="relu", likelihood="gaussian"),
    ModelConfig("mlp", (1, 28, 28), 2, (32,), prior="mixture", components=4),
    ModelConfig("conv", (1, 28, 28), 10, (16,), (4, 8)),
    ModelConfig("conv", (3, 32, 64), 4, (16, 8), (4, 8, 8)),
    ModelConfig("conv", (1, 28, 28), 3, (), (4, 8), classes=10),
    ModelConfig("conv", (1, 28, 28), 3, (16,), (4, 8), prior="vamp", components=5),
    ModelConfig("burgess", (1, 28, 28), 4, (16,), (4, 4, 8, 8)),
    ModelConfig("burgess", (3, 32, 32), 4, (32,), (8, 8, 16, 16), scale="none"),
    ModelConfig("burgess", (1, 64, 64), 4, (16, 16), (4, 4, 8, 8), classes=3),
    ModelConfig("linear", (1, 28, 28), 2, (), scale="none", likelihood="gaussian"),
    ModelConfig("linear", (3, 8, 16), 5, (), scale="none"),
    ModelConfig("layered", (1, 28, 28), 4, (), encoder=DENSE[0], decoder=DENSE[1], scale="softplus"),
    ModelConfig("layered", (3, 16, 16), 3, (), encoder=PLANES[0], decoder=PLANES[1]),
    ModelConfig("layered", (3, 16, 16), 3, (), encoder=RESIZED[0], decoder=RESIZED[1], scale="sigma"),
]
DENSE_CONFIG = CONFIGS[-3]


def test_every_architecture_is_under_contract():
    assert {config.architecture for config in CONFIGS} == set(models.ARCHITECTURES) - {"onnx"}


@pytest.fixture(
    params=CONFIGS, ids=lambda c: f"{c.architecture}-{c.image_shape}-{c.classes}-{c.scale}-{c.heads}-{c.prior}"
)
def model(request) -> VAE:
    return models.build(request.param, seed=3)


@pytest.fixture
def x(model) -> torch.Tensor:
    return torch.rand((6, *model.config.image_shape), generator=torch.Generator().manual_seed(0))


def labels(model: VAE, rows: int) -> torch.Tensor | None:
    return torch.arange(rows) % model.config.classes if model.config.classes else None


def passed(model: VAE, x: torch.Tensor, seed: int = 5, draws: int = 1) -> Output:
    eps = model.eps(draws * len(x), torch.Generator().manual_seed(seed))
    return model(x, eps, labels(model, len(x)))


def test_shapes(model, x):
    posterior = model.encode(x, labels(model, 6))
    assert posterior.mu.shape == (6, model.config.latent_dim)
    if model.config.plain:
        assert posterior.logvar is None
    else:
        assert posterior.logvar.shape == posterior.mu.shape
    assert model.decode(posterior.mu, labels(model, 6)).shape == x.shape
    assert passed(model, x, draws=3).logits.shape == (18, *x.shape[1:])


def test_one_z_decodes_alike_alone_and_in_company(model):
    z = torch.randn((50, model.config.latent_dim), generator=torch.Generator().manual_seed(1))
    y = labels(model, 50)
    alone = [model.decode(z[i : i + 1], None if y is None else y[i : i + 1]) for i in range(50)]
    torch.testing.assert_close(model.decode(z, y), torch.cat(alone), atol=1e-5, rtol=1e-5)


def test_training_and_showing_are_one_mode(model, x):
    y = labels(model, 6)
    shown, trained = model.eval().encode(x, y).mu, model.train().encode(x, y).mu
    assert torch.equal(shown, trained)


def test_draws_come_from_the_generator_alone(model, x):
    torch.manual_seed(11)
    before = torch.random.get_rng_state()
    first, again, other = passed(model, x).z, passed(model, x).z, passed(model, x, seed=6).z
    assert torch.equal(first, again)
    assert torch.equal(first, other) == (model.config.plain)
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
    again, y = models.restore(model.config, models.weights(model)), labels(model, 6)
    assert torch.equal(model.decode(model.encode(x, y).mu, y), again.decode(again.encode(x, y).mu, y))


def test_halved_weights_decode_nearly_alike(model, x):
    again, y = models.restore(model.config, models.halved(models.weights(model))), labels(model, 6)
    assert {value.dtype for value in again.state_dict().values()} == {torch.float32}
    z = model.encode(x, y).mu
    assert torch.allclose(model.decode(z, y).sigmoid(), again.decode(z, y).sigmoid(), atol=2e-3)


def test_weights_too_large_for_half_precision_are_refused(model):
    large = {name: np.full_like(value, 1e6) for name, value in models.weights(model).items()}
    with pytest.raises(InvalidSetting, match="up to 65,504"):
        models.halved(large)


def test_exported_weights_are_a_copy(model):
    exported = models.weights(model)
    with torch.no_grad():
        model.moments.weight.add_(1)
    assert not np.array_equal(exported["moments.weight"], model.moments.weight.detach().numpy())


def test_every_parameter_learns(model, x):
    output = passed(model, x)
    terms = elbo_terms(model, output, x)
    loss = terms.nll.sum() if terms.rate is None else (terms.nll + terms.rate).sum()
    loss.backward()
    assert all(parameter.grad is not None and parameter.grad.abs().sum() > 0 for parameter in model.parameters())


def test_an_outline_takes_no_memory(model):
    outline = models.outline(model.config)
    assert all(weight.is_meta for weight in outline.parameters())
    assert {name: value.shape for name, value in outline.state_dict().items()} == {
        name: value.shape for name, value in model.state_dict().items()
    }


def test_the_label_matters_and_is_asked_for(model, x):
    z, classes = torch.zeros((6, model.config.latent_dim)), model.config.classes
    if not classes:
        for call in (lambda: model.encode(x, torch.zeros(6, dtype=torch.long)), lambda: model.decode(z, x[:, 0, 0, 0])):
            with pytest.raises(InvalidSetting, match="takes no label"):
                call()
        return
    one, other = (torch.full((6,), label) for label in (0, 1))
    assert not torch.allclose(model.encode(x, one).mu, model.encode(x, other).mu)
    assert not torch.allclose(model.decode(z, one), model.decode(z, other))
    for call in (lambda: model.encode(x), lambda: model.decode(z)):
        with pytest.raises(InvalidSetting, match="takes a label y"):
            call()


def test_a_draw_is_mu_and_sigma_times_noise():
    mu, logvar, eps = torch.tensor([[1.0, -2.0]]), torch.tensor([[0.0, 2.0]]), torch.tensor([[0.5, -1.0]])
    z = Posterior(mu, logvar).sample(eps)
    torch.testing.assert_close(z, torch.tensor([[1.5, -2.0 - float(np.e)]]))
    assert torch.equal(Posterior(mu, None).sample(eps), mu)


def test_a_head_of_sigma_may_be_negative_or_nothing():
    shape = ModelConfig("mlp", (1, 8, 8), 3, (4,), scale="sigma")
    posterior = models.build(shape).posterior(torch.tensor([[0.0, 0.0, 0.0, 2.0, -2.0, 0.0]]))
    assert posterior.logvar is not None
    assert posterior.logvar.isfinite().all()
    torch.testing.assert_close((0.5 * posterior.logvar).exp()[0, :2], torch.tensor([2.0, 2.0]))
    assert (0.5 * posterior.logvar[0, 2]).exp() < 1e-3


def test_a_relu_behind_the_heads_leaves_no_moment_below_nothing():
    shape = ModelConfig("mlp", (1, 8, 8), 3, (4,), scale="sigma", heads="relu")
    posterior = models.build(shape).posterior(torch.tensor([[1.0, 0.0, -1.0, 2.0, -2.0, 0.0]]))
    assert posterior.logvar is not None
    assert torch.equal(posterior.mu, torch.tensor([[1.0, 0.0, 0.0]]))
    torch.testing.assert_close(posterior.logvar.exp(), torch.tensor([[4.0, SIGMA_FLOOR, SIGMA_FLOOR]]))


def test_weights_of_another_model_are_refused():
    small, large = CONFIGS[0], ModelConfig("mlp", (1, 28, 28), 3, (32, 16))
    with pytest.raises(CheckpointError, match="do not fit"):
        models.restore(large, models.weights(models.build(small)))
    with pytest.raises(CheckpointError, match="do not fit"):
        models.restore(small, {"stranger": np.zeros(3, np.float32)})
    with pytest.raises(CheckpointError, match="do not fit"):
        models.restore(replace(small, classes=10), models.weights(models.build(small)))


LINEAR_VAE = ModelConfig("linear", (1, 8, 8), 2, ())
MISFITS = {
    "needs? four channels": ModelConfig("burgess", (1, 32, 32), 2, (8,), (4, 4, 4)),
    "hidden width": ModelConfig("burgess", (1, 32, 32), 2, (), (4, 4, 4, 4)),
    "divisible by 8": ModelConfig("conv", (1, 28, 28), 2, (8,), (4, 4, 4)),
    "at least one channel": ModelConfig("conv", (1, 28, 28), 2, (8,)),
    "at least one hidden": ModelConfig("mlp", (1, 28, 28), 2, ()),
    "no channels": ModelConfig("mlp", (1, 28, 28), 2, (8,), (4,)),
    "a plain autoencoder": LINEAR_VAE,
    "with linear heads": replace(LINEAR_VAE, scale="none", heads="relu"),
    "no widths": replace(LINEAR_VAE, scale="none", hidden=(8,)),
    "no widths and no channels": replace(LINEAR_VAE, scale="none", channels=(4,)),
    "given no label": replace(LINEAR_VAE, scale="none", classes=10),
    "learns no variance": replace(LINEAR_VAE, scale="none", likelihood="gaussian-learned"),
    "at most one unit for each of 64 pixels, not 65": replace(LINEAR_VAE, scale="none", latent_dim=65),
    "“linear 9 2” does not take .784.": replace(DENSE_CONFIG, encoder=("flatten", "linear 9 2")),
    "“conv 1 2 40 1 0” does not take": replace(DENSE_CONFIG, encoder=("conv 1 2 40 1 0",)),
    "“maxpool 0” does not take": replace(DENSE_CONFIG, encoder=("maxpool 0",)),
    "“nearest 8192” does not take": replace(DENSE_CONFIG, encoder=("nearest 8192",)),
    "“convt 1 2 4 2 1 2” does not take": replace(DENSE_CONFIG, encoder=("convt 1 2 4 2 1 2",)),
    "no layer “lstm 3”": replace(DENSE_CONFIG, encoder=("lstm 3",)),
    "is written “linear inputs outputs”, not “linear 3”": replace(DENSE_CONFIG, encoder=("linear 3",)),
    "not “linear 3 x”": replace(DENSE_CONFIG, encoder=("linear 3 x",)),
    "not “linear 3 -4”": replace(DENSE_CONFIG, encoder=("linear 3 -4",)),
    "not “leaky nan”": replace(DENSE_CONFIG, encoder=("leaky nan",)),
    "may have 134,217,728 weights": replace(DENSE_CONFIG, encoder=("linear 65536 65536",) * 2),
    "does not take .65536.": replace(DENSE_CONFIG, decoder=("linear 4 65536", "reshape 1 28 28")),
    "end with features": replace(DENSE_CONFIG, encoder=("relu",)),
    "end with an image of .1, 28, 28.": replace(DENSE_CONFIG, decoder=("linear 4 784",)),
    "needs a layer of weights": replace(
        DENSE_CONFIG, latent_dim=64, image_shape=(1, 8, 8), encoder=("flatten",), decoder=("reshape 1 8 8",)
    ),
    "takes no label": replace(DENSE_CONFIG, classes=3),
}


@pytest.mark.parametrize("dtype", [np.float64, np.int32])
def test_weights_of_another_type_are_refused(dtype):
    stored = {name: value.astype(dtype) for name, value in models.weights(models.build(CONFIGS[0])).items()}
    with pytest.raises(CheckpointError, match="do not fit"):
        models.restore(CONFIGS[0], stored)


@pytest.mark.parametrize(("sentence", "config"), MISFITS.items(), ids=lambda v: v if isinstance(v, str) else "")
def test_misfits_are_refused(sentence, config):
    with pytest.raises(InvalidSetting, match=sentence):
        models.outline(config)


def test_an_unknown_architecture_lists_the_known():
    with pytest.raises(UnknownName, match="mlp, conv, burgess, linear, layered"):
        models.build(ModelConfig("transformer", (1, 28, 28), 2, (8,)))
