"""A browser that comes back when its session is gone: its address is taken up before its first act is answered.

Streamlit gives it a new session and says nothing: the first act meets a server that knows of no widget whom to tell of
it, and brings the address that was opened in place of the one that is shown. So page.js tells the socket the address.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from typing import Protocol
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vae_explorer.live.addresses import below

STREAM = "_stcore/stream"
PATIENCE = 30.0
"""Seconds that an act waits for the page before it."""


class Return(Protocol):
    """What is said between a browser that came back and its new session."""

    def asks(self, frame: bytes) -> bool:
        """Whether the browser asks for its page by this."""
        ...

    def heard(self, frame: bytes) -> Sequence[bytes]:
        """What the session is to hear in place of what the browser says."""
        ...

    def stands(self, frame: bytes) -> bool:
        """Whether the server says by this that the page stands."""
        ...


Returns = Callable[[str, str], Return | None]
"""Of a session's former id and a query; None where the session goes on. Asked when the connection stands."""


class LostSessions:
    """ASGI middleware: a new session shows the page at the browser's address once before it hears of any act."""

    def __init__(self, app: ASGIApp, returns: Returns, base: str = "", patience: float = PATIENCE) -> None:
        self._app, self._returns, self._base, self._patience = app, returns, base, patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        former = former_session(scope) if scope["type"] == "websocket" else ""
        if former and below(scope["path"], self._base) == STREAM:
            query = parse_qs(scope["query_string"].decode("latin-1")).get("address", [""])[0]
            talk = _Talk(lambda: self._returns(former, query), receive, send, self._patience)
            receive, send = talk.receive, talk.send
        await self._app(scope, receive, send)


def former_session(scope: Scope) -> str:
    """The id of the session that a browser had; empty for one that has just opened a page."""
    tokens = Headers(scope=scope).get("sec-websocket-protocol", "").split(",")
    return tokens[2].strip() if len(tokens) > 2 else ""


class _Talk:
    """One connection of a browser that had a session before."""

    def __init__(self, returns: Callable[[], Return | None], receive: Receive, send: Send, patience: float) -> None:
        self._returns, self._receive, self._send, self._patience = returns, receive, send, patience
        self._return: Return | None = None
        self._stands = asyncio.Event()
        self._heard = self._messages()

    async def receive(self) -> Message:
        return await anext(self._heard)

    async def send(self, message: Message) -> None:
        frame = message.get("bytes")
        if frame and self._return is not None and not self._stands.is_set() and self._return.stands(frame):
            self._stands.set()
        await self._send(message)

    async def _messages(self) -> AsyncIterator[Message]:
        yield await self._receive()
        message = await self._receive()
        self._return = self._returns()
        while True:
            for frame in self._frames(message):
                yield {**message, "bytes": frame}
                await self._wait_for_page(frame)
            message = await self._receive()

    def _frames(self, message: Message) -> Sequence[bytes | None]:
        frame = message.get("bytes")
        return [frame] if not frame or self._return is None else self._return.heard(frame)

    async def _wait_for_page(self, frame: bytes | None) -> None:
        """Once, after it was first asked for."""
        if frame and self._return is not None and not self._stands.is_set() and self._return.asks(frame):
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stands.wait(), self._patience)
            self._stands.set()
