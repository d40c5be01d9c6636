"""ImageSet: what is known of its images goes along with them, and what does not fit is refused."""

from dataclasses import replace

import numpy as np
import pytest

from vae_explorer.datasets.images import Factor, ImageSet
from vae_explorer.errors import InvalidSetting

FACTORS = (Factor("size", 3), Factor("angle", 300))
VALUES = np.stack([np.arange(6) % 3, np.arange(6) * 50], axis=1).astype(np.uint16)


def made(**changes) -> ImageSet:
    levels = np.arange(6, dtype=np.uint8).reshape(6, 1, 1, 1) * np.ones((1, 1, 8, 8), np.uint8)
    whole = ImageSet("made", "train", levels, np.array([0, 1, 0, 1, 0, 1]), ("a", "b"), FACTORS, VALUES)
    return replace(whole, **changes)


@pytest.mark.parametrize("chosen", [slice(2), slice(4, 9), np.array([5, 0, 5]), np.arange(6) > 3])
def test_what_is_known_of_the_images_goes_along_with_those_that_are_chosen(chosen):
    some = made().select(chosen)
    places = np.arange(6)[chosen]
    assert some.images[:][:, 0, 0, 0].tolist() == places.tolist()
    assert some.labels.tolist() == (places % 2).tolist()
    assert some.factor_values is not None
    assert some.factor_values.tolist() == VALUES[places].tolist()
    assert (some.factors, some.classes, len(some)) == (FACTORS, ("a", "b"), len(places))


def test_a_class_is_left_out_with_its_values():
    left = made().without(1)
    assert left.factor_values is not None
    assert left.factor_values.tolist() == VALUES[::2].tolist()


def test_without_factors_there_are_no_values():
    plain = made(factors=(), factor_values=None)
    assert plain.select(slice(3)).factor_values is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"factor_values": None}, "no image's values"),
        ({"factors": ()}, r"uint16 \[6, 0\], not uint16 \[6, 2\]"),
        ({"factor_values": VALUES[:5]}, r"\[6, 2\], not uint16 \[5, 2\]"),
        ({"factor_values": VALUES.astype(np.int64)}, "not int64"),
        ({"factor_values": VALUES + np.array([0, 50], np.uint16)}, "angle must be below its size, 300"),
        ({"factors": (Factor("size", 3), Factor("size", 300))}, "names of their own"),
        ({"factors": (Factor("size", 3), Factor("angle", 0))}, "angle must be below its size, 0"),
        ({"factors": (Factor("size", 3), Factor("angle", 70_000))}, "size"),
        ({"factors": (), "factor_values": VALUES[:, :0]}, "names of their own"),
    ],
)
def test_factors_that_do_not_fit_are_refused(changes, sentence):
    with pytest.raises(InvalidSetting, match=sentence):
        made(**changes)
