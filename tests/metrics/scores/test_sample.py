"""The images that a score draws are said where they are fewer than wanted, and factors that do not vary are named."""

from dataclasses import replace

import numpy as np
import pytest

from tests.metrics.scores import made_up
from vae_explorer.errors import InvalidSetting
from vae_explorer.metrics.scores.sample import NO_ACTIVE_UNIT, NO_FACTOR, sample, sample_of_factors

CODES = made_up.small(100)


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def test_images_are_drawn_once_each_and_alike_for_codes_of_the_same_images():
    drawn = sample(CODES, rng(), 60)
    assert len(np.unique(rng().choice(100, 60, replace=False))) == len(drawn.codes) == 60
    other = sample(made_up.noise(CODES), rng(), 60)
    assert (drawn.codes.values == other.codes.values).all()
    assert (drawn.said, drawn.nothing) == ((), "")


def test_fewer_images_than_wanted_are_all_used_and_said():
    drawn = sample(CODES, rng(), 1_000_000)
    assert len(drawn.codes) == 100
    assert drawn.scored(0.5).reason == "Measured on 100 images: there are no 1,000,000."
    with pytest.raises(InvalidSetting, match="an image at least"):
        sample(CODES, rng(), 0)


def test_a_factor_with_one_value_is_left_out_and_named_and_one_that_is_not_wanted_is_not_missed():
    drawn = sample_of_factors(replace(CODES, values=CODES.values * [1, 0, 1]), rng(), 50, "shape")
    assert [factor.name for factor in drawn.codes.factors] == ["angle"]
    assert drawn.unscored("Why.").reason == "Left out, as one value is all they take here: size. Why."
    assert sample_of_factors(replace(CODES, values=CODES.values * 0), rng(), 50).nothing == NO_FACTOR


def test_a_code_that_carries_nothing_is_nothing_to_score():
    assert sample(made_up.with_mu(CODES, CODES.mu * 0.01), rng(), 50).nothing == NO_ACTIVE_UNIT
