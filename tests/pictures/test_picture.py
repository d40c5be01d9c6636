"""Pictures as Pillow and plain arithmetic have them: upright, in 8 bits, grey or colour, square."""

import contextlib
import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from tests.pictures.made import encoded, noise, png
from vae_explorer.pictures.picture import DAMAGED, FORMATS, HOW, NO_PICTURE, TOO_LARGE, decoded, is_coloured, levels
from vae_explorer.pictures.pile import Unfit

pytestmark = pytest.mark.thorough

PIXELS = 10_000_000
SIZES = st.tuples(st.integers(1, 40), st.integers(1, 40))
GREY = SIZES.flatmap(lambda size: arrays(np.uint8, size))
COLOUR = SIZES.flatmap(lambda size: arrays(np.uint8, (*size, 3)))


def seen(data: bytes) -> np.ndarray:
    return np.asarray(decoded(data, PIXELS))


@given(st.one_of(GREY, COLOUR))
def test_lossless_pictures_come_as_they_are(array):
    for kind in ("PNG", "BMP", "TIFF", "PPM"):
        assert np.array_equal(seen(encoded(Image.fromarray(array), kind)), array)
    lossless = seen(encoded(Image.fromarray(array), "WEBP", lossless=True))
    assert np.array_equal(lossless, array if array.ndim == 3 else np.stack([array] * 3, axis=2))


@given(SIZES.flatmap(lambda size: arrays(np.uint16, size)))
def test_16_bits_are_scaled_and_not_clipped(array):
    for kind in ("PNG", "TIFF"):
        assert np.array_equal(seen(encoded(Image.fromarray(array), kind)), np.round(array / 257))


@given(SIZES.flatmap(lambda size: arrays(np.float32, size, elements=st.floats(0, 1, width=32))))
def test_numbers_to_1_are_scaled(array):
    found = seen(encoded(Image.fromarray(array), "TIFF")).astype(float)
    assert abs(found - array * 255).max() <= 0.5 + 1e-4


def test_other_ranges_go_from_the_darkest_to_the_brightest():
    array = np.array([[-70_000, 0, 70_000]], np.int32)
    assert seen(encoded(Image.fromarray(array), "TIFF")).tolist() == [[0, 128, 255]]
    flat = np.full((3, 3), -5.0, np.float32)
    assert decoded(encoded(Image.fromarray(flat), "TIFF"), PIXELS).size == (3, 3)


@given(SIZES.flatmap(lambda size: arrays(np.uint8, (*size, 4))))
def test_what_is_transparent_lies_on_white(array):
    opacity = array[..., 3:] / 255
    wanted = array[..., :3] * opacity + 255 * (1 - opacity)
    assert abs(seen(png(array)) - wanted).max() <= 1


@given(SIZES.flatmap(lambda size: arrays(np.uint8, (*size, 2))))
def test_grey_that_is_transparent_stays_grey(array):
    opacity = array[..., 1] / 255
    found = seen(encoded(Image.merge("LA", [Image.fromarray(one) for one in channels(array)])))
    assert found.ndim == 2
    assert abs(found - (array[..., 0] * opacity + 255 * (1 - opacity))).max() <= 1.5


def channels(array: np.ndarray) -> list[np.ndarray]:
    return [np.ascontiguousarray(array[..., channel]) for channel in range(array.shape[2])]


@given(COLOUR)
def test_a_palette_is_looked_up(array):
    image = Image.fromarray(array).quantize(16)
    assert np.array_equal(seen(encoded(image)), np.asarray(image.convert("RGB")))
    assert np.array_equal(seen(encoded(image, "GIF")), np.asarray(image.convert("RGB")))


def test_a_transparent_entry_of_a_palette_lies_on_white():
    image = Image.new("P", (4, 4), 1)
    image.putpalette([0, 0, 0, 255, 0, 0])
    image.putpixel((0, 0), 0)
    found = seen(encoded(image, transparency=0))
    assert found[0, 0].tolist() == [255, 255, 255]
    assert found[1, 1].tolist() == [255, 0, 0]


def test_black_and_white_is_grey():
    image = Image.fromarray(noise(channels=1) > 128)
    assert np.array_equal(seen(encoded(image)), np.asarray(image) * 255)


TURNS = {
    1: lambda x: x,
    2: np.fliplr,
    3: lambda x: np.rot90(x, 2),
    4: np.flipud,
    5: lambda x: x.swapaxes(0, 1),
    6: lambda x: np.rot90(x, -1),
    7: lambda x: np.rot90(x, 2).swapaxes(0, 1),
    8: np.rot90,
}


@pytest.mark.parametrize("orientation", TURNS)
def test_a_camera_s_turn_is_followed(orientation):
    array = noise(12)[:, :7]
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert np.array_equal(seen(encoded(Image.fromarray(array), exif=exif)), TURNS[orientation](array))


