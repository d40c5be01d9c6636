"""The document that the address of a page opens."""

from collections.abc import Iterable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.routing import Route

from vae_explorer.live.modules import WEB

HEAD = "<head>"
BASE = "<script>window.__streamlit = { BACKEND_BASE_URL: location.origin };</script>"
STYLE = WEB / "page.css"
EARLY = ("BidiComponent", "Selectbox", "Slider", "NumberInput", "Multiselect")
"""Modules of Streamlit that the first screen of nearly every page needs."""


def page_routes(index: Path, pages: Iterable[str]) -> list[Route]:
    """Routes that open the pages, home first, with Streamlit's own document, told what it would find out too late.

    Where its server is: left to guess, it looks below the page first (/compare/_stcore/health), two errors in the
    console and a pause before every copied link opens. How wide pages are, what room components take, and which modules
    they need: else all that is shown moves when that becomes known. Home lives at the root alone.
    """

    early = BASE + f"<style>{STYLE.read_text(encoding='utf-8')}</style>" + _preloads(index)

    async def document(request: Request) -> HTMLResponse:
        text = index.read_text(encoding="utf-8").replace(HEAD, HEAD + early, 1)
        return HTMLResponse(text, headers={"Cache-Control": "no-cache"})

    async def root(request: Request) -> RedirectResponse:
        query = request.url.query
        return RedirectResponse(f"/?{query}" if query else "/", 307)

    home, *others = pages
    return [Route(f"/{home}", root), *(Route(f"/{page}", document) for page in ("", *others))]


def _preloads(index: Path) -> str:
    scripts = index.parent / "static" / "js"
    found = [path.name for name in EARLY for path in sorted(scripts.glob(f"{name}.*.js"))]
    return "".join(f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in found)
