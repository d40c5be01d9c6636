"""Load on a running live channel: how many pictures a second, and how late they are.

    python bench/live.py --url ws://localhost:8501/live --model mnist-mlp-z2 --seconds 60 --connections 30 --rate 30

Prints one JSON line per phase: one connection as fast as replies come, then many connections at a fixed rate.
Latencies are from sending a request to its whole reply, in milliseconds, as seen by this one client process. At a
fixed rate they count from the moment the request was due, so that a stalled server cannot hide its backlog.
"""

import argparse
import asyncio
import json
import random
import time
from urllib.request import urlopen

from websockets.asyncio.client import ClientConnection, connect


def main() -> None:
    """Measure both phases."""
    options = _options()
    for phase in (_closed_loop, _fixed_rate):
        print(json.dumps(asyncio.run(phase(options))), flush=True)


async def _closed_loop(options: argparse.Namespace) -> dict[str, object]:
    async with connect(options.url, max_size=None) as client:
        latencies: list[float] = []
        ends = time.perf_counter() + min(options.seconds, 10)
        while (sent := time.perf_counter()) < ends:
            await _ask(client, options)
            latencies.append(time.perf_counter() - sent)
    return {"phase": "closed loop", "connections": 1, "model": options.model} | _summary(latencies, sum(latencies))


async def _fixed_rate(options: argparse.Namespace) -> dict[str, object]:
    grids = asyncio.create_task(_grids(options)) if options.grid else None
    started = time.perf_counter()
    clients = [_paced(options, started + k / options.rate / options.connections) for k in range(options.connections)]
    latencies = [one for many in await asyncio.gather(*clients) for one in many]
    seconds = time.perf_counter() - started
    if grids:
        grids.cancel()
    load = {"connections": options.connections, "rate": options.rate, "grid": options.grid, "model": options.model}
    return {"phase": "fixed rate"} | load | _summary(latencies, seconds)


async def _paced(options: argparse.Namespace, due: float) -> list[float]:
    latencies: list[float] = []
    ends = due + options.seconds
    async with connect(options.url, max_size=None) as client:
        while due < ends:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            await _ask(client, options)
            latencies.append(time.perf_counter() - due)
            due += 1 / options.rate
    return latencies


async def _grids(options: argparse.Namespace) -> None:
    async with connect(options.url, max_size=None) as client:
        while True:
            await _ask(client, options, options.grid)


async def _ask(client: ClientConnection, options: argparse.Namespace, n: int = 1) -> None:
    z = [[random.gauss(0, 1) for _ in range(options.dim)] for _ in range(n)]
    await client.send(json.dumps({"id": 1, "model": options.model, "z": z}))
    reply = await client.recv(decode=False)
    size = int.from_bytes(reply[:4], "little")
    header = json.loads(reply[4 : 4 + size])
    if "error" in header:
        raise SystemExit(header["error"])


def _summary(latencies: list[float], seconds: float) -> dict[str, object]:
    ranked = sorted(latencies)
    quantiles: dict[str, object] = {
        f"p{q}_ms": round(1000 * ranked[int(q / 100 * (len(ranked) - 1))], 2) for q in (50, 95, 99)
    }
    rate: dict[str, object] = {"requests": len(ranked), "per_second": round(len(ranked) / seconds, 1)}
    return rate | quantiles | {"max_ms": round(1000 * ranked[-1], 2)}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="ws://localhost:8501/live")
    parser.add_argument("--model", default="mnist-mlp-z2")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--connections", type=int, default=30)
    parser.add_argument("--rate", type=float, default=30, help="requests a second and connection")
    parser.add_argument("--grid", type=int, default=0, help="also keep one grid of so many images in flight")
    options = parser.parse_args()
    options.dim = _latent_dim(options)
    return options


def _latent_dim(options: argparse.Namespace) -> int:
    """Asked from the server, through the first data point of the model."""
    base = options.url.replace("ws", "http", 1).removesuffix("/live")
    with urlopen(f"{base}/api/checkpoints/{options.model}/points/0") as answer:
        return len(json.load(answer)["mu"])


if __name__ == "__main__":
    main()
