import io

import numpy as np
import pytest
from PIL import Image, ImageSequence

from vae_explorer import images


def test_levels_are_rounded_and_clipped():
    levels = images.to_uint8(np.array([0, 0.4999 / 255, 0.5001 / 255, 1, 1.5, -2, np.nan]))
    assert levels.tolist() == [0, 0, 1, 255, 255, 0, 0]


@pytest.mark.parametrize("channels", [1, 3])
def test_a_mosaic_puts_every_picture_in_its_place(channels, rng):
    pictures = rng.integers(0, 255, (5, channels, 4, 6), dtype=np.uint8)
    sheet = images.mosaic(pictures, columns=3, gap=2)
    assert sheet.shape == (4 * 2 + 2, 6 * 3 + 4, channels)
    assert np.array_equal(sheet[6:10, 8:14], pictures[4].transpose(1, 2, 0))
    assert (sheet[:, 6:8] == 255).all()
    assert (sheet[6:, 16:] == 255).all()


@pytest.mark.parametrize("channels", [1, 3])
def test_png_is_read_back_exactly(channels, rng):
    sheet = rng.integers(0, 255, (7, 9, channels), dtype=np.uint8)
    again = np.asarray(Image.open(io.BytesIO(images.png(sheet)))).reshape(sheet.shape)
    assert np.array_equal(again, sheet)
    assert np.array_equal(images.enlarge(sheet, 3)[::3, ::3], sheet)


def cut(encoded: bytes, n: int, columns: int, height: int, width: int) -> np.ndarray:
    """The pictures of a sheet, [n, H, W, …]."""
    sheet = np.asarray(Image.open(io.BytesIO(encoded)))
    places = [(k // columns * height, k % columns * width) for k in range(n)]
    return np.stack([sheet[top : top + height, left : left + width] for top, left in places])


@pytest.mark.parametrize("channels", [1, 3])
def test_sprites_are_exact_where_asked_and_black_after_the_last(rng, channels):
    pictures = rng.integers(0, 255, (5, channels, 4, 6), dtype=np.uint8)
    encoded = images.sprites(pictures, columns=3, exact=True)
    assert np.array_equal(cut(encoded, 5, 3, 4, 6).reshape(5, 4, 6, channels), pictures.transpose(0, 2, 3, 1))
    assert not cut(encoded, 6, 3, 4, 6)[5].any()


def test_other_sprites_are_near_and_small(rng):
    ramp = np.linspace(0, 1, 32)
    ends = rng.integers(0, 255, (2, 12, 3, 1, 1))
    pictures = (ends[0] * ramp[:, None] + ends[1] * (1 - ramp)).clip(0, 255).astype(np.uint8)
    encoded = images.sprites(pictures, columns=4, exact=False)
    error = np.abs(cut(encoded, 12, 4, 32, 32).astype(int) - pictures.transpose(0, 2, 3, 1))
    assert error.mean() < 4
    assert len(encoded) < pictures.nbytes / 4


def test_gif_has_every_frame_and_repeats():
    frames = np.stack([np.full((1, 4, 4), level, np.uint8) for level in (0, 90, 180, 255)])
    with Image.open(io.BytesIO(images.gif(frames, 80, factor=2))) as picture:
        assert len(list(ImageSequence.Iterator(picture))) == 4
        assert picture.size == (8, 8)
        assert picture.info["loop"] == 0
        assert picture.info["duration"] == 80
