"""The fourth tutorial's text, equation by equation, against the preset as written and the one with linear heads."""

from typing import NamedTuple

import numpy as np
import pytest
import torch
from torch import Tensor
from torch.nn import functional as F

from vae_explorer import models
from vae_explorer.config import TrainConfig
from vae_explorer.datasets.images import ImageSet
from vae_explorer.models.vae import SIGMA_FLOOR, VAE
from vae_explorer.presets import preset
from vae_explorer.training.trainer import Trainer

IMAGES, PIXELS, UNITS = 8, 784, 10
AS_WRITTEN, LINEAR_HEADS = "mlp-256-64-z10-mse", "mlp-256-64-z10-mse-linear-heads"
DEAD = (7, 8, 9)
"""Units whose σ the test pushes far below 0 in front of the ReLU."""


class Text(NamedTuple):
    """What the text computes of a batch."""

    mu: Tensor
    sigma: Tensor
    x_hat: Tensor
    mse: Tensor
    kld: Tensor


def text(weights: list[Tensor], x: Tensor, eps: Tensor, relu_behind: bool) -> Text:
    """784-256-ReLU-64-ReLU-20, a ReLU behind it as written; mu and σ; 10-64-ReLU-256-ReLU-784-sigmoid."""
    w1, b1, w2, b2, w3, b3, w4, b4, w5, b5, w6, b6 = weights
    h = F.relu(F.relu(x @ w1.T + b1) @ w2.T + b2) @ w3.T + b3
    mu, sigma = (F.relu(h) if relu_behind else h).chunk(2, dim=1)
    z = mu + sigma * eps
    x_hat = torch.sigmoid(F.relu(F.relu(z @ w4.T + b4) @ w5.T + b5) @ w6.T + b6)
    kld = 0.5 * (mu**2 + sigma**2 - torch.log(1e-8 + sigma**2) - 1).sum() / (len(x) * PIXELS)
    return Text(mu, sigma, x_hat, F.mse_loss(x_hat, x), kld)


def built(name: str) -> VAE:
    """The preset with PyTorch's own weights; three units' σ lies below 0 before anything stands behind the head."""
    model = models.build(preset(name).model((1, 28, 28), 10), seed=2)
    with torch.no_grad():
        second = model.moments.bias[UNITS:]
        second[:] = 0.6
        second[list(DEAD)] = -0.6
    return model


def made_images() -> ImageSet:
    levels = np.random.default_rng(0).integers(0, 256, (IMAGES, 1, 28, 28), dtype=np.uint8)
    return ImageSet("made", "train", levels, np.arange(IMAGES) % 10, tuple("0123456789"))


@pytest.fixture(params=[AS_WRITTEN, LINEAR_HEADS])
def compared(request, monkeypatch):
    """A step of training from the text's settings, and the text on the same weights, images and noise."""
    model, images, as_written = built(request.param), made_images(), request.param == AS_WRITTEN
    noise = torch.randn((1, UNITS), generator=torch.Generator().manual_seed(1))
    monkeypatch.setattr(model, "eps", lambda rows, generator: noise.expand(rows, -1))
    # A draw of N(mu, σ²) by a negative σ is the draw by σ of the mirrored noise.
    mirror = torch.ones(UNITS) if as_written else torch.where(torch.arange(UNITS) < min(DEAD), 1.0, -1.0)
    weights = [weight.detach().double().requires_grad_(True) for weight in model.parameters()]
    x = torch.from_numpy(images.images).double() / 255
    expected = text(weights, x.flatten(1), (noise * mirror).double(), as_written)
    (expected.mse + expected.kld).backward()
    output = model(x.float(), noise.expand(IMAGES, -1))
    config = TrainConfig(epochs=1, batch_size=IMAGES, start="plain", **preset(request.param).training)
    return model, output, next(Trainer(model, images, config).epochs()), expected, weights


def test_moments_and_picture_are_the_texts(compared):
    _, output, _, expected, _ = compared
    torch.testing.assert_close(output.posterior.mu.double(), expected.mu, rtol=1e-4, atol=1e-5)
    sigma = (expected.sigma**2 + SIGMA_FLOOR).sqrt()  # the text adds it inside its logarithm; so a dead σ is 1e-4 here
    torch.testing.assert_close((0.5 * output.posterior.logvar).exp().double(), sigma, rtol=1e-4, atol=1e-5)
    torch.testing.assert_close(output.logits.sigmoid().double().flatten(1), expected.x_hat, rtol=1e-4, atol=5e-5)


def test_both_terms_of_the_loss_are_the_texts(compared):
    _, _, progress, expected, _ = compared
    constant = 0.5 * np.log(np.pi)  # of a Gaussian density at variance 1/2, a pixel
    assert progress.nll / PIXELS - constant == pytest.approx(expected.mse.item(), rel=1e-4)
    assert progress.rate / PIXELS == pytest.approx(expected.kld.item(), rel=1e-4)
    assert progress.loss - constant == pytest.approx((expected.mse + expected.kld).item(), rel=1e-4)


def test_every_gradient_is_the_texts(compared):
    model, _, _, _, weights = compared
    for (layer, weight), mirrored in zip(model.named_parameters(), weights, strict=True):
        assert mirrored.grad.abs().max() > 0, layer
        slack = 2e-4 * mirrored.grad.abs().max().item()
        torch.testing.assert_close(weight.grad.double(), mirrored.grad, rtol=1e-3, atol=slack, msg=layer)


def test_as_written_a_sigma_dies_and_learns_no_more():
    """No gradient reaches it, however large the KL is that it costs; with linear heads one does."""
    x = torch.from_numpy(made_images().images).float() / 255
    for name, dead in ((AS_WRITTEN, True), (LINEAR_HEADS, False)):
        model = built(name)
        sigma = (0.5 * model.encode(x).moments().logvar).exp()[:, list(DEAD)]
        sigma.sum().backward()
        assert bool((sigma < 2e-4).all()) == dead
        assert model.moments.bias.grad is not None
        assert (model.moments.bias.grad[UNITS:].abs().max() == 0) == dead
