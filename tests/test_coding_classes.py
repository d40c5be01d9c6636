import dataclasses

import numpy as np
import pytest

from tests.conftest import tiny_config
from vae_explorer import coding, models
from vae_explorer.errors import InvalidSetting


@pytest.fixture
def conditional():
    return models.build(dataclasses.replace(tiny_config(), classes=4), seed=2)


def test_a_conditional_model_decodes_each_code_as_its_class(conditional):
    z = np.random.default_rng(0).normal(size=(3, 3))
    images = coding.decode(conditional, z, np.array([0, 3, 1]))
    np.testing.assert_allclose(images[1:2], coding.decode(conditional, z[1:2], np.array([3])), atol=1e-6)
    assert np.abs(images[0] - coding.decode(conditional, z[:1], np.array([2]))[0]).max() > 1e-3


def test_a_conditional_model_encodes_each_image_as_its_class(conditional):
    images = np.random.default_rng(0).random((3, 1, 28, 28))
    mu = coding.encode(conditional, images, np.array([0, 3, 1]))
    np.testing.assert_allclose(mu[1:2], coding.encode(conditional, images[1:2], np.array([3])), atol=1e-6)
    assert np.abs(mu[0] - coding.encode(conditional, images[:1], np.array([2]))[0]).max() > 1e-3


BAD_CLASSES = [None, *map(np.array, ([0, 1], [0, 1, 4], [-1, 0, 0], [0.0, 1, 2], [[0], [0], [0]]))]


@pytest.mark.parametrize("y", BAD_CLASSES)
def test_classes_that_a_conditional_model_does_not_have_are_refused(conditional, y):
    with pytest.raises(InvalidSetting):
        coding.decode(conditional, np.zeros((3, 3)), y)
    with pytest.raises(InvalidSetting):
        coding.encode(conditional, np.zeros((3, 1, 28, 28)), y)


def test_a_class_is_refused_where_there_is_none():
    with pytest.raises(InvalidSetting, match="takes no class"):
        coding.decode(models.build(tiny_config()), np.zeros((1, 3)), np.array([0]))
