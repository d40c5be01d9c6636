"""Samples: decoded draws of the prior with the classes they were decoded as."""

from io import BytesIO

import numpy as np
import pytest

from tests.kinds import KINDS, Kind, save_kind
from vae_explorer import coding, images
from vae_explorer.checkpoints import catalogue
from vae_explorer.errors import InvalidSetting
from vae_explorer.exports import samples as module
from vae_explorer.exports.samples import samples
from vae_explorer.latents.sampling import standard_normal


def read(data: bytes) -> dict[str, np.ndarray]:
    with np.load(BytesIO(data)) as file:
        return dict(file)


def test_samples_are_the_decoded_prior(tmp_path, monkeypatch):
    checkpoint = save_kind(tmp_path / "vae", Kind())
    monkeypatch.setattr(module, "BATCH", 3)
    found = read(samples(checkpoint, 7, seed=5))
    expected = coding.decode(catalogue.MODELS.get(checkpoint), standard_normal(7, 3, 5))
    np.testing.assert_array_equal(found["images"], images.to_uint8(expected))
    assert set(found) == {"images"}


@pytest.mark.parametrize(("per_class", "labels"), [(False, [0, 1, 2]), (True, [*range(10)] * 3)])
def test_a_conditional_model_says_what_each_was_decoded_as(per_class, labels, tmp_path):
    checkpoint = save_kind(tmp_path / "cvae", KINDS["cvae"])
    found = read(samples(checkpoint, 3, per_class))
    assert found["labels"].tolist() == labels
    z = standard_normal(len(labels), 3, 0)
    expected = coding.decode(catalogue.MODELS.get(checkpoint), z, np.array(labels))
    np.testing.assert_array_equal(found["images"], images.to_uint8(expected))


@pytest.mark.parametrize(
    ("kind", "n", "per_class", "sentence"),
    [
        ("cvae", 0, False, "from 1 to 100,000"),
        ("cvae", 10_001, True, "from 1 to 100,000 images in all, not 100,010"),
        ("mixed", 1, True, "conditional model"),
        ("ae", 1, False, "no prior"),
    ],
)
def test_what_cannot_be_drawn_is_refused(kind, n, per_class, sentence, tmp_path):
    with pytest.raises(InvalidSetting, match=sentence):
        samples(save_kind(tmp_path / "model", KINDS[kind]), n, per_class)
