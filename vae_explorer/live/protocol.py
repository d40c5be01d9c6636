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
from vae_explorer.projections.store import KEY

MAX_IMAGES = 1024
MAX_NUMBERS = 65_536
"""In z: 1024 codes of 64 units, or 128 of 512."""
MAX_FRAME_CHARS = 1_600_000
"""24 for each number."""
MAX_Z = 1e6
MAX_ID = 2**53
MAX_NAME_CHARS = 200
MAX_CLASS = 9999
SLACK = 1e-3
"""By which the shares of a mixture may miss 1 after rounding."""
MAX_INDEX = 10_000_000
DIGITS = 5
FORMS = (
    ({"id", "model", "z"}, {"y"}),
    ({"id", "model", "projection", "z"}, {"y", "brief"}),
    ({"id", "model", "images"}, {"y"}),
    ({"id", "model", "projection", "images"}, {"y", "brief"}),
    ({"id", "model", "projection", "xy"}, {"y", "brief", "through", "refine"}),
)
"""The fields that each form of a request must have, and those that it may have."""
CODES = "z, xy or images"
PLANE, SPACE = "pca", "latents"
"""Projections that every model has: its principal plane, and latent space with all its units, which is no map."""


class Look(NamedTuple):
    """The map on which codes are asked for by place, or on which the codes asked for are to be found."""

    projection: str
    """`pca`, `latents`, or the key of a fitted map."""
    xy: np.ndarray | None = None
    """float64 [n, 2]; None: asked for by code."""
    through: np.ndarray | None = None
    """float32 [1, D]: a code through which the plane goes, instead of the mean."""
    refine: bool = False
    """Whether each code is replaced by what its own picture is encoded as."""
    brief: bool = False
    """Whether the distance to the data, and the codes of images, are enough of an answer beside the pictures."""


class Request(NamedTuple):
    """One question: the pictures of these codes, places or images; as these classes, if the model is conditional."""

    id: int
    model: str
    n: int
    """How many images, 1 to MAX_IMAGES."""
    z: np.ndarray | None = None
    """float32 [n, D]; None: there are images, or the look has places instead."""
    y: np.ndarray | None = None
    """int64 [n], class ids, or float32 [n, K], the share of every class."""
    look: Look | None = None
    images: np.ndarray | None = None
    """int64 [n], indices of encoded images, whose mu is decoded."""


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
        return _request(id, values)
    except BadRequest as error:
        raise Refusal(str(error), id) from error


def _request(id: int, values: dict[str, Any]) -> Request:
    exact = any(needed <= set(values) <= needed | allowed for needed, allowed in FORMS)
    _check(
        exact, f"A request has id, model and z or images, or projection too and {CODES}, and no field of another form."
    )
    model = values["model"]
    _check(isinstance(model, str) and len(model) <= MAX_NAME_CHARS, "model must be the id of a checkpoint.")
    z = _rows("z", "codes", values["z"]).astype(np.float32) if "z" in values else None
    look = _look(values) if "projection" in values else None
    images = _images(values["images"]) if "images" in values else None
    n = len(next(rows for rows in (z, images, values.get("xy")) if rows is not None))
    return Request(id, model, n, z, _classes(values["y"], n) if "y" in values else None, look, images)


def _look(values: dict[str, Any]) -> Look:
    name, refine, brief = values["projection"], values.get("refine", False), values.get("brief", False)
    fitted = isinstance(name, str) and bool(KEY.fullmatch(name))
    _check(fitted or name in (PLANE, SPACE), "projection must be pca, latents or the key of a map.")
    _check(name != SPACE or "xy" not in values, "latents is no map; a code in it is asked for as z.")
    _check(isinstance(refine, bool) and isinstance(brief, bool), "refine and brief must be true or false.")
    _check(fitted or not refine, "refine is for fitted maps; a plane has no pictures that lead back to it.")
    _check(name == PLANE or "through" not in values, "through is for pca; a fitted map has no planes beside it.")
    xy = _rows("xy", "places", values["xy"]) if "xy" in values else None
    _check(xy is None or xy.shape[1] == 2, "A place in xy must have 2 numbers.")
    through = _through(values["through"]) if "through" in values else None
    return Look(name, xy, through, refine=refine, brief=brief)


