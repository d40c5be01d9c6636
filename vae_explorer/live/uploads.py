"""Files are taken from sessions whose page asks for some, and from no other: each is held in memory."""

import asyncio
from collections.abc import Callable, MutableMapping
from typing import Any

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from vae_explorer.errors import ReadOnly
from vae_explorer.live.addresses import below
from vae_explorer.read_only import read_only

UPLOAD = "_stcore/upload_file/"
MANY = 1000
MOST_HELD = 2_000_000_000
"""Bytes of all files of all sessions; one whose size is not told counts as all of them."""
LONG = 15
PATIENCE = 30.0
"""Seconds for the next part of a file."""


class TakingSessions:
    """The sessions whose page takes files now; of very many the oldest are forgotten."""

    def __init__(self) -> None:
        self._ids: dict[str, None] = {}

    def __contains__(self, session: str) -> bool:
        return session in self._ids

    def set(self, session: str, takes: bool) -> None:
        """Told by every run of a page."""
        self._ids.pop(session, None)
        if takes:
            self._ids[session] = None
        for old in list(self._ids)[:-MANY]:
            self._ids.pop(old, None)


TAKING = TakingSessions()


class UploadGate:
    """ASGI middleware: takes a file where a page asks for it and memory is left, and gives it up when no more comes.

    held: how many bytes the server holds of files that came before.
    """

    def __init__(self, app: ASGIApp, held: Callable[[], int], base: str = "", patience: float = PATIENCE) -> None:
        self._app, self._held, self._base, self._patience = app, held, base, patience
        self._coming = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = below(scope["path"], self._base) if scope["type"] == "http" and scope["method"] == "PUT" else None
        if name is None or not name.startswith(UPLOAD):
            await self._app(scope, receive, send)
            return
        length = Headers(scope=scope).get("content-length", "")
        size = int(length) if length.isascii() and length.isdigit() and len(length) < LONG else MOST_HELD
        if read_only():
            await _refusal(403, str(ReadOnly()))(scope, receive, send)
        elif name.removeprefix(UPLOAD).partition("/")[0] not in TAKING:
            await _refusal(403, "This page takes no files; drop them on Library.")(scope, receive, send)
        elif self._held() + self._coming + size > MOST_HELD:
            await _refusal(413, "Too many files are held already; remove some and try again.")(scope, receive, send)
        else:
            self._coming += size
            try:
                await self._taken(scope, receive, send)
            finally:
                self._coming -= size

    async def _taken(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def received() -> MutableMapping[str, Any]:
            try:
                return await asyncio.wait_for(receive(), self._patience)
            except TimeoutError:
                return {"type": "http.disconnect"}

        try:
            await self._app(scope, received, send)
        except ClientDisconnect:
            await _refusal(408, "The rest of the file did not come.")(scope, receive, send)


def _refusal(status: int, sentence: str) -> JSONResponse:
    """What is left of the body is not read, so the connection is of no more use."""
    return JSONResponse({"error": sentence}, status, headers={"Connection": "close"})
