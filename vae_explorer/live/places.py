"""Answers to requests, on a map or without one: places to codes before the decoder, pictures to places after it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, TypeVar

import numpy as np

from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.errors import BadRequest
from vae_explorer.live.batch import found, require_width
from vae_explorer.live.decoder import Decoder
from vae_explorer.live.protocol import Look, Request, picture_header, rounded
from vae_explorer.projections.chart import Chart, PlaneChart

V = TypeVar("V")
SURVEYORS = ThreadPoolExecutor(2, "charts")
"""Two, so that one place need not wait for a lattice of 900; apart from the threads that the routes read in."""


class Answer(NamedTuple):
    """What a reply is made of."""

    header: dict[str, Any]
    images: np.ndarray
    """uint8 [n, C, H, W]."""


class _Spot(NamedTuple):
    """Where a request begins: its codes, and their places if those were asked for."""

    chart: Chart
    z: np.ndarray
    """float32 [n, D]."""
    xy: np.ndarray | None
    """[n, 2]."""


async def answered(decoder: Decoder, request: Request) -> Answer:
    """The pictures that a request asks for and, if it names a map, where they lie on it.

    Raises:
        ExplorerError: with one sentence for the person who asked.
    """
    if request.look is None:
        assert request.z is not None
        images = await decoder.decode(request.model, request.z, request.y)
        return Answer(picture_header(images), images)
    spot = await _beside(_begin, request, request.look)
    if request.look.refine:
        draft = await decoder.decode(request.model, spot.z, request.y)
        spot = spot._replace(z=await decoder.encode(request.model, draft, request.y))
    decoding = decoder.decode(request.model, spot.z, request.y)
    images, header = await asyncio.gather(decoding, _beside(_measured, spot, request))
    if not request.look.brief:
        again = await decoder.encode(request.model, images, request.y)
        header["landing"] = await _beside(lambda: rounded(spot.chart.place(again)))
    return Answer(picture_header(images) | header, images)


async def _beside(work: Callable[..., V], *args: Any) -> V:
    """Done in a thread: the event loop goes on."""
    return await asyncio.get_running_loop().run_in_executor(SURVEYORS, work, *args)


def _begin(request: Request, look: Look) -> _Spot:
    checkpoint = found(request.model)
    for codes in (request.z, look.through):
        if codes is not None:
            require_width(checkpoint, codes)
    chart = catalogue.chart(checkpoint, look.projection)
    if request.images is not None:
        return _Spot(chart, _mu(checkpoint, request.images), None)
    if look.xy is None:
        assert request.z is not None
        return _Spot(chart, request.z, None)
    if look.through is not None and isinstance(chart, PlaneChart):
        chart = chart.through(look.through[0])
    return _Spot(chart, chart.lift(look.xy).astype(np.float32), look.xy)


def _mu(checkpoint: Checkpoint, images: np.ndarray) -> np.ndarray:
    """The codes float32 [n, D] of encoded images."""
    mu = catalogue.LATENTS.get(checkpoint).mu
    if images.max() >= len(mu):
        raise BadRequest(f"{checkpoint.id} has {len(mu):,} encoded images; ask for 0 to {len(mu) - 1:,}.")
    return mu[images]


def _measured(spot: _Spot, request: Request) -> dict[str, Any]:
    """How far from the data, and of what else was not known where it was asked: the codes, and their places."""
    assert request.look is not None
    place = spot.chart.place(spot.z) if spot.xy is None else spot.xy
    times, unusual = spot.chart.distance(spot.z, place)
    header = {"distance": rounded(unusual), "times": rounded(times)}
    if not request.look.brief:
        return header | {"z": rounded(spot.z), "place": rounded(place)}
    return header if request.images is None else header | {"z": rounded(spot.z)}
