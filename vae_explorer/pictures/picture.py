"""The bytes of a picture -> 8-bit grey or colour, upright, square. Pillow alone decodes, formats without programs."""

import io
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from vae_explorer.pictures.pile import Unfit

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "PPM")
SUFFIXES = frozenset(
    (".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".ppm", ".pgm", ".pbm", ".pnm")
)
BEGINNINGS = (
    *(b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"GIF8", b"BM", b"II*\0", b"II+\0", b"MM\0*", b"MM\0+"),
    *(b"P%d%c" % (kind, space) for kind in range(1, 7) for space in b" \t\r\n"),
)
"""What files of these formats are called, and how they begin."""
NO_PICTURE, DAMAGED, TOO_LARGE = "no picture", "damaged", "too large"
"""Why a file is skipped."""
COLOURED, COLOURED_SHARE = 24, 0.01
"""How far the channels of a pixel lie apart that has a colour, and how many of these make a picture coloured."""


def decoded(data: bytes, pixels: int, side: int = 0) -> "Image.Image":
    """A picture upright, in mode L or RGB; of several frames the first.

    16 bits are scaled to 8, transparent parts lie on white, and what the camera noted of its turn is followed. A JPEG
    that will be reduced to `side` is decoded at a fraction of its size.

    Raises:
        Unfit: for what is no picture, damaged, or has more pixels than allowed, which its header says beforehand.
    """
    from PIL import Image, UnidentifiedImageError

    Image.init()
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
        if image.width * image.height > pixels:
            raise Unfit(TOO_LARGE)
        if side:
            image.draft(None, (2 * side, 2 * side))
        return _levelled(_upright(image))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise Unfit(TOO_LARGE) from error
    except UnidentifiedImageError as error:
        raise Unfit(NO_PICTURE) from error
    except Unfit:
        raise
    except Exception as error:  # a decoder may raise anything over damaged bytes
        raise Unfit(DAMAGED) from error


def _upright(image: "Image.Image") -> "Image.Image":
    from PIL import ImageOps

    return ImageOps.exif_transpose(image)


def _levelled(image: "Image.Image") -> "Image.Image":
    """Any mode as L or RGB."""
    from PIL import Image

    if image.mode.startswith(("I", "F")):
        return Image.fromarray(_eight_bits(np.asarray(image, np.float32), (1, 255) if image.mode == "F" else (65_535,)))
    if image.has_transparency_data:
        seen = image.convert("RGBA")
        ground = Image.new("RGBA", seen.size, "white")
        grey = image.mode in ("L", "LA", "La", "1")
        return Image.alpha_composite(ground, seen).convert("L" if grey else "RGB")
    return image if image.mode in ("L", "RGB") else image.convert("L" if image.mode == "1" else "RGB")


def _eight_bits(levels: np.ndarray, tops: tuple[int, ...]) -> np.ndarray:
    """Levels scaled to 8 bits from the range that holds them; those of none from the darkest to the brightest."""
    low, high = float(levels.min()), float(levels.max())
    if not np.isfinite((low, high)).all():
        raise Unfit(DAMAGED)
    top = next((top for top in tops if high <= top), 0) if low >= 0 else 0
    low, span = (0.0, float(top)) if top else (low, high - low or 1.0)
    return np.round((levels - low) * (255 / span)).astype(np.uint8)


def fit(image: "Image.Image", side: int) -> "Image.Image":
    """The whole picture in a square, with black bars beside or above and below it."""
    from PIL import Image

    scale = side / max(image.size)
    width, height = (min(side, max(1, round(length * scale))) for length in image.size)
    square = Image.new(image.mode, (side, side))
    small = image.resize((width, height), Image.Resampling.LANCZOS)
    square.paste(small, ((side - width) // 2, (side - height) // 2))
    return square


def fill(image: "Image.Image", side: int) -> "Image.Image":
    """The largest square in the middle of the picture, resized."""
    from PIL import Image, ImageOps

    return ImageOps.fit(image, (side, side), Image.Resampling.LANCZOS)


def crop(image: "Image.Image", side: int) -> "Image.Image":
    """The middle of the picture at its own size, black around a smaller one."""
    left, top = (image.width - side) // 2, (image.height - side) // 2
    return image.crop((left, top, left + side, top + side))


HOW: Mapping[str, Callable[["Image.Image", int], "Image.Image"]] = MappingProxyType(
    {"fit": fit, "fill": fill, "crop": crop}
)
"""Ways to make a picture square."""


def levels(image: "Image.Image", colour: bool) -> np.ndarray:
    """A square picture as uint8 [1 or 3, side, side]."""
    seen = np.asarray(image.convert("RGB" if colour else "L"))
    return seen.transpose(2, 0, 1) if colour else seen[None]


def is_coloured(image: "Image.Image") -> bool:
    """Whether there is more to a picture than greys, beyond what a JPEG's rounding makes of them."""
    if image.mode == "L":
        return False
    seen = np.asarray(image)
    return bool((np.ptp(seen, axis=2) > COLOURED).mean() >= COLOURED_SHARE)
