"""The pictures of an npz: `images`, and maybe `labels`; never pickled objects."""

from typing import TYPE_CHECKING

import numpy as np

from vae_explorer import npz
from vae_explorer.config import MAX_CLASSES
from vae_explorer.errors import require
from vae_explorer.pictures.pile import Bounds, Pile

if TYPE_CHECKING:
    from PIL import Image

UNREADABLE = "holds other things than whole arrays of numbers; save them by numpy.savez(file, images=…, labels=…)."
LONGEST_SIDE = 8_192


def pile(data: bytes, bounds: Bounds) -> Pile:
    """The pictures of an archive of arrays.

    Images are [N, H, W], [N, H, W, 1 or 3] or [N, 1 or 3, H, W]: whole numbers to 255 or 65,535, truth values, or
    numbers from 0 to 1 or to 255. Labels are N whole numbers or words.

    Raises:
        StorageError: for what holds no plain arrays, or more than is taken.
        InvalidSetting: for arrays of another kind.
    """
    arrays = npz.unpack(data, bounds.held_bytes, "The archive", UNREADABLE)
    known = ", ".join(list(arrays)[:5]) or "none"
    require("images" in arrays, f"An npz of pictures has an array `images`, and maybe `labels`; this one has {known}.")
    images = _channels_last(arrays["images"])
    require(len(images) <= bounds.files, f"These are {len(images):,} images; at most {bounds.files:,} are taken.")
    scale = _scale(images)
    labels = _words(arrays["labels"], len(images)) if "labels" in arrays else [""] * len(images)

    def picture(place: int, side: int) -> "Image.Image":
        from PIL import Image

        seen = np.round(images[place] * scale).astype(np.uint8)
        return Image.fromarray(seen[..., 0] if seen.shape[2] == 1 else seen)

    return Pile(labels, picture)


def levels(images: np.ndarray, labels: np.ndarray | None) -> tuple[np.ndarray, list[str]]:
    """Images as uint8 [N, C, H, W], and the label of each as a word, empty where there are none.

    Raises:
        InvalidSetting: as `pile`.
    """
    seen = _channels_last(images)
    words = [""] * len(seen) if labels is None else _words(labels, len(seen))
    return np.round(seen.transpose(0, 3, 1, 2) * _scale(seen)).astype(np.uint8), words


def _channels_last(images: np.ndarray) -> np.ndarray:
    """As [N, H, W, C]."""
    seen = images[..., None] if images.ndim == 3 else images
    if seen.ndim == 4 and seen.shape[3] not in (1, 3) and seen.shape[1] in (1, 3):
        seen = seen.transpose(0, 2, 3, 1)
    fits = seen.ndim == 4 and seen.shape[3] in (1, 3) and all(0 < side <= LONGEST_SIDE for side in seen.shape[1:3])
    told = list(images.shape)
    require(fits, f"`images` must be [N, height, width], or the same with 1 or 3 channels first or last, not {told}.")
    return seen


def _scale(images: np.ndarray) -> float:
    """What brings the numbers to 0…255."""
    kind = images.dtype.kind
    require(kind in "buif", f"`images` must be numbers, not {images.dtype}.")
    if not images.size:
        return 1.0
    low, high = float(images.min()), float(images.max())  # NaN if there is one
    require(np.isfinite(low) and np.isfinite(high), "`images` holds NaN or infinite numbers; leave these out.")
    steps = {"b": (1,), "f": (1, 255)}.get(kind, (255, 65_535))
    top = next((step for step in steps if high <= step), None)
    most = " or ".join(f"0…{step:,}" for step in steps)
    require(
        low >= 0 and top is not None, f"`images` of type {images.dtype} must lie in {most}, not in {low:g}…{high:g}."
    )
    return 255 / (top or 1)


def _words(labels: np.ndarray, n: int) -> list[str]:
    require(labels.shape == (n,), f"`labels` must be one for each of the {n:,} images, not {list(labels.shape)}.")
    whole = labels.dtype.kind in "buiU" or (labels.dtype.kind == "f" and _are_whole(labels))
    require(whole, f"`labels` must be whole numbers or words, not {labels.dtype}.")
    seen = labels if labels.dtype.kind == "U" else labels.astype(np.int64)
    few = len(np.unique(seen)) <= MAX_CLASSES
    require(few, f"`labels` must name at most {MAX_CLASSES:,} classes; leave them out if they are none.")
    return [str(label) for label in seen.tolist()]


def _are_whole(labels: np.ndarray) -> bool:
    return bool((abs(labels) < 2**53).all() and (labels == np.round(labels)).all())
