"""What is known of a checkpoint's images: factors by their columns, the class that is one, and data that are gone."""

import numpy as np
import pytest

from tests.kinds import save_sprites
from vae_explorer import datasets
from vae_explorer.checkpoints.columns import column
from vae_explorer.checkpoints.encoded_codes import encoded_codes
from vae_explorer.checkpoints.known_traits import known_factors, traits
from vae_explorer.errors import DataUnavailable, UnknownName
from vae_explorer.latents.traits import range_ids

NAMES = ["shape", "scale", "orientation", "x position", "y position"]


@pytest.fixture(scope="module")
def sprites(tmp_path_factory):
    return save_sprites(tmp_path_factory.mktemp("sprites") / "sprites")


def test_sprites_have_factors_and_their_shape_is_their_class(sprites):
    known, values = traits(sprites), datasets.load("sprites", "test").factor_values
    assert values is not None
    assert [trait.name for trait in known] == NAMES
    assert [trait.column for trait in known] == ["label", "factor-1", "factor-2", "factor-3", "factor-4"]
    assert [trait.few for trait in known] == [True, True, False, False, False]
    assert known[0].text(2) == "shape heart"
    for place, trait in enumerate(known):
        assert np.array_equal(trait.values, values[:, place])
        assert np.array_equal(column(sprites, f"factor-{place}"), values[:, place])
    assert np.array_equal(column(sprites, "range-2"), range_ids(values[:, 2], 40))


@pytest.mark.parametrize("name", ["factor-5", "range-5", "factor-01", "factor--1", "factor-"])
def test_there_is_no_other_column(sprites, name):
    with pytest.raises(UnknownName):
        column(sprites, name)


def test_digits_have_a_class_alone(tiny):
    (of_class,) = traits(tiny)
    assert (of_class.name, of_class.text(7)) == ("class", "class 7")
    assert known_factors(tiny).note == ""
    with pytest.raises(UnknownName):
        column(tiny, "factor-0")


def test_a_data_set_that_is_gone_leaves_the_class_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_DATA", str(tmp_path / "nothing"))
    gone = save_sprites(tmp_path / "gone", "dsprites")
    assert [trait.name for trait in traits(gone)] == ["shape"]
    assert known_factors(gone).note == "the factors of dSprites are not on this machine"
    assert [factor.name for factor in encoded_codes(gone).factors] == ["class"]
    with pytest.raises(
        DataUnavailable, match=r"^There is no factor-2: the factors of dSprites are not on this machine\.$"
    ):
        column(gone, "factor-2")


def test_a_damaged_data_set_is_as_good_as_gone(tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_DATA", str(tmp_path))
    (tmp_path / "dsprites").mkdir()
    (tmp_path / "dsprites" / "dsprites_ndarray_co1sh3sc6or40x32y32_64x64.npz").write_bytes(b"no archive")
    damaged = save_sprites(tmp_path / "damaged", "dsprites")
    assert known_factors(damaged).note == "the factors of dSprites are not on this machine"


def test_other_images_have_other_factors(tmp_path):
    few = save_sprites(tmp_path / "few", n=50)
    assert known_factors(few).note == "these are other images than Sprites has here, so their factors are not known"
    assert [trait.name for trait in traits(few)] == ["shape"]
