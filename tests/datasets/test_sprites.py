"""Sprites meet the measured geometry of dSprites, are drawn alike every time, and never all at once."""

from pathlib import Path

import numpy as np
import pytest

from vae_explorer.datasets import sprites
from vae_explorer.datasets.drawn import DrawnImages
from vae_explorer.errors import InvalidSetting

NOWHERE = Path("nowhere")
MIDDLE = 16
AREAS = {
    "square": (100, 144, 196, 256, 324, 400),
    "ellipse": (76, 104, 144, 184, 228, 288),
    "heart": (58, 84, 108, 140, 182, 222),
}
TOLERANCE = {"square": 0.0, "ellipse": 0.08, "heart": 0.08}


def drawn(values: list[list[int]], side: int = 64) -> np.ndarray:
    return sprites.draw(sprites.address(np.array(values)), side)[:, 0]


def centroid(image: np.ndarray) -> np.ndarray:
    """(x, y) of the set pixels, y upwards, from the image's centre."""
    y, x = np.nonzero(image)
    return np.array([x.mean() + 0.5 - image.shape[1] / 2, image.shape[0] / 2 - y.mean() - 0.5])


@pytest.mark.parametrize("shape", AREAS)
def test_areas_are_those_measured_on_dsprites(shape: str):
    kind = sprites.SHAPE_NAMES.index(shape)
    images = drawn([[kind, scale, 0, 0, 0] for scale in range(6)])
    assert set(np.unique(images)) == {0, 255}
    areas = (images > 0).sum((1, 2))
    np.testing.assert_allclose(areas, AREAS[shape], rtol=TOLERANCE[shape])


def test_a_turned_square_keeps_its_area():
    areas = (drawn([[0, 5, angle, 7, 7] for angle in range(1, 39)]) > 0).sum((1, 2))
    assert ((areas >= 364) & (areas <= 400)).all()


def test_a_square_without_a_turn_is_a_square():
    image = drawn([[0, 5, 0, 0, 0]])[0] > 0
    wanted = np.zeros((64, 64), bool)
    wanted[6:26, 6:26] = True  # 16 ± 9.6
    assert (image == wanted).all()


def test_the_heart_is_as_wide_as_high_and_as_balanced_as_the_real_one():
    heart = drawn([[2, 5, 0, 0, 0]])[0]
    rows, columns = np.nonzero(heart.any(1))[0], np.nonzero(heart.any(0))[0]
    assert 19 <= np.ptp(columns) + 1 <= 20
    assert 17 <= np.ptp(rows) + 1 <= 18
    rise = 32 - 16 + centroid(heart)[1] - 32  # above the centre of rotation at (16, 16)
    assert rise == pytest.approx(2.0, abs=0.3)
    assert heart[rows[0]].sum() > heart[rows[-1]].sum()  # its point is below


def test_angles_grow_counter_clockwise_and_the_last_repeats_the_first():
    first, turned, last = drawn([[2, 5, 0, 16, 16], [2, 5, 5, 16, 16], [2, 5, 39, 16, 16]])
    assert (first == last).all()
    assert centroid(turned)[0] < centroid(first)[0] - 0.5  # what was above leans to the left


def test_every_position_lies_where_it_is_said():
    values = [[1, 3, 0, x, y] for x, y in ((0, 0), (31, 0), (0, 31), (31, 31), (10, 20))]
    for image, (*_, x, y) in zip(drawn(values), values, strict=True):
        wanted = np.array([16 + 32 * x / 31 - 32, 32 - 16 - 32 * y / 31])
        np.testing.assert_allclose(centroid(image), wanted, atol=0.5)


def test_no_sprite_is_cut_off_and_small_ones_are_smooth():
    rng = np.random.default_rng(0)
    index = rng.integers(sprites.TOTAL, size=2_000)
    for side in sprites.SIDES:
        images = sprites.draw(index, side)[:, 0]
        faint = 0 if side >= 32 else 25  # of 255: the rim of an edge
        assert images[:, [0, -1]].max() <= faint
        assert images[:, :, [0, -1]].max() <= faint
    small, large = (sprites.draw(index, side)[:, 0].astype(float).sum((1, 2)) for side in (32, 64))
    np.testing.assert_allclose(small * 4, large, rtol=0.15)
    assert small.sum() * 4 == pytest.approx(large.sum(), rel=0.02)
    assert len(np.unique(sprites.draw(index, 32))) > 50


def test_an_image_is_the_same_alone_and_among_others():
    rng = np.random.default_rng(1)
    index = rng.integers(sprites.TOTAL * sprites.HUES**2, size=50)
    together = sprites.draw(index, colour=True)
    for place in (0, 17, 49):
        assert (sprites.draw(index[place : place + 1], colour=True)[0] == together[place]).all()


def test_addresses_and_values_are_one_another():
    index = np.array([0, 1, 31, 32, 737_279])
    values = sprites.factor_values(index)
    assert values[1].tolist() == [0, 0, 0, 0, 1]
    assert values[-1].tolist() == [2, 5, 39, 31, 31]
    assert (sprites.address(values) == index).all()


@pytest.mark.parametrize("index", [-1, sprites.TOTAL])
def test_an_address_beyond_the_last_is_refused(index: int):
    with pytest.raises(InvalidSetting, match="from 0 to 737,279"):
        sprites.draw(np.array([index]))


def test_another_side_is_refused():
    with pytest.raises(InvalidSetting, match="28, 32 or 64 pixels wide, not 48"):
        sprites.draw(np.array([0]), 48)


@pytest.mark.parametrize("colour", [False, True])
def test_splits_share_no_image_and_are_not_held_in_memory(colour: bool):
    train, test = (sprites.load(split, NOWHERE, colour=colour) for split in ("train", "test"))
    assert isinstance(train.images, DrawnImages)
    assert (len(train), len(test)) == (727_280, 10_000)
    assert isinstance(test.images, DrawnImages)
    assert not np.isin(test.images.index, train.images.index).any()
    some = train.select(np.array([5, 70_000])).select(slice(1, 2))
    assert isinstance(some.images, DrawnImages)
    assert (some.images[:] == train.images[np.array([70_000])]).all()
    assert some.factor_values is not None
    assert (some.labels == some.factor_values[:, 0]).all()


def test_every_hue_of_object_and_background_can_be_told_apart():
    hues = sprites.HUES
    images = sprites.draw(np.arange(hues**2) + sprites.address(np.array([[0, 5, 0, 16, 16]])) * hues**2, colour=True)
    middle, corner = images[:, :, MIDDLE, MIDDLE], images[:, :, 0, 0]
    assert len(np.unique(middle, axis=0)) == len(np.unique(corner, axis=0)) == hues
    assert (middle.max(1) > corner.max(1)).all()
