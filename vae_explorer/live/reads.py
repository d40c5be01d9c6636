"""What the binary routes read: columns, points, originals and modules. What blocks runs in threads."""

import gzip
import json
from functools import lru_cache
from typing import NamedTuple

from starlette.requests import Request

from vae_explorer.checkpoints import Checkpoint, catalogue, originals
from vae_explorer.checkpoints.columns import column, map_column
from vae_explorer.checkpoints.known_traits import known_factors, traits
from vae_explorer.errors import UnknownName
from vae_explorer.glossary import GLOSSARY, order, pattern
from vae_explorer.latents.clusters import NAME
from vae_explorer.latents.map_points import map_points
from vae_explorer.live.modules import modules, packed
from vae_explorer.live.protocol import column_frame, frame, numbers_frame, picture_header

PACKED = "gzip"


class Answer(NamedTuple):
    """What a read finds."""

    body: bytes
    media_type: str
    lasting: bool
    """Whether the address names this very content, so that it may be kept for ever."""
    encoding: str = ""
    """Of the body, of what is packed beforehand where the browser takes that."""


def read_column(request: Request) -> Answer:
    """One value per data point of a checkpoint, as a frame."""
    checkpoint = catalogue.find(request.path_params["id"])
    body = _column(checkpoint, request.path_params["column"])
    return Answer(body, "application/octet-stream", _is_current(request, checkpoint))


def read_map_column(request: Request) -> Answer:
    """One value per point of a checkpoint's maps, as a frame; of `image` the numbers of the images that are points."""
    checkpoint = catalogue.find(request.path_params["id"])
    packs = _packs(request)
    body = _map_column(checkpoint, request.path_params["column"], packs)
    return Answer(body, "application/octet-stream", _is_current(request, checkpoint), PACKED if packs else "")


def finds_clusters(request: Request) -> bool:
    """Whether a column is of clusters, which are yet to be found."""
    return bool(NAME.fullmatch(request.path_params["column"]))


def read_stops(request: Request) -> Answer:
    """The mu of a unit of every point of a map at every stop of a multi-rate network, as a frame of levels [K, P]."""
    checkpoint = catalogue.find(request.path_params["id"])
    found = catalogue.STOPS.get(checkpoint)
    unit = _index(request.path_params["column"].removeprefix("mu-"), found.mu.levels.shape[2])
    levels = found.mu.levels[:, map_points(found.mu.levels.shape[1]), unit].astype("<u2")
    header = {"n": levels.shape[1], "betas": found.betas.tolist(), "low": found.mu.low, "step": found.mu.step}
    return Answer(frame(header, levels.tobytes()), "application/octet-stream", _is_current(request, checkpoint))


def read_point(request: Request) -> Answer:
    """Everything known of one data point, as JSON; null for what a plain autoencoder does not have.

    An answer without factors that the data set has is none for ever: they may come.
    """
    checkpoint = catalogue.find(request.path_params["id"])
    latents = catalogue.LATENTS.get(checkpoint)
    i = _index(request.path_params["index"], len(latents.label))
    values = {name: getattr(latents, name) for name in ("label", "mu", "logvar", "nll", "rate")}
    point = {"index": i} | {name: None if value is None else value[i].tolist() for name, value in values.items()}
    _, *factors = traits(checkpoint)
    point["factors"] = [factor.text(int(factor.values[i])) for factor in factors]
    lasting = _is_current(request, checkpoint) and not known_factors(checkpoint).note
    return Answer(json.dumps(point).encode(), "application/json", lasting)


def read_original(request: Request) -> Answer:
    """One image of a data set, as a frame; 404 with the reason when the data set is not on this machine."""
    name, split, index = (request.path_params[key] for key in ("name", "split", "index"))
    images = originals.image_set(name, split).images
    i = _index(index, len(images))
    picture = images[i : i + 1]
    return Answer(frame(picture_header(picture), picture.tobytes()), "application/octet-stream", False)


def read_glossary(request: Request) -> Answer:
    """What every term means, as JSON, and the pattern that finds them in a text: one group a term, in their order."""
    terms = [GLOSSARY[name]._asdict() for name in order()]
    shown = [{part: term[part] for part in ("title", "sentence", "formula")} for term in terms]
    return Answer(json.dumps({"pattern": pattern(), "terms": shown}).encode(), "application/json", False)


def read_module(request: Request) -> Answer:
    """One ES module."""
    known, name = modules(), request.path_params["path"]
    if name not in known.files:
        raise UnknownName("module", name, sorted(known.files))
    data, lasting = known.files[name], request.path_params["version"] == known.version
    packs = _packs(request)
    return Answer(packed(data) if packs else data, "text/javascript", lasting, PACKED if packs else "")


@lru_cache(maxsize=32)
def _column(checkpoint: Checkpoint, name: str) -> bytes:
    return column_frame(column(checkpoint, name))


@lru_cache(maxsize=128)
def _map_column(checkpoint: Checkpoint, name: str, packs: bool) -> bytes:
    """Packed here, once and in a thread: of 100,000 points, it would hold up every hand."""
    if name == "image":
        body = numbers_frame(map_points(len(catalogue.LATENTS.get(checkpoint).label)))
    else:
        body = column_frame(map_column(checkpoint, name))
    return gzip.compress(body, 1) if packs else body


def _packs(request: Request) -> bool:
    return PACKED in request.headers.get("accept-encoding", "")


def _is_current(request: Request, checkpoint: Checkpoint) -> bool:
    return request.query_params.get("v") == checkpoint.version


def _index(text: str, n: int) -> int:
    if text.isascii() and text.isdigit() and len(text) < 10 and int(text) < n:
        return int(text)
    raise UnknownName("data point", text, (f"0 to {n - 1}",) if n else ())
