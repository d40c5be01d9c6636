"""The live channel under load, without a browser: `bench/live.py` against the app."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.app import serving, until_served
from bench.figure import Figure

MODELS = ("mnist-mlp-z2", "mnist-conv-z10-b1")
SECONDS, CONNECTIONS, RATE = 60, 30, 30
LIVE = Path(__file__).parent / "live.py"


def run() -> Iterator[Figure]:
    """One connection as fast as it can, then 30 connections at 30 requests a second each for 60 s."""
    with serving() as url:
        until_served(url)
        for model in MODELS:
            closed, fixed = _measure(url.replace("http", "ws") + "/live", model)
            per_second, load = closed["per_second"], f"{model}: {CONNECTIONS} × {RATE}/s, {SECONDS} s"
            yield Figure(f"{model}: decodes from one connection", per_second, "per s", 500, at_least=True)
            asked = CONNECTIONS * RATE * SECONDS
            yield Figure(f"{load}, answered without error", fixed["requests"], "requests", asked, at_least=True)
            yield Figure(f"{load}, p95 from sending", fixed["reply_ms"]["p95"], "ms", 50)
            yield Figure(f"{load}, p95 from when it was due", fixed["late_ms"]["p95"], "ms")


def _measure(url: str, model: str) -> list[dict]:
    load = ["--seconds", str(SECONDS), "--connections", str(CONNECTIONS), "--rate", str(RATE)]
    command = [sys.executable, str(LIVE), "--url", url, "--model", model, *load]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in answer.stdout.splitlines()]
