"""Float images to bytes: mosaics, PNG and GIF. A leaf: NumPy and Pillow only."""

import io
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

GAP_LEVEL = 255
SAMPLED = 8
"""Frames of a film from which its palette is made."""


class Text(NamedTuple):
    """A line of text on a sheet."""

    words: str
    left: int
    top: int
    size: int
    """Pixels."""
    colour: tuple[int, int, int]


def to_uint8(images: np.ndarray) -> np.ndarray:
    """Images in [0, 1] as uint8 levels, rounded; any shape. Values outside are clipped, NaN becomes 0."""
    return (np.nan_to_num(np.clip(images, 0, 1)) * 255 + 0.5).astype(np.uint8)


def mosaic(images: np.ndarray, columns: int, gap: int = 0) -> np.ndarray:
    """Images uint8 [M, C, H, W] laid out in rows of `columns`; uint8 [H', W', C]. Empty places and gaps are white."""
    count, channels, height, width = images.shape
    rows = -(-count // columns)
    sheet = np.full((rows * (height + gap) - gap, columns * (width + gap) - gap, channels), GAP_LEVEL, np.uint8)
    for index, image in enumerate(images):
        top, left = index // columns * (height + gap), index % columns * (width + gap)
        sheet[top : top + height, left : left + width] = image.transpose(1, 2, 0)
    return sheet


def enlarge(sheet: np.ndarray, factor: int) -> np.ndarray:
    """Every pixel of [H, W, C] repeated factor × factor times, so that it stays crisp in any viewer."""
    return sheet.repeat(factor, axis=0).repeat(factor, axis=1)


def png(sheet: np.ndarray) -> bytes:
    """A sheet uint8 [H, W, 1 or 3] as PNG bytes."""
    buffer = io.BytesIO()
    _picture(sheet).save(buffer, "PNG")
    return buffer.getvalue()


def sprites(images: np.ndarray, columns: int, exact: bool) -> bytes:
    """Images uint8 [M, C, H, W] in rows of `columns`, black after the last, as the bytes of one picture.

    Exact as PNG: 10,000 images of MNIST take 1.7 MB and 0.3 s. Else WebP at quality 90, not to be told apart at the
    size of a thumbnail: 10,000 reconstructions, whose soft greys would be 3 MB as PNG, take 1.7 MB, 10,000
    photographs of 32×32 4.2 MB, each under a second.
    """
    count, channels, height, width = images.shape
    rows = -(-count // columns)
    cells = np.zeros((rows * columns, channels, height, width), np.uint8)
    cells[:count] = images
    sheet = cells.reshape(rows, columns, channels, height, width).transpose(0, 3, 1, 4, 2)
    buffer = io.BytesIO()
    picture = _picture(sheet.reshape(rows * height, columns * width, channels))
    if exact:
        picture.save(buffer, "PNG")
    else:
        picture.save(buffer, "WEBP", quality=90, method=1)
    return buffer.getvalue()


def gif(frames: np.ndarray, milliseconds: int, factor: int = 1) -> bytes:
    """Frames uint8 [M, C, H, W] as an endlessly repeated GIF, each shown for so long, enlarged by the factor."""
    pictures = [_picture(enlarge(frame.transpose(1, 2, 0), factor)) for frame in frames]
    buffer = io.BytesIO()
    pictures[0].save(buffer, "GIF", save_all=True, append_images=pictures[1:], duration=milliseconds, loop=0)
    return buffer.getvalue()


def lettered(sheet: np.ndarray, texts: Sequence[Text]) -> np.ndarray:
    """A sheet uint8 [H, W, 3] with lines of text on it, in Pillow's own letters, which are Latin alone."""
    from PIL import ImageDraw, ImageFont

    picture = _picture(sheet)
    pen = ImageDraw.Draw(picture)
    fonts = {size: ImageFont.load_default(size) for size in {text.size for text in texts}}
    for words, left, top, size, colour in texts:
        pen.text((left, top), words, fill=colour, font=fonts[size])
    return np.asarray(picture)


def film(sheets: Sequence[np.ndarray], milliseconds: Sequence[int]) -> bytes:
    """Sheets uint8 [H, W, 3], each shown for so long, as an endlessly repeated GIF of one palette.

    One palette and no dithering: nothing flickers, and what does not change costs nothing.
    """
    from PIL import Image

    plain = Image.Dither.NONE
    chosen = sheets[:: 1 + (len(sheets) - 1) // SAMPLED]
    palette = _picture(np.concatenate([*chosen, sheets[-1]])).quantize(256, dither=plain)
    pictures = [_picture(sheet).quantize(palette=palette, dither=plain) for sheet in sheets]
    buffer = io.BytesIO()
    pictures[0].save(
        buffer, "GIF", save_all=True, append_images=pictures[1:], duration=list(milliseconds), loop=0, optimize=False
    )
    return buffer.getvalue()


def _picture(sheet: np.ndarray):  # noqa: ANN202 - Pillow is imported only when a picture is made
    from PIL import Image

    return Image.fromarray(sheet[..., 0] if sheet.shape[2] == 1 else sheet)
