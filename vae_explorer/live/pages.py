"""The pages by address, and the document that each address opens."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.routing import Route

PAGES = ("explore", "traversals", "interpolate", "compare", "train")
HEAD = "<head>"
BASE = "<script>window.__streamlit = { BACKEND_BASE_URL: location.origin };</script>"


def page_routes(index: Path) -> list[Route]:
    """Routes that open the pages directly with Streamlit's own document, told where its server is.

    Left to guess, it looks below the page first (/compare/_stcore/health): two errors in the console and a pause
    before every copied link opens. The first page lives at the root alone.
    """

    async def document(request: Request) -> HTMLResponse:
        text = index.read_text(encoding="utf-8").replace(HEAD, HEAD + BASE, 1)
        return HTMLResponse(text, headers={"Cache-Control": "no-cache"})

    async def first(request: Request) -> RedirectResponse:
        query = request.url.query
        return RedirectResponse(f"/?{query}" if query else "/", 307)

    others = [Route(f"/{page}", document, methods=["GET"]) for page in PAGES[1:]]
    return [Route(f"/{PAGES[0]}", first, methods=["GET"]), *others]
