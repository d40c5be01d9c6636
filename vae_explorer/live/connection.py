"""One websocket: reads on while replies are under way, sends one reply at a time, takes its work along when it goes."""

import asyncio
import contextlib
import time
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from vae_explorer.errors import BadRequest, ExplorerError
from vae_explorer.live.decoder import Decoder
from vae_explorer.live.incidents import incident
from vae_explorer.live.limits import Room, Share
from vae_explorer.live.places import answered
from vae_explorer.live.protocol import Refusal, Request, error_frame, frame, parse_request

REQUESTS_IN_ALL, IMAGES_IN_ALL = 4096, 65_536
LONG_TEXT = 65_536
"""Characters of a request that takes longer to read than a turn of the event loop should."""
REST = 4
"""Times as long as reading such a request took, its client is not read from: it has a fifth of a core at most."""


class Everyone:
    """What all connections of a server share."""

    def __init__(self) -> None:
        self.decoder, self.room = Decoder(), Room(REQUESTS_IN_ALL, IMAGES_IN_ALL)
        self.reading = asyncio.Lock()
        """Long requests are read one at a time: each keeps the interpreter from all others while it is."""


class Connection:
    """A client, its open requests and the lock its replies queue at."""

    def __init__(self, websocket: WebSocket, everyone: Everyone) -> None:
        self._websocket, self._everyone, self._share = websocket, everyone, Share(everyone.room)
        self._sending, self._rest = asyncio.Lock(), 0.0
        self._tasks: set[asyncio.Task[None]] = set()

    async def serve(self) -> None:
        """Accept, answer until the client goes, then cancel what it left behind."""
        await self._websocket.accept()
        try:
            while (message := await self._websocket.receive())["type"] == "websocket.receive":
                await self._take(message.get("text"))
                if self._rest:
                    await asyncio.sleep(self._rest)
                    self._rest = 0.0
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _take(self, text: str | None) -> None:
        try:
            self._start(await self._parsed(text))
        except Refusal as refusal:
            await self._refuse(refusal.id, refusal)
        except Exception:
            await self._refuse(None, incident("reading a request"))

    async def _parsed(self, text: str | None) -> Request:
        if text is None:
            raise Refusal("A request must be a text frame of JSON; a binary frame came.")
        if len(text) < LONG_TEXT:
            return parse_request(text)
        async with self._everyone.reading:
            started = time.perf_counter()
            try:
                return await run_in_threadpool(parse_request, text)
            finally:
                self._rest = REST * (time.perf_counter() - started)

    async def _refuse(self, id: int | None, error: ExplorerError) -> None:
        """Answered before the next frame is read: who sends nothing but bad frames holds up nobody else."""
        await self._send(error_frame(id, str(error)))
        await asyncio.sleep(0)

    def _start(self, request: Request) -> None:
        self._hold(request)
        task = asyncio.create_task(self._answer(request))
        self._tasks.add(task)
        task.add_done_callback(partial(self._finished, request.n))

    def _hold(self, request: Request) -> None:
        try:
            self._share.take(request.n)
        except BadRequest as error:
            raise Refusal(str(error), request.id) from error

    def _finished(self, images: int, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._share.give(images)

    async def _answer(self, request: Request) -> None:
        try:
            answer = await answered(self._everyone.decoder, request)
            reply = frame({"id": request.id} | answer.header, answer.images.tobytes())
        except ExplorerError as error:
            reply = error_frame(request.id, str(error))
        except Exception:
            reply = error_frame(request.id, str(incident("answering a request")))
        await self._send(reply)

    async def _send(self, reply: bytes) -> None:
        with contextlib.suppress(WebSocketDisconnect):
            async with self._sending:
                if self._websocket.application_state is WebSocketState.CONNECTED:  # it is gone once a reply failed
                    await self._websocket.send_bytes(reply)
