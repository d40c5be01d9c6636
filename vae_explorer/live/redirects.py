"""A page that does not exist: on to the first page, with the wrong address as a query parameter.

Streamlit would answer with its own page and a modal; so the page can say it in one line. Every way is relative: a proxy
may serve the app below a path that it does not tell.
"""

from collections.abc import Container
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from vae_explorer.live.addresses import below, is_page

MAX_SHOWN = 60


class UnknownPages:
    """ASGI middleware: 307 to the first page with `?page=…` when a browser asks for a page that does not exist."""

    def __init__(self, app: ASGIApp, pages: Container[str], base: str = "") -> None:
        self._app, self._pages, self._base = app, pages, base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        way = self._way(scope) if _wants_page(scope) else None
        await (RedirectResponse(way, 307) if way else self._app)(scope, receive, send)

    def _way(self, scope: Scope) -> str | None:
        name = below(scope["path"], self._base)
        if name is None:
            return f"{self._base}/"
        query = scope.get("query_string", b"").decode("latin-1")
        if name.endswith("/") and name.strip("/") in self._pages:
            return f"{'../' * name.count('/')}{name.strip('/')}{query and '?'}{query}"
        page = unknown_page(scope["path"], self._pages, self._base)
        return f"{'../' * name.count('/') or './'}?page={quote(page, safe='')}" if page else None


def unknown_page(path: str, pages: Container[str], base: str = "") -> str | None:
    """The name of the page that an address asks for in vain; None for addresses that are, or may be, served."""
    name = (below(path, base) or "").strip("/")
    return name[:MAX_SHOWN] if name and name not in pages and is_page(path, base) else None


def _wants_page(scope: Scope) -> bool:
    reads = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
    return reads and "text/html" in Headers(scope=scope).get("accept", "")
