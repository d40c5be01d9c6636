"""A page that does not exist: on to the first page, with the wrong address as a query parameter.

Streamlit would answer with its own page and a modal; so the page can say it in one line.
"""

from collections.abc import Container
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

SERVED = ("_stcore", "static", "media", "component", "api", "live", "web")
MAX_SHOWN = 60


class UnknownPages:
    """ASGI middleware: 307 to `/?page=…` when a browser asks for a page that does not exist."""

    def __init__(self, app: ASGIApp, pages: Container[str]) -> None:
        self._app, self._pages = app, pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        page = unknown_page(scope["path"], self._pages) if _wants_page(scope) else None
        app = RedirectResponse(f"/?page={quote(page, safe='')}", 307) if page else self._app
        await app(scope, receive, send)


def unknown_page(path: str, pages: Container[str]) -> str | None:
    """The name of the page that an address asks for in vain; None for addresses that are, or may be, served."""
    name = path.strip("/")
    first = name.split("/", 1)[0]
    served = not name or name in pages or first in SERVED or "." in name
    return None if served else name[:MAX_SHOWN]


def _wants_page(scope: Scope) -> bool:
    reads = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
    return reads and "text/html" in Headers(scope=scope).get("accept", "")