def test_a_large_jpeg_is_decoded_at_a_fraction_and_looks_the_same():
    y, x = np.mgrid[:800, :1200]
    smooth = np.stack([x / 1200, y / 800, (x + y) / 2000], axis=2)
    data = encoded(Image.fromarray((smooth * 255).astype(np.uint8)), "JPEG", quality=95)
    fast, slow = decoded(data, PIXELS, 32), decoded(data, PIXELS)
    assert slow.size == (1200, 800)
    assert fast.width < slow.width
    assert min(fast.size) >= 64
    for how in ("fit", "fill"):
        small = [np.asarray(HOW[how](image, 32), float) for image in (fast, slow)]
        assert abs(small[0] - small[1]).mean() < 3


@given(st.one_of(GREY, COLOUR), st.integers(8, 48), st.sampled_from(sorted(HOW)), st.booleans())
def test_every_picture_becomes_a_square(array, side, how, colour):
    found = levels(HOW[how](Image.fromarray(array), side), colour)
    assert (found.shape, found.dtype) == ((3 if colour else 1, side, side), np.uint8)


@given(st.one_of(GREY, COLOUR), st.integers(8, 48))
def test_fit_keeps_the_whole_picture_between_black_bars(array, side):
    bright = np.maximum(array, 1)
    found = np.asarray(HOW["fit"](Image.fromarray(np.full_like(bright, 200)), side))
    rows = (found == 200).reshape(side, side, -1).all(axis=2)
    height, width = int(rows.any(axis=1).sum()), int(rows.any(axis=0).sum())
    scale = side / max(array.shape[:2])
    assert max(height, width) == side
    for length, wanted in ((height, array.shape[0] * scale), (width, array.shape[1] * scale)):
        assert abs(length - max(1, wanted)) <= 0.5
    assert (found.reshape(side, side, -1)[~rows] == 0).all()
    assert rows.sum() == height * width


@given(COLOUR, st.integers(8, 48))
def test_crop_keeps_the_middle_as_it_is(array, side):
    found = np.asarray(HOW["crop"](Image.fromarray(array), side))
    height, width = array.shape[:2]
    top, left = (height - side) // 2, (width - side) // 2
    for row in range(side):
        for column in (0, side // 2, side - 1):
            inside = 0 <= top + row < height and 0 <= left + column < width
            wanted = array[top + row, left + column].tolist() if inside else [0, 0, 0]
            assert found[row, column].tolist() == wanted


@given(COLOUR, st.integers(8, 48))
def test_fill_is_the_middle_square_resized(array, side):
    height, width = array.shape[:2]
    least = min(height, width)
    box = ((width - least) / 2, (height - least) / 2, (width + least) / 2, (height + least) / 2)
    wanted = Image.fromarray(array).resize((side, side), Image.Resampling.LANCZOS, box=box)
    assert np.array_equal(np.asarray(HOW["fill"](Image.fromarray(array), side)), np.asarray(wanted))


@given(GREY)
def test_greys_have_no_colour_whatever_holds_them(array):
    grey = Image.fromarray(array)
    assert not is_coloured(grey)
    assert not is_coloured(grey.convert("RGB"))


def test_a_jpeg_of_greys_has_no_colour_but_a_spot_has():
    grey = Image.fromarray(noise(64, 1)).convert("RGB")
    assert not is_coloured(decoded(encoded(grey, "JPEG", quality=30), PIXELS))
    grey.paste((200, 30, 30), (0, 0, 10, 10))
    assert is_coloured(decoded(encoded(grey, "JPEG", quality=90), PIXELS))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def huge(width: int, height: int) -> bytes:
    """The header of a PNG of so many pixels, and none of them."""
    header = chunk(b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


WHOLE = png(noise(64))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", NO_PICTURE),
        (b"some text", NO_PICTURE),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", NO_PICTURE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", NO_PICTURE),
        (WHOLE[: len(WHOLE) // 2], DAMAGED),
        (WHOLE[:5_000] + bytes(5_000) + WHOLE[10_000:], DAMAGED),
        (encoded(Image.fromarray(noise(64)), "JPEG")[:600], DAMAGED),
        (encoded(Image.fromarray(np.array([[np.nan]], np.float32)), "TIFF"), DAMAGED),
        (huge(4_000, 4_000), TOO_LARGE),
        (huge(10_000, 10_000), TOO_LARGE),
        (huge(60_000, 60_000), TOO_LARGE),
    ],
)
def test_what_gives_no_picture_says_why(data, reason):
    with pytest.raises(Unfit) as refused:
        decoded(data, PIXELS)
    assert refused.value.reason == reason


@given(
    st.integers(0, len(WHOLE) - 1), st.integers(0, 255), st.sampled_from([kind for kind in FORMATS if kind != "MPO"])
)
def test_a_changed_byte_gives_a_picture_or_a_reason(place, value, kind):
    data = bytearray(encoded(Image.fromarray(noise(64)), kind))
    data[place % len(data)] = value
    with contextlib.suppress(Unfit):
        assert decoded(bytes(data), PIXELS).mode in ("L", "RGB")


def test_of_several_frames_the_first_is_taken():
    first, second = (Image.fromarray(noise(8, 1, seed)) for seed in (0, 1))
    buffer = io.BytesIO()
    first.save(buffer, "TIFF", save_all=True, append_images=[second])
    assert np.array_equal(seen(buffer.getvalue()), np.asarray(first))
