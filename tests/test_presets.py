"""Every preset against its row of the table, written once more in plain PyTorch and float64 with the same weights."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from vae_explorer import models
from vae_explorer.config import TrainConfig
from vae_explorer.datasets.images import ImageSet
from vae_explorer.models.vae import VAE
from vae_explorer.presets import LINEAR, PRESETS, SYSTEMS, preset
from vae_explorer.training.trainer import Trainer

CLASSES = 10
IMAGES = 6


class Row(NamedTuple):
    """One row of the table: layers, what the second head is, and the loss of a batch."""

    latent: int
    dense: tuple[int, ...]
    convolutions: tuple[int, ...] = ()
    kernel: int = 3
    margin: int = 0
    second_head: str = "logvar"
    relu_behind: bool = False
    loss: str = "bce"


BURGESS = Row(10, (256, 256), (32, 32, 32, 32), kernel=4)
TABLE = {
    "mlp-512-256-z20": Row(20, (512, 256)),
    "mlp-256-256-z10": Row(10, (256, 256)),
    "conv-32-64-z32": Row(32, (), (32, 64)),
    "mlp-256-z32": Row(32, (256,), loss="bce with logits"),
    "mlp-400-z20": Row(20, (400,)),
    "mlp-256-64-z10-mse": Row(10, (256, 64), second_head="sigma", relu_behind=True, loss="mse"),
    "mlp-256-64-z10-mse-linear-heads": Row(10, (256, 64), second_head="sigma", loss="mse"),
    "burgess-z10": BURGESS._replace(margin=2),
    "mlp-z2": Row(2, (512, 256)),
    "mlp-small-z2": Row(2, (256, 128)),
    "conv-z10": Row(10, (256,), (32, 64)),
    "conv-64-z10": Row(10, (64,), (32, 64)),
}


class Answer(NamedTuple):
    """What the row gives: mu, σ (None without sampling) and the decoder's answer before its sigmoid."""

    mu: Tensor
    sigma: Tensor | None
    logits: Tensor


def labelled(features: Tensor, y: Tensor | None) -> Tensor:
    """The one-hot label behind the features, or as constant planes behind the colours."""
    if y is None:
        return features
    code = torch.eye(CLASSES, dtype=features.dtype)[y]
    if features.ndim == 4:
        code = code[:, :, None, None] * torch.ones((1, 1, *features.shape[2:]), dtype=features.dtype)
    return torch.cat((features, code), 1)


def forward(row: Row, weights: Iterator[Tensor], x: Tensor, eps: Tensor, y: Tensor | None, plain: bool) -> Answer:
    """The row as written in the table; weights come layer after layer, each followed by its bias."""
    encode = mlp_features if not row.convolutions else conv_features
    features = encode(row, weights, x, y)
    moments = F.linear(features, next(weights), next(weights))
    moments = F.relu(moments) if row.relu_behind else moments
    if plain:
        mu, sigma, z = moments, None, moments
    else:
        mu, second = moments[:, : row.latent], moments[:, row.latent :]
        sigma = torch.exp(second / 2) if row.second_head == "logvar" else second
        # N(mu, σ²) is the same for −σ: there a draw is compared with the draw of the mirrored noise.
        z = mu + sigma * eps * sigma.detach().sign()
    decode = mlp_logits if not row.convolutions else conv_logits
    logits = decode(row, weights, labelled(z, y), x)
    assert next(weights, None) is None, "the model has more layers than the table"
    return Answer(mu, sigma, logits)


def mlp_features(row: Row, weights: Iterator[Tensor], x: Tensor, y: Tensor | None) -> Tensor:
    h = labelled(x.reshape(len(x), -1), y)
    for width in row.dense:
        h = F.relu(F.linear(h, next(weights), next(weights)))
        assert h.shape[1] == width
    return h


def mlp_logits(row: Row, weights: Iterator[Tensor], z: Tensor, x: Tensor) -> Tensor:
    for width in reversed(row.dense):
        z = F.relu(F.linear(z, next(weights), next(weights)))
        assert z.shape[1] == width
    return F.linear(z, next(weights), next(weights)).reshape(x.shape)


