"""Sprite sheets: the images behind the points of a map, 10,000 in one picture."""

import contextlib
import math
import threading
from functools import lru_cache
from pathlib import Path

import numpy as np
from starlette.requests import Request

from vae_explorer import datasets, images
from vae_explorer.checkpoints import Checkpoint, catalogue, originals
from vae_explorer.errors import DataUnavailable, UnknownName
from vae_explorer.latents.map_points import map_points
from vae_explorer.live import batch
from vae_explorer.live.protocol import frame
from vae_explorer.live.reads import Answer

BLOCK = 10_000
MAX_SIDE = 64
"""Pixels; larger images are shrunk: a sheet of 10,000 of 128×128 would take the browser 650 MB."""
SLICE = 500
_MAKING = threading.Lock()


def read_thumbnails(request: Request) -> Answer:
    """The images of a block of a map's points, or, where they are not on this machine, the reconstructions of their mu.

    Never lasting: as data come and go, the same address has to tell the one from the other.
    """
    checkpoint = catalogue.find(request.path_params["id"])
    n = len(map_points(len(catalogue.LATENTS.get(checkpoint).label)))
    text, blocks = request.path_params["block"], -(-n // BLOCK)
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text) < blocks):
        raise UnknownName("block", text, (f"0 to {blocks - 1}",))
    there = originals.originals(checkpoint).available
    with _MAKING:
        body = _made(checkpoint, int(text), there)
    return Answer(body, "application/octet-stream", False)


def _made(checkpoint: Checkpoint, block: int, there: bool) -> bytes:
    if there:
        with contextlib.suppress(DataUnavailable):  # damaged, or gone since
            return _sheet(checkpoint, block, datasets.data_root())
    return _sheet(checkpoint, block, None)


@lru_cache(maxsize=8)
def _sheet(checkpoint: Checkpoint, block: int, root: Path | None, most: int = BLOCK) -> bytes:
    """The frame of a block of so many points; without a root there are no originals."""
    latents, first = catalogue.LATENTS.get(checkpoint), block * most
    points = map_points(len(latents.label))[first : first + most]
    found = originals.image_set(latents.dataset, latents.split).images if root else ()
    stand_in = len(found) <= int(points[-1])
    shown = _reconstructions(checkpoint, points) if stand_in else found[points]
    small = _shrunk(shown)
    columns, (n, channels, h, w) = math.ceil(math.sqrt(len(small))), small.shape
    header = {"n": n, "first": first, "columns": columns, "h": h, "w": w, "stand_in": stand_in}
    return frame(header, images.sprites(small, columns, exact=channels == 1 and not stand_in))


def _reconstructions(checkpoint: Checkpoint, indices: np.ndarray, at_once: int = SLICE) -> np.ndarray:
    """The decoded mu of images, each as its own class; uint8 [n, C, H, W]."""
    latents, classes = catalogue.LATENTS.get(checkpoint), checkpoint.recipe.model.classes
    parts = []
    for chosen in np.split(indices, range(at_once, len(indices), at_once)):
        y = latents.label[chosen] if classes else None
        parts.append(batch.pictures(checkpoint.id, latents.mu[chosen], y))
    return np.concatenate(parts)


def _shrunk(shown: np.ndarray) -> np.ndarray:
    """Images [n, C, H, W] whose sides are at most MAX_SIDE: means over squares of pixels, cut to whole squares."""
    factor = -(-max(shown.shape[2:]) // MAX_SIDE)
    if factor == 1:
        return shown
    n, c, h, w = *shown.shape[:2], shown.shape[2] // factor, shown.shape[3] // factor
    squares = shown[:, :, : h * factor, : w * factor].reshape(n, c, h, factor, w, factor)
    return np.stack([images.to_uint8(one.mean(axis=(2, 4)) / 255) for one in squares])
