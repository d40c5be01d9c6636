"""The document that the address of a page opens."""

from collections.abc import Iterable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.routing import Route

HEAD = "<head>"
BASE = "<script>window.__streamlit = { BACKEND_BASE_URL: location.origin };</script>"


def page_routes(index: Path, pages: Iterable[str]) -> list[Route]:
    """Routes that open the pages, home first, directly with Streamlit's own document, told where its server is.

    Left to guess, it looks below the page first (/compare/_stcore/health): two errors in the console and a pause
    before every copied link opens. Home lives at the root alone.
    """

    async def document(request: Request) -> HTMLResponse:
        text = index.read_text(encoding="utf-8").replace(HEAD, HEAD + BASE, 1)
        return HTMLResponse(text, headers={"Cache-Control": "no-cache"})

    async def root(request: Request) -> RedirectResponse:
        query = request.url.query
        return RedirectResponse(f"/?{query}" if query else "/", 307)

    home, *others = pages
    return [Route(f"/{home}", root), *(Route(f"/{page}", document) for page in others)]