def conv_features(row: Row, weights: Iterator[Tensor], x: Tensor, y: Tensor | None) -> Tensor:
    h = labelled(F.pad(x, (row.margin, row.margin, row.margin, row.margin)), y)
    for width in row.convolutions:
        h = F.relu(F.conv2d(h, next(weights), next(weights), stride=2, padding=1))
        assert h.shape[1] == width
    h = h.reshape(len(h), -1)
    for width in row.dense:
        h = F.relu(F.linear(h, next(weights), next(weights)))
        assert h.shape[1] == width
    return h


def conv_logits(row: Row, weights: Iterator[Tensor], z: Tensor, x: Tensor) -> Tensor:
    for width in reversed(row.dense):
        z = F.relu(F.linear(z, next(weights), next(weights)))
        assert z.shape[1] == width
    z = F.linear(z, next(weights), next(weights))
    z = F.relu(z) if row.dense else z
    side = (x.shape[2] + 2 * row.margin) // 2 ** len(row.convolutions)
    z = z.reshape(len(z), row.convolutions[-1], side, side)
    for left in reversed(range(len(row.convolutions))):
        z = F.conv_transpose2d(z, next(weights), next(weights), stride=2, padding=1, output_padding=row.kernel % 2)
        z = F.relu(z) if left else z
    return z[:, :, row.margin : z.shape[2] - row.margin, row.margin : z.shape[3] - row.margin]


def kl(row: Row, answer: Answer) -> Tensor:
    """Of the batch, from the second head itself."""
    assert answer.sigma is not None
    if row.second_head == "sigma":
        return 0.5 * (answer.mu**2 + answer.sigma**2 - torch.log(answer.sigma**2) - 1).sum()
    logvar = 2 * torch.log(answer.sigma)
    return -0.5 * (1 + logvar - answer.mu**2 - logvar.exp()).sum()


def loss_of(row: Row, answer: Answer, x: Tensor, plain: bool) -> Tensor:
    """Per image, or per image and pixel for the mean squared error; without constants."""
    rate = torch.zeros(()) if plain else kl(row, answer)
    if row.loss == "mse":
        pixels = x[0].numel()
        scale = 1 if not plain else pixels  # a plain autoencoder's error is summed over pixels, as its nll is
        return scale * (F.mse_loss(torch.sigmoid(answer.logits), x) + rate / (len(x) * pixels))
    if row.loss == "bce with logits":
        nll = F.binary_cross_entropy_with_logits(answer.logits, x, reduction="sum")
    else:
        nll = F.binary_cross_entropy(torch.sigmoid(answer.logits), x, reduction="sum")
    return (nll + rate) / len(x)


def constant_of(row: Row, plain: bool, pixels: int) -> float:
    """A Gaussian density's constant at variance 1/2: −log N(x; x_hat, 1/2) = (x − x_hat)² + log(π) / 2 per pixel."""
    if row.loss != "mse":
        return 0.0
    return 0.5 * np.log(np.pi) * (pixels if plain else 1)


def made_images(shape: tuple[int, int, int]) -> ImageSet:
    rng = np.random.default_rng(0)
    levels = rng.integers(0, 256, (IMAGES, *shape), dtype=np.uint8)
    return ImageSet("made", "train", levels, np.arange(IMAGES) % CLASSES, tuple("0123456789"))


