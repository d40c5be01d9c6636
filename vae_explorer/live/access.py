"""Who may ask: one guard in front of every route, Streamlit's own socket among them; others get 403 and a sentence.

A websocket is not held back by the browser's same-origin rule, so a page of another site, or of another server on this
machine, could drive the app; with a name of its own that resolves to 127.0.0.1 it could read everything (DNS
rebinding); and a picture of another page can ask for what costs. Streamlit's own check comes too late for all but its
socket, takes every port of localhost, and asks an outside address for its own, while all wait.
"""

from collections.abc import Sequence
from html import escape
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from vae_explorer.live.addresses import is_page

SETTINGS = ".streamlit/config.toml"
PORTS = {"http": 80, "https": 443}
SECURE = {"ws": "http", "wss": "https"}
OUR_OWN = (None, "none", "same-origin")
"""What Sec-Fetch-Site says of programs, of what a person typed, and of our own pages."""
MAX_SHOWN = 100


class Allowed(NamedTuple):
    """Whom the owner of the server lets in beside this machine's own names and the server's own pages."""

    hosts: tuple[str, ...] = ()
    """Names; `*.name` and `*` are wildcards."""
    origins: tuple[str, ...] = ()
    """As `https://name:port`."""
    every_origin: bool = False


class Origin(NamedTuple):
    """Where a page comes from."""

    scheme: str
    name: str
    port: int


class Guard:
    """ASGI middleware in front of everything: Host, Origin and Sec-Fetch-Site."""

    def __init__(self, app: ASGIApp, allowed: Allowed, base: str = "") -> None:
        self._app, self._allowed, self._base = app, allowed, base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = self._refused(scope) if scope["type"] in ("http", "websocket") else ""
        if not refused:
            await self._app(without_origin(scope), receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close"})
        else:
            await _answer(refused, Headers(scope=scope))(scope, receive, send)

    def _refused(self, scope: Scope) -> str:
        headers = Headers(scope=scope)
        sentence = refused_host(headers.get("host"), scope, self._allowed.hosts)
        origin = headers.get("origin")
        if sentence or origin is not None:
            return sentence or refused_origin(origin or "", scope, self._allowed)
        visits = headers.get("sec-fetch-dest") == "document" and is_page(scope["path"], self._base)
        if headers.get("sec-fetch-site") in OUR_OWN or visits:
            return ""
        return "A page of another site asked for this; open the address in a tab of its own."


def refused_host(host: str | None, scope: Scope, allowed: Sequence[str]) -> str:
    """Why a Host header is not served, with what to do; empty for names of this machine and for allowed ones.

    A name of this machine is localhost, an address of its loopback, or the very address that was connected to: nobody
    can have one of those resolved to somewhere else.
    """
    name = hostname(host)
    if not name:
        return "A request must name the host that it asks for."
    if _is_local(name, scope) or any(_matches(name, pattern.strip().lower()) for pattern in allowed):
        return ""
    shown = f"[{name}]" if ":" in name else name
    return (
        f'This address is not served: add "{shown[:MAX_SHOWN]}" to server.allowedHosts in {SETTINGS} and start again.'
    )


def refused_origin(origin: str, scope: Scope, allowed: Allowed) -> str:
    """Why a page of this origin may not ask, with what to do; empty for the server's own pages and for allowed ones."""
    asked = f"{SECURE.get(scope['scheme'], scope['scheme'])}://{Headers(scope=scope).get('host', '')}"
    page = parsed(origin)
    if allowed.every_origin or (page and page in {parsed(asked), *(parsed(one.strip()) for one in allowed.origins)}):
        return ""
    shown = origin[:MAX_SHOWN]
    return (
        f"A page at {shown} may not ask this server, which is asked for as {asked[:MAX_SHOWN]}: if it is yours, let "
        f'the proxy in front pass on Host and X-Forwarded-Proto, or add "{shown}" to server.corsAllowedOrigins in '
        f"{SETTINGS} and start again."
    )


def is_own_page(scope: Scope, allowed: Allowed) -> bool:
    """Whether what the guard let in surely comes from a page of ours, or was typed: no other page can send it so.

    Over plain http from another machine browsers send no Sec-Fetch-Site, and a picture no Origin; a Referer of ours is
    sent by our pages alone.
    """
    headers = Headers(scope=scope)
    site, referer = headers.get("sec-fetch-site"), urlsplit(headers.get("referer", ""))
    if site is not None or "origin" in headers:
        return site in OUR_OWN or "origin" in headers
    return not refused_origin(f"{referer.scheme}://{referer.netloc}", scope, allowed)


def parsed(origin: str) -> Origin | None:
    """Scheme, name and port of an origin; None for what is none, as `null`."""
    try:
        parts = urlsplit(origin.lower())
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return None
    name = hostname(parts.netloc)
    return Origin(parts.scheme, name, port) if name and port and not parts.path.strip("/") else None


def hostname(host: str | None) -> str:
    """The name or address in a Host header, in lower case, without port and brackets; empty when it is malformed."""
    if not host or set(host) & set("@/\\?# \t"):
        return ""
    try:
        parts = urlsplit(f"//{host}")
        return (parts.hostname or "").rstrip(".") if parts.port != 0 else ""
    except ValueError:
        return ""


def without_origin(scope: Scope) -> Scope:
    """The scope of a websocket that is let in, with no Origin left to judge: Streamlit would ask outside about some."""
    if scope["type"] != "websocket":
        return scope
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name != b"origin"]}


def _answer(sentence: str, headers: Headers) -> Response:
    if "text/html" in headers.get("accept", ""):
        return HTMLResponse(f"<!DOCTYPE html><title>Not served</title><p>{escape(sentence)}</p>", 403)
    return JSONResponse({"error": sentence}, 403)


def _is_local(name: str, scope: Scope) -> bool:
    address = _address(name)
    if address is None:
        return name == "localhost"
    connected = _address(str((scope.get("server") or ("",))[0]))
    return address.is_loopback or address == connected


def _address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(name)
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _matches(name: str, pattern: str) -> bool:
    if pattern.startswith("*."):
        return name.endswith(pattern[1:])
    return pattern == "*" or name == (hostname(pattern) or pattern)
