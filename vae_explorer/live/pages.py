"""The document that the address of a page opens."""

from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.routing import Route

from vae_explorer.live.modules import WEB

HEAD = "<head>"
SCRIPT, STYLE = WEB / "page.js", WEB / "page.css"
EARLY = ("BidiComponent", "Selectbox", "Slider", "NumberInput", "Multiselect")
"""Modules of Streamlit that the first screen of nearly every page needs."""


def page_document(index: Path) -> str:
    """Streamlit's own document, told what it would find out too late.

    Where its server is: left to guess, it looks below the page first (/compare/_stcore/health), two errors in the
    console and a pause before every copied link opens. How wide pages are, what room components take, and which modules
    they need: else all that is shown moves when that becomes known. And what to say where no connection comes.
    """
    script, style = SCRIPT.read_text(encoding="utf-8"), STYLE.read_text(encoding="utf-8")
    early = f"<script>{script}</script><style>{style}</style>" + _preloads(index)
    return index.read_text(encoding="utf-8").replace(HEAD, HEAD + early, 1)


def page_routes(document: str, pages: Iterable[str], base: str = "") -> list[Route]:
    """Routes that open the pages, home first, with their document. Home lives at the root alone."""

    async def page(request: Request) -> HTMLResponse:
        return HTMLResponse(document, headers={"Cache-Control": "no-cache"})

    home, *others = pages
    led = {f"{base}/{home}": "./"} | ({base: f"{base.rpartition('/')[2]}/"} if base else {})
    redirects = [Route(path, _redirect(way)) for path, way in led.items()]
    return [*redirects, *(Route(f"{base}/{name}", page) for name in ("", *others))]


def _redirect(way: str) -> Callable[[Request], Awaitable[RedirectResponse]]:
    async def redirected(request: Request) -> RedirectResponse:
        query = request.url.query
        return RedirectResponse(f"{way}?{query}" if query else way, 307)

    return redirected


def _preloads(index: Path) -> str:
    scripts = index.parent / "static" / "js"
    found = [path.name for name in EARLY for path in sorted(scripts.glob(f"{name}.*.js"))]
    return "".join(f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in found)