def built(name: str, shape: tuple[int, int, int]) -> VAE:
    """The preset with PyTorch's own weights, and a second head of σ kept away from 0, on every side that it has."""
    model = models.build(preset(name).model(shape, CLASSES), seed=4)
    if model.config.scale == "sigma":
        with torch.no_grad():
            second = model.moments.bias[model.config.latent_dim :]
            second[:] = torch.tensor([0.6, 0.6 if model.config.heads == "relu" else -0.6]).repeat(len(second) // 2)
    return model


def weights_of(model: VAE) -> list[Tensor]:
    return [weight.detach().double().requires_grad_(True) for weight in model.parameters()]


def given(images: ImageSet, name: str) -> tuple[Tensor, Tensor | None]:
    y = torch.from_numpy(images.labels) if name.startswith("cvae-") else None
    return torch.from_numpy(images.images).double() / 255, y


CASES = [
    *((f"{kind}{name}", row, (1, 28, 28)) for kind in ("", "ae-", "cvae-") for name, row in TABLE.items()),
    *(
        (f"{kind}burgess-z10", BURGESS, shape)
        for kind in ("", "ae-", "cvae-")
        for shape in ((3, 32, 32), (1, 64, 64), (3, 64, 64))
    ),
    ("burgess-z10", BURGESS, (1, 32, 32)),
    ("burgess-z10", BURGESS._replace(margin=2), (3, 28, 28)),
    ("mlp-400-z20", TABLE["mlp-400-z20"], (3, 32, 32)),
    ("conv-32-64-z32", TABLE["conv-32-64-z32"], (3, 32, 32)),
    ("cvae-conv-32-64-z32", TABLE["conv-32-64-z32"], (3, 32, 32)),
]
every_case = pytest.mark.parametrize(("name", "row", "shape"), CASES, ids=lambda v: v if isinstance(v, str) else None)


def test_every_system_is_compared():
    assert set(TABLE) == set(SYSTEMS)
    elsewhere = set(LINEAR)  # tests/training/test_closed_form.py
    assert {name for name, _, shape in CASES if shape == (1, 28, 28)} == set(PRESETS) - elsewhere


@every_case
def test_posterior_and_pictures_are_those_of_the_table(name, row, shape):
    model, images, plain = built(name, shape), made_images(shape), name.startswith("ae-")
    x, y = given(images, name)
    eps = torch.randn((IMAGES, row.latent), generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        expected = forward(row, iter(weights_of(model)), x, eps.double(), y, plain)
        output = model(x.float(), eps, y)
    torch.testing.assert_close(output.posterior.mu.double(), expected.mu, rtol=1e-4, atol=1e-5)
    torch.testing.assert_close(output.logits.double(), expected.logits, rtol=1e-4, atol=1e-5)
    if expected.sigma is None:
        assert output.posterior.logvar is None
    else:
        sigma = (0.5 * output.posterior.logvar).exp().double()
        torch.testing.assert_close(sigma, expected.sigma.abs(), rtol=1e-4, atol=1e-5)


@every_case
def test_a_step_of_training_has_the_loss_and_gradients_of_the_table(name, row, shape, monkeypatch):
    model, images, plain = built(name, shape), made_images(shape), name.startswith("ae-")
    x, y = given(images, name)
    noise = torch.randn((1, row.latent), generator=torch.Generator().manual_seed(1))
    # One draw for all images: then the order in which the trainer takes them does not matter.
    monkeypatch.setattr(model, "eps", lambda rows, generator: noise.expand(rows, -1))
    mirror = weights_of(model)
    answer = forward(row, iter(mirror), x, noise.double(), y, plain)
    expected = loss_of(row, answer, x, plain)
    expected.backward()
    config = TrainConfig(epochs=1, batch_size=IMAGES, start="plain", **preset(name).training)
    progress = next(Trainer(model, images, config).epochs())
    constant = constant_of(row, plain, x[0].numel())
    assert progress.loss - constant == pytest.approx(expected.item(), rel=1e-4)
    for (layer, weight), mirrored in zip(model.named_parameters(), mirror, strict=True):
        assert weight.grad is not None
        assert mirrored.grad is not None
        assert mirrored.grad.abs().max() > 0, layer
        slack = 1e-4 * mirrored.grad.abs().max().item()
        torch.testing.assert_close(weight.grad.double(), mirrored.grad, rtol=1e-3, atol=slack, msg=layer)


def test_beta_weighs_the_kl_of_the_table(monkeypatch):
    """BCE + β · KL, the loss of `mlp-400-z20` and `burgess-z10`, at another β than 1."""
    name, row = "mlp-400-z20", TABLE["mlp-400-z20"]
    model, images = built(name, (1, 28, 28)), made_images((1, 28, 28))
    x, y = given(images, name)
    monkeypatch.setattr(model, "eps", lambda rows, generator: torch.zeros((rows, 20)))
    answer = forward(row, iter(weights_of(model)), x, torch.zeros((IMAGES, 20), dtype=torch.double), y, False)
    expected = loss_of(row, answer, x, True) + 4 * kl(row, answer) / IMAGES
    progress = next(Trainer(model, images, TrainConfig(beta=4, epochs=1, batch_size=6, start="plain")).epochs())
    assert progress.loss == pytest.approx(expected.item(), rel=1e-4)
    assert progress.rate == pytest.approx(kl(row, answer).item() / IMAGES, rel=1e-4)
