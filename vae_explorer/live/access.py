"""Which Host and Origin may ask: a page of another site, or a foreign name that points here, gets 403.

A websocket is not held back by the browser's same-origin rule, so a foreign page could read decoded pictures;
and with a name of its own that resolves to 127.0.0.1 it could read everything (DNS rebinding).
"""

from collections.abc import Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

REFUSED = "This address is not served here; add its host to server.allowedHosts in .streamlit/config.toml."


class Guard:
    """ASGI middleware for our routes alone; Streamlit guards its own."""

    def __init__(self, app: ASGIApp, allowed_hosts: Sequence[str] = ()) -> None:
        self._app, self._allowed = app, tuple(host.lower() for host in allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        trusted = host_allowed(headers.get("host"), self._allowed)
        if trusted and origin_allowed(headers.get("origin"), headers.get("host")):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close"})
        else:
            await JSONResponse({"error": REFUSED}, 403)(scope, receive, send)


def host_allowed(host: str | None, allowed: Sequence[str]) -> bool:
    """Whether a Host header names this machine's loopback or an allowed host; `*.name` and `*` are wildcards."""
    name = _hostname(host)
    return bool(name) and (_is_loopback(name) or any(_matches(name, pattern) for pattern in allowed))


def origin_allowed(origin: str | None, host: str | None) -> bool:
    """Whether a request comes from our own page, or from a program (which sends no Origin)."""
    if origin is None:
        return True
    try:
        return bool(host) and urlsplit(origin).netloc.lower() == (host or "").lower()
    except ValueError:
        return False


def _hostname(host: str | None) -> str:
    if not host or set(host) & set("@/\\?# \t"):
        return ""
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_loopback(name: str) -> bool:
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def _matches(name: str, pattern: str) -> bool:
    if pattern.startswith("*."):
        return name.endswith(pattern[1:])
    return pattern in ("*", name)
