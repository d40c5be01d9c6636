"""Headers of every answer: who may frame it, and what a page of ours may load and run."""

import hashlib
import re
from base64 import b64encode

from starlette.datastructures import MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vae_explorer.live.incidents import incident

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
SOURCES = {
    "default-src": "'none'",
    "script-src": "'self' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self' data: blob:",
    "worker-src": "'self' blob:",
    "manifest-src": "'self'",
    "media-src": "'self' blob:",
    "form-action": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
"""As strict as Streamlit allows. It writes its styles into the page while it draws, runs the script of each component
from a Blob URL, and draws icons and fonts from data URLs."""
FIXED = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class ResponseHeaders:
    """ASGI middleware: the headers of security on every answer; `policy` is of `content_policy`.

    The answer to what nobody expected is made here: made further out, it would be without them.
    """

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self._app, self._headers = app, FIXED | {"Content-Security-Policy": policy}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def sent(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        try:
            await self._app(scope, receive, sent)
        except Exception:
            if started:
                raise
            await JSONResponse({"error": str(incident(scope["path"][:200]))}, 500)(scope, receive, sent)


def content_policy(document: str) -> str:
    """What pages with this document may load and run: its own inline scripts are named by their hashes."""
    digests = [b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in INLINE.findall(document)]
    scripts = " ".join([SOURCES["script-src"], *(f"'sha256-{digest}'" for digest in digests)])
    return "; ".join(f"{name} {sources}" for name, sources in (SOURCES | {"script-src": scripts}).items())
