"""Answers to requests, on a map or without one: places to codes before the decoder, pictures to places after it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple, TypeVar

import numpy as np

from vae_explorer.checkpoints import catalogue
from vae_explorer.live.batch import found, own_codes, require_width
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
        images = await _decoded(decoder, request)
        return Answer(picture_header(images), images)
    if request.look.xy is None:
        decoding = _decoded(decoder, request)
        images, (spot, header) = await asyncio.gather(decoding, _beside(_surveyed, request, request.look))
    else:
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


async def _decoded(decoder: Decoder, request: Request) -> np.ndarray:
    """The pictures of codes, or of images' own."""
    if request.images is not None:
        return await decoder.reconstruct(request.model, request.images, request.y)
    assert request.z is not None
    return await decoder.decode(request.model, request.z, request.y)


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
        return _Spot(chart, own_codes(checkpoint, request.images), None)
    if look.xy is None:
        assert request.z is not None
        return _Spot(chart, request.z, None)
    if look.through is not None and isinstance(chart, PlaneChart):
        chart = chart.through(look.through[0])
    return _Spot(chart, chart.lift(look.xy).astype(np.float32), look.xy)


def _surveyed(request: Request, look: Look) -> tuple[_Spot, dict[str, Any]]:
    """Of codes that need no map to be decoded: all the rest, while they are."""
    spot = _begin(request, look)
    return spot, _measured(spot, request)


def _measured(spot: _Spot, request: Request) -> dict[str, Any]:
    """How far from the data, and of what else was not known where it was asked: the codes, and their places."""
    assert request.look is not None
    place = spot.chart.place(spot.z) if spot.xy is None else spot.xy
    times, unusual = spot.chart.distance(spot.z, place)
    header = {"distance": rounded(unusual), "times": rounded(times)}
    if not request.look.brief:
        return header | {"z": rounded(spot.z), "place": rounded(place)}
    return header if request.images is None else header | {"z": rounded(spot.z)}
