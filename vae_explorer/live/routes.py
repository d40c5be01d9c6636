"""The routes of the live channel, for `st.App` or any Starlette server; no Streamlit here."""

import hashlib
from collections.abc import Awaitable, Callable, Sequence

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from vae_explorer.errors import ExplorerError, UnknownName
from vae_explorer.live import journals, reads, thumbnails
from vae_explorer.live.access import Guard
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


def live_routes(allowed_hosts: Sequence[str] = ()) -> list[BaseRoute]:
    """The websocket and the GET routes, sharing one decoder; hosts beside the loopback must be allowed by name."""
    guard = [Middleware(Guard, allowed_hosts=tuple(allowed_hosts))]
    everyone = Everyone()

    async def live(websocket: WebSocket) -> None:
        await Connection(websocket, everyone).serve()

    reads = [Route(path, _endpoint(read), methods=["GET"], middleware=guard) for path, read in READS.items()]
    return [WebSocketRoute("/live", live, middleware=guard), *reads]


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
    headers["X-Content-Type-Options"] = "nosniff"
    return Response(answer.body, media_type=answer.media_type, headers=headers)


def _error(status: int, error: ExplorerError | Incident) -> Response:
    return JSONResponse({"error": str(error)}, status, headers={"Cache-Control": "no-store"})
