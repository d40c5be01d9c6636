"""Pictures and archives of them, made for tests."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np
from PIL import Image

FEW = 24
"""Enough pictures for a data set."""


def encoded(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def png(array: np.ndarray) -> bytes:
    """Of uint8 [H, W] or [H, W, 3 or 4]."""
    return encoded(Image.fromarray(array))


def noise(side: int = 16, channels: int = 3, seed: int = 0) -> np.ndarray:
    """uint8 [side, side, 3], or [side, side] of one channel."""
    shape = (side, side) if channels == 1 else (side, side, channels)
    return np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_STORED) -> io.BytesIO:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    buffer.seek(0)
    return buffer


def pets(n: int = FEW) -> dict[str, bytes]:
    """Files of pictures, cats and dogs by turns."""
    return {f"pets/{('cat', 'dog')[i % 2]}/{i:03}.png": png(noise(seed=i)) for i in range(n)}