def rounded(values: np.ndarray) -> list[Any]:
    """Finite numbers [n, …] as nested lists, to DIGITS significant digits; what is closer to 0 than 1e-15 is 0."""
    size = np.abs(values.astype(float))
    places = DIGITS - 1 - np.floor(np.log10(size, where=size > 1e-15, out=np.full(size.shape, float(DIGITS))))
    up, down = 10.0 ** np.maximum(places, 0), 10.0 ** np.maximum(-places, 0)
    return (np.rint(values * up / down) * down / up + 0.0).tolist()


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


def numbers_frame(numbers: np.ndarray) -> bytes:
    """Whole numbers [N] below 2³² for the browser, as they are."""
    header = {"n": len(numbers), "dtype": "uint32", "low": 0.0, "high": 0.0}
    return frame(header, numbers.astype("<u4").tobytes())


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


def _through(code: Any) -> np.ndarray:
    _check(isinstance(code, list), "through must be a code, a list of numbers.")
    return _rows("through", "codes", [code]).astype(np.float32)


def _rows(name: str, what: str, rows: Any, most: int = MAX_LATENT_DIM) -> np.ndarray:
    counted = isinstance(rows, list) and 1 <= len(rows) <= MAX_IMAGES and all(isinstance(row, list) for row in rows)
    _check(counted, f"{name} must be a list of 1 to {MAX_IMAGES} {what}, each a list of numbers.")
    widths = {len(row) for row in rows}
    _check(len(widths) == 1, f"All {what} in {name} must have the same length.")
    few = 1 <= widths.pop() <= most
    _check(few, f"Each of the {what} in {name} must have 1 to {most} numbers.")
    total = sum(map(len, rows))
    _check(total <= MAX_NUMBERS, f"{name} may have {MAX_NUMBERS:,} numbers in all, not {total:,}; ask for it in parts.")
    _check(set(map(type, chain.from_iterable(rows))) <= {int, float}, f"{name} must hold numbers only.")
    try:
        numbers = np.array(rows, dtype=float)
    except OverflowError:
        numbers = np.full((1, 1), np.inf)
    bounded = bool((np.abs(numbers) <= MAX_Z).all())
    _check(bounded, f"Every number in {name} must be finite and from -{MAX_Z:,.0f} to {MAX_Z:,.0f}.")
    return numbers


def _images(indices: Any) -> np.ndarray:
    listed = isinstance(indices, list) and 1 <= len(indices) <= MAX_IMAGES and set(map(type, indices)) == {int}
    _check(listed, f"images must be a list of 1 to {MAX_IMAGES} whole numbers.")
    bounded = all(0 <= index <= MAX_INDEX for index in indices)
    _check(bounded, f"Every number in images must be from 0 to {MAX_INDEX:,}.")
    return np.array(indices, dtype=np.int64)


def _classes(y: Any, n: int) -> np.ndarray:
    if isinstance(y, list) and y and isinstance(y[0], list):
        return _shares(y, n)
    ids = y if isinstance(y, list) else [y] * n
    whole = set(map(type, ids)) == {int} and len(ids) == n and all(0 <= id <= MAX_CLASS for id in ids)
    _check(
        whole, f"y must be a class id from 0 to {MAX_CLASS}, or a list of one, or of a mixture of all, for each image."
    )
    return np.array(ids, dtype=np.int64)


def _shares(y: list[Any], n: int) -> np.ndarray:
    shares = _rows("y", "mixtures of classes", y, MAX_CLASS + 1)
    mixed = len(shares) == n and bool((shares >= 0).all()) and bool((np.abs(shares.sum(axis=1) - 1) < SLACK).all())
    _check(mixed, "y must hold a class, or the share of every class, 1 in all, for each image.")
    return shares.astype(np.float32)


def _check(condition: bool, sentence: str) -> None:
    if not condition:
        raise BadRequest(sentence)
