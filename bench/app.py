"""The app in a process of its own, with checkpoints whose maps hold 60,000 points, and a Chromium to open it."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

from vae_explorer import checkpoints, datasets, runs

ROOT = Path(__file__).parents[1]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
LARGE = {"mlp-60000": "mnist-mlp-z2", "conv-60000": "mnist-conv-z10-b1"}


@contextmanager
def large_runs() -> Iterator[Path]:
    """A folder of runs with the 60,000 training images encoded by the MLP and the conv model."""
    images = datasets.load("mnist", "train")
    with tempfile.TemporaryDirectory() as folder:
        for name, source in LARGE.items():
            target = Path(folder) / name
            shutil.copytree(ROOT / "pretrained" / source, target)
            runs.measure(target, checkpoints.open_checkpoint(target).recipe, images)
        yield Path(folder)


class Served(NamedTuple):
    """The app in a process of its own."""

    url: str
    pid: int


@contextmanager
def serving(runs_folder: Path | None = None) -> Iterator[str]:
    """`streamlit run app.py` on a free port; yields its address at once, before it answers."""
    with served(runs_folder) as app:
        yield app.url


@contextmanager
def served(runs_folder: Path | None = None) -> Iterator[Served]:
    """The same, with its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--server.headless", "true", "--server.port", str(port)]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", *options]
    environment = os.environ | ({"VAE_EXPLORER_RUNS": str(runs_folder)} if runs_folder else {})
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield Served(f"http://localhost:{port}", process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)


def until_served(url: str) -> None:
    """Wait until the app answers."""
    for _ in range(3000):
        try:
            with urlopen(f"{url}/_stcore/health", timeout=5):
                return
        except OSError:
            time.sleep(0.01)
    raise TimeoutError(url)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium without a GPU."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
