"""Bytes <-> requests of the live channel: untrusted text in, frames out.

A frame is a 4-byte little-endian header length, a UTF-8 JSON header, then raw bytes.
"""

import json
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from vae_explorer.config import MAX_LATENT_DIM
from vae_explorer.errors import BadRequest
from vae_explorer.levels import levels

MAX_FRAME_CHARS = 8_000_000
MAX_IMAGES = 1024
MAX_Z = 1e6
MAX_ID = 2**53
MAX_NAME_CHARS = 200
MAX_CLASS = 9999
FIELDS, OPTIONAL = {"id", "model", "z"}, {"y"}


class Request(NamedTuple):
    """One question: the images of these codes, please; as these classes, if the model is conditional."""

    id: int
    model: str
    z: np.ndarray
    """float32 [n, D]."""
    y: np.ndarray | None = None
    """int64 [n], class ids."""


class Refusal(BadRequest):
    """A request that breaks the protocol; carries its id when that much could be read."""

    def __init__(self, sentence: str, id: int | None = None) -> None:
        super().__init__(sentence)
        self.id = id


def parse_request(text: str) -> Request:
    """A request from one text frame, checked from the outside in, so that nothing big is built from a bad one.

    Raises:
        Refusal: with one sentence on what was expected.
    """
    values = _object(text)
    id = values.get("id")
    if type(id) is not int or abs(id) > MAX_ID:
        raise Refusal("A request needs an id that is a whole number.")
    try:
        exact = FIELDS <= set(values) <= FIELDS | OPTIONAL
        _check(exact, "A request has exactly the fields id, model and z, and y for a conditional model.")
        model = values["model"]
        _check(isinstance(model, str) and len(model) <= MAX_NAME_CHARS, "model must be the id of a checkpoint.")
        z = _codes(values["z"])
        return Request(id, model, z, _classes(values["y"], len(z)) if "y" in values else None)
    except BadRequest as error:
        raise Refusal(str(error), id) from error


def frame(header: dict[str, Any], body: bytes = b"") -> bytes:
    """Header and body in one message."""
    text = json.dumps(header, separators=(",", ":"), allow_nan=False).encode()
    return b"".join((len(text).to_bytes(4, "little"), text, body))


def error_frame(id: int | None, sentence: str) -> bytes:
    """The answer to a request that got none; id is None when it could not be read."""
    return frame({"id": id, "error": sentence})


def picture_header(images: np.ndarray) -> dict[str, int]:
    """The header's sizes of uint8 images [n, C, H, W]."""
    return dict(zip("nchw", images.shape, strict=True))


def column_frame(values: np.ndarray) -> bytes:
    """A column [N] for the browser, in levels."""
    column = levels(values)
    header = {"n": len(values), "dtype": column.levels.dtype.name, "low": column.low, "high": column.high}
    return frame(header, column.levels.tobytes())


def _object(text: str) -> dict[str, Any]:
    if len(text) > MAX_FRAME_CHARS:
        raise Refusal(f"A request may have {MAX_FRAME_CHARS:,} characters; {len(text):,} came.")
    try:
        values = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Refusal("A request must be valid JSON.") from error
    if not isinstance(values, dict):
        raise Refusal("A request must be a JSON object.")
    return values


def _codes(rows: Any) -> np.ndarray:
    counted = isinstance(rows, list) and 1 <= len(rows) <= MAX_IMAGES and all(isinstance(row, list) for row in rows)
    _check(counted, f"z must be a list of 1 to {MAX_IMAGES} codes, each a list of numbers.")
    widths = {len(row) for row in rows}
    _check(len(widths) == 1, "All codes in z must have the same length.")
    _check(1 <= widths.pop() <= MAX_LATENT_DIM, f"A code in z must have 1 to {MAX_LATENT_DIM} numbers.")
    _check(set(map(type, chain.from_iterable(rows))) <= {int, float}, "z must hold numbers only.")
    try:
        z = np.array(rows, dtype=float)
    except OverflowError:
        z = np.full((1, 1), np.inf)
    bounded = bool((np.abs(z) <= MAX_Z).all())
    _check(bounded, f"Every number in z must be finite and from -{MAX_Z:,.0f} to {MAX_Z:,.0f}.")
    return z.astype(np.float32)


def _classes(y: Any, n: int) -> np.ndarray:
    ids = y if isinstance(y, list) else [y] * n
    whole = set(map(type, ids)) == {int} and len(ids) == n and all(0 <= id <= MAX_CLASS for id in ids)
    _check(whole, f"y must be a class id from 0 to {MAX_CLASS}, or a list of one for each code in z.")
    return np.array(ids, dtype=np.int64)


def _check(condition: bool, sentence: str) -> None:
    if not condition:
        raise BadRequest(sentence)
