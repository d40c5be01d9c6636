"""The routes of the live channel, for `st.App` or any Starlette server; no Streamlit here."""

import hashlib
from collections.abc import Awaitable, Callable
from functools import partial
from typing import NamedTuple

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from vae_explorer.errors import ExplorerError, UnknownName
from vae_explorer.live import journals, reads, thumbnails
from vae_explorer.live.access import Allowed, refused_origin
from vae_explorer.live.connection import Connection, Everyone
from vae_explorer.live.incidents import Incident, incident
from vae_explorer.live.long_reads import LongReads
from vae_explorer.live.modules import web_version
from vae_explorer.live.reads import Answer

__all__ = ["live_routes", "web_version"]

FOR_EVER = "public, max-age=31536000, immutable"
NO_UPGRADE = "A websocket was asked for as a page is: let the proxy in front pass on Upgrade and Connection."


class Read(NamedTuple):
    """What a route reads, and how long that takes."""

    answer: Callable[[Request], Answer]
    takes_long: Callable[[Request], bool] = lambda request: False
    """Of which requests it takes so long that they wait for their turn."""
    at_hand: bool = False
    """Whether it is in memory: in a thread, each of a hundred modules would wait for the script of the page."""


def _always(request: Request) -> bool:
    return True


def _no_such_route(request: Request) -> Answer:
    raise UnknownName("address", request.url.path, (route for route in READS if "rest" not in route))


READS: dict[str, Read] = {
    "/api/checkpoints/{id}/columns/{column}": Read(reads.read_column, reads.finds_clusters),
    "/api/checkpoints/{id}/map-columns/{column}": Read(reads.read_map_column, reads.finds_clusters),
    "/api/checkpoints/{id}/stops/{column}": Read(reads.read_stops),
    "/api/checkpoints/{id}/points/{index}": Read(reads.read_point),
    "/api/checkpoints/{id}/thumbnails/{block}": Read(thumbnails.read_thumbnails, _always),
    "/api/glossary": Read(reads.read_glossary),
    "/api/datasets/{name}/{split}/{index}": Read(reads.read_original),
    "/api/runs/{name}/journal": Read(journals.read_index),
    "/api/runs/{name}/fixed": Read(journals.read_fixed),
    "/api/runs/{name}/snapshots/{step}": Read(journals.read_snapshot),
    "/api/runs/{name}/maps/{map}": Read(journals.read_map),
    "/api/runs/{name}/film.gif": Read(journals.read_film, _always),
    "/web/{version}/{path:path}": Read(reads.read_module, at_hand=True),
    "/api/{rest:path}": Read(_no_such_route),
    "/web/{rest:path}": Read(_no_such_route),
}


def live_routes(allowed: Allowed, base: str = "") -> list[BaseRoute]:
    """The websocket and the GET routes below a base path, sharing one decoder; the guard stands before them."""
    everyone, long_reads = Everyone(), LongReads(allowed)

    async def live(websocket: WebSocket) -> None:
        await Connection(websocket, everyone).serve()

    async def why_no_socket(request: Request) -> Response:
        """For a page whose websockets do not come: a read tells no origin, so it says its own."""
        refused = refused_origin(request.query_params.get("origin", ""), request.scope, allowed)
        return JSONResponse({"error": refused or NO_UPGRADE}, 426, headers={"Cache-Control": "no-store"})

    sockets = [WebSocketRoute(f"{base}/live", live), Route(f"{base}/live", why_no_socket)]
    reads = [Route(base + path, _endpoint(read, long_reads), methods=["GET"]) for path, read in READS.items()]
    return [*sockets, *reads]


def _endpoint(read: Read, long_reads: LongReads) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        if read.at_hand:
            return _respond(read, request)
        work = partial(_respond, read, request)
        return await (long_reads.answer(request, work) if read.takes_long(request) else run_in_threadpool(work))

    return endpoint


def _respond(read: Read, request: Request) -> Response:
    try:
        return _response(read.answer(request), request.headers.get("if-none-match", ""))
    except ExplorerError as error:
        return _error(404, error)
    except Exception:
        return _error(500, incident(request.url.path[:200]))


def _response(answer: Answer, known: str) -> Response:
    etag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
    headers = {"ETag": etag, "Cache-Control": FOR_EVER if answer.lasting else "no-cache"}
    if answer.encoding:
        headers |= {"Content-Encoding": answer.encoding, "Vary": "Accept-Encoding"}
    if etag in {tag.strip().removeprefix("W/") for tag in known.split(",")}:
        return Response(status_code=304, headers=headers)
    return Response(answer.body, media_type=answer.media_type, headers=headers)


def _error(status: int, error: ExplorerError | Incident) -> Response:
    return JSONResponse({"error": str(error)}, status, headers={"Cache-Control": "no-store"})
