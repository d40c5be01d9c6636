"""Sessions of Streamlit without a browser, each with an action at a steady rate.

    python bench/sessions.py --url ws://localhost:8501/_stcore/stream --sessions 30 --rate 1 --seconds 30

Prints one JSON line: seconds from an action to the end of its rerun, in ms.
"""

import argparse
import asyncio
import json
import time
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from bench.live import quantiles

ACTIONS = ("colour=nll", "colour=rate", "colour=class", "plane=units", "plane=pca", "hidden=3")
MODELS = ("mnist-mlp-z2", "mnist-conv-z10-b1", "digits-mlp-z2")


async def _session(options: argparse.Namespace, number: int) -> list[float]:
    address = urlsplit(options.url)
    origin = Origin(f"http://{address.netloc}")
    async with connect(options.url, subprotocols=[Subprotocol("streamlit")], origin=origin, max_size=None) as client:
        await _rerun(client, f"model={_model(options, number, 0)}")
        due = time.perf_counter() + number / options.sessions / options.rate
        times = []
        for step in range(round(options.seconds * options.rate)):
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            started = time.perf_counter()
            model = _model(options, number, step)
            await _rerun(client, f"model={model}&{ACTIONS[(number + step) % len(ACTIONS)]}")
            times.append(time.perf_counter() - started)
            due += 1 / options.rate
        return times


def _model(options: argparse.Namespace, number: int, step: int) -> str:
    return MODELS[(number + step * options.switching) % len(MODELS)]


async def _rerun(client: ClientConnection, query: str) -> None:
    action = BackMsg()
    action.rerun_script.query_string = query
    await client.send(action.SerializeToString())
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(await client.recv(decode=False))
        if answer.delta.new_element.HasField("exception"):
            raise SystemExit(f"A rerun for {query} failed: {answer.delta.new_element.exception.message}")
        if answer.WhichOneof("type") == "script_finished":
            if answer.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                raise SystemExit(f"A rerun for {query} ended with {answer.script_finished}.")
            return


async def _all(options: argparse.Namespace) -> list[float]:
    every = await asyncio.gather(*(_session(options, number) for number in range(options.sessions)))
    return [seconds for times in every for seconds in times]


def main() -> None:
    """Measure all sessions together."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", default="ws://localhost:8501/_stcore/stream")
    parser.add_argument("--sessions", type=int, default=30)
    parser.add_argument("--rate", type=float, default=1, help="actions a second and session")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--switching", action="store_true", help="another model at every action")
    print(json.dumps(quantiles(asyncio.run(_all(parser.parse_args())))), flush=True)


if __name__ == "__main__":
    main()
