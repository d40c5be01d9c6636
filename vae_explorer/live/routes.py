"""The routes of the live channel, for `st.App` or any Starlette server; no Streamlit here."""

import hashlib
from collections.abc import Awaitable, Callable

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
from vae_explorer.live.modules import web_version
from vae_explorer.live.reads import Answer

__all__ = ["live_routes", "web_version"]

Read = Callable[[Request], Answer]
FOR_EVER = "public, max-age=31536000, immutable"


def _no_such_route(request: Request) -> Answer:
    raise UnknownName("address", request.url.path, (route for route in READS if "rest" not in route))


READS: dict[str, Read] = {
    "/api/checkpoints/{id}/columns/{column}": reads.read_column,
    "/api/checkpoints/{id}/stops/{column}": reads.read_stops,
    "/api/checkpoints/{id}/points/{index}": reads.read_point,
    "/api/checkpoints/{id}/thumbnails/{block}": thumbnails.read_thumbnails,
    "/api/glossary": reads.read_glossary,
    "/api/datasets/{name}/{split}/{index}": reads.read_original,
    "/api/runs/{name}/journal": journals.read_index,
    "/api/runs/{name}/fixed": journals.read_fixed,
    "/api/runs/{name}/snapshots/{step}": journals.read_snapshot,
    "/api/runs/{name}/maps/{map}": journals.read_map,
    "/api/runs/{name}/film.gif": journals.read_film,
    "/web/{version}/{path:path}": reads.read_module,
    "/api/{rest:path}": _no_such_route,
    "/web/{rest:path}": _no_such_route,
}


NO_UPGRADE = "A websocket was asked for as a page is: let the proxy in front pass on Upgrade and Connection."


def live_routes(allowed: Allowed, base: str = "") -> list[BaseRoute]:
    """The websocket and the GET routes below a base path, sharing one decoder; the guard stands before them."""
    everyone = Everyone()

    async def live(websocket: WebSocket) -> None:
        await Connection(websocket, everyone).serve()

    async def why_no_socket(request: Request) -> Response:
        """For a page whose websockets do not come: a read tells no origin, so it says its own."""
        refused = refused_origin(request.query_params.get("origin", ""), request.scope, allowed)
        return JSONResponse({"error": refused or NO_UPGRADE}, 426, headers={"Cache-Control": "no-store"})

    sockets = [WebSocketRoute(f"{base}/live", live), Route(f"{base}/live", why_no_socket)]
    return [*sockets, *(Route(base + path, _endpoint(read), methods=["GET"]) for path, read in READS.items())]


def _endpoint(read: Read) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(_respond, read, request)

    return endpoint


def _respond(read: Read, request: Request) -> Response:
    try:
        return _response(read(request), request.headers.get("if-none-match", ""))
    except ExplorerError as error:
        return _error(404, error)
    except Exception:
        return _error(500, incident(request.url.path[:200]))


def _response(answer: Answer, known: str) -> Response:
    etag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
    headers = {"ETag": etag, "Cache-Control": FOR_EVER if answer.lasting else "no-cache"}
    if etag in {tag.strip().removeprefix("W/") for tag in known.split(",")}:
        return Response(status_code=304, headers=headers)
    return Response(answer.body, media_type=answer.media_type, headers=headers)


def _error(status: int, error: ExplorerError | Incident) -> Response:
    return JSONResponse({"error": str(error)}, status, headers={"Cache-Control": "no-store"})
