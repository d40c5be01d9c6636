"""Reads that take seconds: for our own pages, one at a time for each client, beside the threads that serve pages."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from vae_explorer.live.access import Allowed, is_own_page

MOST = 32
"""Reads of one client that may wait; a page asks for a dozen at most."""
WORKERS = ThreadPoolExecutor(2, "long reads")
FOREIGN = "This takes seconds, so it is done for our own pages alone; a program sends the address of one as Referer."
TOO_MANY = "Too much is being asked for at once; wait for some answers and ask again."


class LongReads:
    """One server's: who is served, and who waits for his turn."""

    def __init__(self, allowed: Allowed) -> None:
        self._allowed = allowed
        self._turns: dict[str, asyncio.Lock] = {}
        self._waiting: dict[str, int] = {}

    async def answer(self, request: Request, work: Callable[[], Response]) -> Response:
        """What the work answers, once it is this client's turn; nothing is done for whoever has gone by then."""
        client = request.client.host if request.client else ""
        if not is_own_page(request.scope, self._allowed):
            return JSONResponse({"error": FOREIGN}, 403)
        if self._waiting.get(client, 0) >= MOST:
            return JSONResponse({"error": TOO_MANY}, 429)
        async with self._turn(client):
            if await request.is_disconnected():
                return Response(status_code=499)
            return await asyncio.get_running_loop().run_in_executor(WORKERS, work)

    @asynccontextmanager
    async def _turn(self, client: str) -> AsyncIterator[None]:
        self._waiting[client] = self._waiting.get(client, 0) + 1
        try:
            async with self._turns.setdefault(client, asyncio.Lock()):
                yield
        finally:
            self._waiting[client] -= 1
            if not self._waiting[client]:
                del self._waiting[client], self._turns[client]
