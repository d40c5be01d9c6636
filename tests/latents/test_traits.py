"""What is known of images: values in words, ranges of a scale, and the next image of a value."""

import numpy as np
import pytest

from vae_explorer.latents.traits import RANGES, Trait, next_with, numbered, range_ids, range_names

LABELS = np.array([2, 0, 1, 2, 2])
SHAPE = Trait("label", "shape", LABELS, ("square", "ellipse", "heart"))


def test_a_name_stands_alone_and_a_number_among_those_that_there_are():
    angle = numbered("factor-2", "angle", LABELS, 40)
    assert (SHAPE.text(2), angle.text(12)) == ("shape heart", "angle 12 (0–39)")
    assert (SHAPE.brief(2), angle.brief(12)) == ("shape heart", "angle 12")


def test_ten_numbers_are_few_and_names_always_are():
    assert numbered("factor-1", "hue", LABELS, 10).few
    assert not numbered("factor-1", "hue", LABELS, 11).few
    assert Trait("label", "class", LABELS, tuple(map(str, range(47)))).few


@pytest.mark.parametrize("size", [11, 13, 32, 40, 200, 65_536])
def test_every_value_lies_in_the_range_of_its_name(size):
    values, names = np.arange(size).astype(np.uint16), range_names(size)
    assert len(names) == RANGES
    for value, place in zip(values, range_ids(values, size), strict=True):
        first, _, last = names[place].partition("–")
        assert int(first) <= value <= int(last or first)


def test_the_next_image_of_a_value_starts_over_at_the_end():
    assert [next_with(SHAPE, 2, index) for index in range(5)] == [3, 3, 3, 4, 0]
    assert next_with(SHAPE._replace(values=LABELS[:2]), 1, 1) == 1
