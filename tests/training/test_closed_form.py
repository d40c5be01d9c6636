"""PCA of pixels: as scikit-learn's, whatever the seed, and left alone by every step."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA

from vae_explorer import coding, models
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.datasets.drawn import DrawnImages
from vae_explorer.datasets.images import ImageSet
from vae_explorer.models.linear import FLOOR
from vae_explorer.models.vae import VAE
from vae_explorer.training import closed_form
from vae_explorer.training.progress import Progress
from vae_explorer.training.trainer import Trainer

pytestmark = pytest.mark.thorough

UNITS = 5
SHAPE = ModelConfig("linear", (1, 28, 28), UNITS, (), scale="none", likelihood="gaussian")


def solved(images: ImageSet, **settings) -> tuple[VAE, list[Progress]]:
    model = models.build(SHAPE, seed=0)
    chosen = {"objective": "pca", "epochs": 1, "batch_size": 479} | settings
    progress = list(Trainer(model, images, TrainConfig.of(**chosen)).epochs())
    return model.eval().requires_grad_(False), progress


def flat(images: ImageSet) -> np.ndarray:
    return images.images[:].reshape(len(images), -1) / 255


@pytest.fixture(scope="module")
def reference(digits_train) -> PCA:
    return PCA(UNITS, svd_solver="full").fit(flat(digits_train))


@pytest.fixture(scope="module")
def model(digits_train) -> VAE:
    return solved(digits_train)[0]


def test_axes_are_those_of_scikit_learn_and_their_largest_entry_is_positive(model, reference):
    axes = model.moments.weight.numpy()
    largest = axes[np.arange(UNITS), np.abs(axes).argmax(axis=1)]
    assert (largest > 0).all()
    signs = np.sign((axes * reference.components_).sum(axis=1, keepdims=True))
    np.testing.assert_allclose(axes, signs * reference.components_, atol=1e-5)
    np.testing.assert_allclose(axes @ axes.T, np.eye(UNITS), atol=1e-5)


def test_codes_and_reconstructions_of_other_images_are_those_of_scikit_learn(model, reference, digits):
    scores = reference.transform(flat(digits))
    signs = np.sign((model.moments.weight.numpy() * reference.components_).sum(axis=1))
    encoded = coding.encode_set(model, digits)
    np.testing.assert_allclose(encoded.mu, signs * scores, atol=1e-4)
    expected = np.clip(reference.inverse_transform(scores), FLOOR, 1 - FLOOR)
    found = coding.decode(model, encoded.mu).reshape(expected.shape)
    np.testing.assert_allclose(found, expected, atol=1e-4)
    error = np.square(expected - flat(digits))
    assert coding.reconstruction_mse(model, digits) == pytest.approx(error.mean(), rel=1e-4)
    # −log N(x; x_hat, 1/2) is (x − x_hat)² + log(π) / 2 for each pixel.
    squared = encoded.nll - 0.5 * np.log(np.pi) * error.shape[1]
    np.testing.assert_allclose(squared, error.sum(axis=1), rtol=1e-3, atol=1e-3)


def test_epochs_measure_all_images_and_change_nothing(digits_train):
    once, first = solved(digits_train)
    often, progress = solved(digits_train, epochs=3, lr=1.0)
    assert all((models.weights(often)[name] == value).all() for name, value in models.weights(once).items())
    measured = coding.encode_set(once, digits_train).nll.mean()
    assert [one.loss for one in first + progress] == pytest.approx([measured] * 4, rel=1e-5)
    assert {one.rate for one in progress} == {None}


@pytest.mark.parametrize("settings", [{"seed": 4}, {"start": "plain"}, {"precision": "bf16"}], ids=str)
def test_what_else_is_chosen_makes_no_difference_to_the_weights(settings, model, digits_train):
    other = models.weights(solved(digits_train, **settings)[0])
    for name, value in models.weights(model).items():
        np.testing.assert_allclose(other[name], value, atol=1e-6)


def test_images_that_are_drawn_give_the_same_weights(model, digits_train):
    drawn = DrawnImages(np.arange(len(digits_train)), (1, 28, 28), lambda index: digits_train.images[index])
    other = models.weights(solved(replace(digits_train, images=drawn))[0])
    for name, value in models.weights(model).items():
        np.testing.assert_allclose(other[name], value, atol=1e-6)


def test_of_more_images_than_it_looks_at_some_are_drawn_by_the_seed(model, digits_train, monkeypatch):
    monkeypatch.setattr(closed_form, "MOST", 300)
    first, same, other = (solved(digits_train, seed=seed)[0].moments.weight for seed in (0, 0, 1))
    assert torch.equal(first, same)
    assert not torch.allclose(first, other, atol=1e-3)
    assert not torch.allclose(first, model.moments.weight, atol=1e-3)


def test_an_image_set_without_any_variance_still_has_axes():
    images = np.full((20, 1, 28, 28), 51, np.uint8)
    flat_model = solved(ImageSet("made", "train", images, np.zeros(20, np.int64), ("0",)), batch_size=20)[0]
    assert flat_model.encode(torch.full((1, 1, 28, 28), 0.2)).mu.abs().max() < 1e-5
    found = coding.decode(flat_model, np.zeros((1, UNITS), np.float32))
    np.testing.assert_allclose(found, 0.2, atol=1e-5)
