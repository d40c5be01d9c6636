"""What training reaches, by the command line, on the real 60,000 images."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure

ROOT = Path(__file__).parents[1]


def run() -> Iterator[Figure]:
    """MNIST MLP 784-400-20, beta 1, 10 epochs."""
    with tempfile.TemporaryDirectory() as folder:
        options = ["--preset", "mlp-400-z20", "--dataset", "mnist", "--epochs", "10", "--out", f"{folder}/run"]
        command = [sys.executable, "-m", "vae_explorer", "train", *options]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            figures = json.loads(process.stdout.read().splitlines()[-1])
            peak = os.wait4(process.pid, 0)[2].ru_maxrss * 1024 / 1e9
    name = "MNIST MLP 784-400-20, beta 1, 10 epochs"
    yield Figure(f"{name}: test nll + rate", -figures["elbo"], "nats", 106.0)
    yield Figure(f"{name}: test nll", figures["nll"], "nats")
    yield Figure(f"{name}: test rate", figures["rate"], "nats")
    yield Figure(f"{name}: training", figures["images_per_second"], "images per s")
    yield Figure(f"{name}: peak of resident memory", peak, "GB", 1.2)
