"""A room full of people: many hands on the live channel, many sessions, and greedy clients of each kind beside them."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.app import ROOT, served, until_served
from bench.figure import Figure
from bench.greedy import KINDS

MODELS = "mnist-mlp-z2,mnist-conv-z10-b1,digits-mlp-z2,sprites-vae-b4-s0"
EARLY, MANY = 8, 60
"""Seconds after the start from which a room may be full, and sessions whose memory is measured."""
BRIEF, LONG = 15, 60


def run() -> Iterator[Figure]:
    """From the start of the app on, one after another."""
    with served() as (url, pid):
        until_served(url)
        time.sleep(EARLY)
        yield from _hands(url, "30 × 30/s from 8 s after the start", 30, 30, BRIEF, 50)
        yield from _hands(url, "30 × 30/s", 30, 30, LONG, 25)
        yield from _hands(url, "100 × 5/s", 100, 5, BRIEF, 100)
        with _beside(url, "another process"):
            yield from _hands(url, "30 × 30/s beside a process that takes a core", 30, 30, BRIEF, 150)
        for kind in (kind for kind in KINDS if kind != "another process"):
            with _beside(url, kind):
                yield from _hands(url, f"one hand of 30/s beside {kind}", 1, 30, BRIEF, 100)
        _answer(_sessions(url, 3))  # each model is loaded once
        yield from _beside_sessions(url, 1, 100)
        yield from _beside_sessions(url, 30)
        before = resident(pid)
        _answer(_sessions(url, MANY))
        yield Figure("a session, one of 60: memory", (resident(pid) - before) / MANY, "MB", 10)


def _beside_sessions(url: str, hands: int, goal: float | None = None) -> Iterator[Figure]:
    """Thirty sessions with an action a second, and hands beside them."""
    live = _started("bench.live", *_fixed(url, hands, 30, BRIEF))
    found = _answer(_sessions(url, 30))
    yield Figure(f"30 sessions, 1 action/s, beside {hands} × 30/s: rerun, p95", found["p95"], "ms", goal and 500)
    yield Figure(f"{hands} × 30/s beside them, p95", _answer(live)["late_ms"]["p95"], "ms", goal)


def _sessions(url: str, number: int) -> subprocess.Popen[str]:
    options = ["--sessions", str(number), "--seconds", str(BRIEF - 3)]
    return _started("bench.sessions", "--url", _ws(url, "/_stcore/stream"), *options)


def resident(pid: int) -> float:
    """Megabytes of memory that a process has; Linux alone."""
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _hands(url: str, what: str, connections: int, rate: int, seconds: int, goal: float) -> Iterator[Figure]:
    found = _answer(_started("bench.live", *_fixed(url, connections, rate, seconds)))
    yield Figure(f"{what}: p95 from when it was due", found["late_ms"]["p95"], "ms", goal)
    yield Figure(f"{what}: median", found["late_ms"]["p50"], "ms")


def _fixed(url: str, connections: int, rate: int, seconds: int) -> list[str]:
    load = ["--connections", str(connections), "--rate", str(rate), "--seconds", str(seconds)]
    return ["--url", _ws(url, "/live"), "--model", MODELS, "--fixed", *load]


@contextmanager
def _beside(url: str, kind: str) -> Iterator[None]:
    greedy = _started("bench.greedy", "--url", _ws(url, "/live"), "--kind", kind)
    try:
        time.sleep(1)
        yield
    finally:
        greedy.kill()
        greedy.wait()


def _started(module: str, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", module, *options]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def _answer(process: subprocess.Popen[str]) -> dict[str, Any]:
    """The last line that it prints.

    Raises:
        RuntimeError: when a request was not answered, or answered with an error.
    """
    lines = process.communicate()[0].splitlines()
    if process.returncode or not lines:
        raise RuntimeError(f"{process.args} ended with {process.returncode}.")
    return json.loads(lines[-1])


def _ws(url: str, path: str) -> str:
    return url.replace("http", "ws", 1) + path
