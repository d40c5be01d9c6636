"""Load on a running live channel: how many pictures a second, and how late they are.

    python bench/live.py --url ws://localhost:8501/live --model mnist-mlp-z2 --seconds 60 --connections 30 --rate 30

Prints one JSON line per phase: one connection as fast as replies come, unless only the other is wanted, then many
connections at a fixed rate, which take turns among the models where several are named, as `a,b`.
`reply_ms` runs from sending a request to its whole reply, as seen by this one client process; `late_ms` from the moment
the request was due, so that a stall, here or there, cannot hide its backlog. Like a page, a connection has one request
in flight.
"""

import argparse
import asyncio
import json
import random
import time
from typing import Any, NamedTuple
from urllib.request import urlopen

from websockets.asyncio.client import ClientConnection, connect


def main() -> None:
    """Measure both phases."""
    options = _options()
    for phase in (_fixed_rate,) if options.fixed else (_closed_loop, _fixed_rate):
        print(json.dumps(asyncio.run(phase(options))), flush=True)


class Model(NamedTuple):
    """What is asked of."""

    name: str
    units: int


class Timing(NamedTuple):
    """One request: seconds from sending it to its reply, and from the moment it was due."""

    reply: float
    late: float


async def _closed_loop(options: argparse.Namespace) -> dict[str, Any]:
    async with connect(options.url, max_size=None) as client:
        replies: list[float] = []
        ends = time.perf_counter() + min(options.seconds, 10)
        while (sent := time.perf_counter()) < ends:
            await _ask(client, options.models[0])
            replies.append(time.perf_counter() - sent)
    rate = {"requests": len(replies), "per_second": round(len(replies) / sum(replies), 1)}
    return (
        {"phase": "closed loop", "connections": 1, "model": options.models[0].name}
        | rate
        | {"reply_ms": quantiles(replies)}
    )


async def _fixed_rate(options: argparse.Namespace) -> dict[str, Any]:
    grids = asyncio.create_task(_grids(options)) if options.grid else None
    clients = [await connect(options.url, max_size=None) for _ in range(options.connections)]
    started = time.perf_counter()
    timings = await asyncio.gather(*(_paced(client, options, started, k) for k, client in enumerate(clients)))
    seconds = time.perf_counter() - started
    if grids:
        grids.cancel()
    await asyncio.gather(*(client.close() for client in clients))
    every = [timing for many in timings for timing in many]
    load = {"connections": options.connections, "rate": options.rate, "grid": options.grid, "model": options.model}
    rate = {"requests": len(every), "per_second": round(len(every) / seconds, 1)}
    columns = {"reply_ms": quantiles([one.reply for one in every]), "late_ms": quantiles([one.late for one in every])}
    return {"phase": "fixed rate"} | load | rate | columns


async def _paced(client: ClientConnection, options: argparse.Namespace, started: float, k: int) -> list[Timing]:
    timings: list[Timing] = []
    due, model = started + k / options.rate / options.connections, options.models[k % len(options.models)]
    for _ in range(round(options.seconds * options.rate)):
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        sent = time.perf_counter()
        await _ask(client, model)
        now = time.perf_counter()
        timings.append(Timing(now - sent, now - due))
        due += 1 / options.rate
    return timings


async def _grids(options: argparse.Namespace) -> None:
    async with connect(options.url, max_size=None) as client:
        while True:
            await _ask(client, options.models[0], options.grid)


async def _ask(client: ClientConnection, model: Model, n: int = 1) -> None:
    z = [[random.gauss(0, 1) for _ in range(model.units)] for _ in range(n)]
    await client.send(json.dumps({"id": 1, "model": model.name, "z": z}))
    reply = await client.recv(decode=False)
    size = int.from_bytes(reply[:4], "little")
    header = json.loads(reply[4 : 4 + size])
    if "error" in header:
        raise SystemExit(header["error"])


def quantiles(seconds: list[float]) -> dict[str, float]:
    """In ms."""
    ranked = sorted(seconds)
    last = len(ranked) - 1
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1}
    return {name: round(1000 * ranked[int(share * last)], 2) for name, share in shares.items()}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="ws://localhost:8501/live")
    parser.add_argument("--model", default="mnist-mlp-z2")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--connections", type=int, default=30)
    parser.add_argument("--rate", type=float, default=30, help="requests a second and connection")
    parser.add_argument("--grid", type=int, default=0, help="also keep one grid of so many images in flight")
    parser.add_argument("--fixed", action="store_true", help="many connections at a fixed rate alone")
    options = parser.parse_args()
    options.models = [Model(name, _units(options.url, name)) for name in options.model.split(",")]
    return options


def _units(url: str, model: str) -> int:
    """Asked from the server, through the first data point of the model."""
    base = url.replace("ws", "http", 1).removesuffix("/live")
    with urlopen(f"{base}/api/checkpoints/{model}/points/0") as answer:
        return len(json.load(answer)["mu"])


if __name__ == "__main__":
    main()
