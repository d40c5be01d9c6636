"""The real app, in a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[1]


class App(NamedTuple):
    """`streamlit run app.py`, which answers."""

    url: str
    process: subprocess.Popen[bytes]


@contextmanager
def served(
    log: Path, places: Mapping[str, str], *more: str, base: str = "", module: str = "streamlit", port: int = 0
) -> Iterator[App]:
    """An app with these environment variables and further options; what it says goes into the log."""
    port = port or free_port()
    options = ["--server.headless", "true", "--server.port", str(port), *more]
    command = [sys.executable, "-m", module, "run", "app.py", *options, "--server.baseUrlPath", base]
    with log.open("w+") as said:
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **places}, stdout=said, stderr=said)
        try:
            url = f"http://localhost:{port}{base}"
            wait_until_served(f"{url}/_stcore/health", process)
            yield App(url, process)
        finally:
            process.terminate()
            process.wait(timeout=20)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_served(url: str, process: subprocess.Popen[bytes]) -> None:
    """Return when the app answers; it must, within 30 s."""
    for _ in range(300):
        assert process.poll() is None, "the app ended"
        try:
            with urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the app did not answer within 30 s")
