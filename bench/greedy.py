"""A greedy client of one kind, until it is stopped: `python -m bench.greedy --kind grids`."""

import argparse
import asyncio
import json
import socket
import time
from collections.abc import Callable, Coroutine

from websockets.asyncio.client import connect
from websockets.client import ClientProtocol
from websockets.protocol import State
from websockets.uri import parse_uri

MODEL = "mnist-mlp-z2"
CODES = [[0.123456789012345678, -0.5]] * 1024
GRID = json.dumps({"id": 1, "model": MODEL, "z": CODES})
LONGEST = json.dumps({"id": 1, "model": MODEL, "z": [[0.123456789012345678] * 64] * 1024})
DEAF, HELD = 18, 15
"""Sockets, and seconds after which each is opened anew."""


async def _repeated(url: str, text: str) -> None:
    async with connect(url, max_size=None) as client:
        while True:
            await client.send(text)
            await client.recv()


async def _four(url: str, text: str) -> None:
    await asyncio.gather(*(_repeated(url, text) for _ in range(4)))


async def _spin(url: str) -> None:
    while True:
        pass


async def _deaf(url: str) -> None:
    """Many that ask for all they may and read nothing."""
    await asyncio.gather(*(asyncio.to_thread(_never_read, url) for _ in range(DEAF)))


def _never_read(url: str) -> None:
    address = parse_uri(url)
    while True:
        with socket.socket() as link:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            link.connect((address.host, address.port))
            protocol = ClientProtocol(address)
            protocol.send_request(protocol.connect())
            link.sendall(b"".join(protocol.data_to_send()))
            while protocol.state is State.CONNECTING:
                protocol.receive_data(link.recv(4096))
                protocol.events_received()
            for _ in range(8):
                protocol.send_text(GRID.encode())
            link.sendall(b"".join(protocol.data_to_send()))
            time.sleep(HELD)


KINDS: dict[str, Callable[[str], Coroutine[None, None, None]]] = {
    "grids": lambda url: _four(url, GRID),
    "longest requests": lambda url: _four(url, LONGEST),
    "bad requests": lambda url: _four(url, "hello"),
    "deaf": _deaf,
    "another process": _spin,
}
"""What it does: 1,024 pictures at a time, long or short requests that are refused, or a core for itself."""


def main() -> None:
    """Go on until it is stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="ws://localhost:8501/live")
    parser.add_argument("--kind", choices=KINDS, required=True)
    options = parser.parse_args()
    asyncio.run(KINDS[options.kind](options.url))


if __name__ == "__main__":
    main()
