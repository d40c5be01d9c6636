"""A sweep of four βs and two seeds on a cluster of Ray of two nodes, against this machine; the commands take turns."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from bench.figure import Figure, median
from bench.parts import ROOT
from vae_explorer.engines.ray_cluster import SILENT

ROUNDS = 2
WORDS = ("--preset", "mlp-small-z2", "--dataset", "digits", "--batch-size", "64", "--epochs", "60")
GRID = ("--betas", "0.5,1,2,4", "--seeds", "0,1", "--jobs", "2")


def run() -> Iterator[Figure]:
    """Seconds of the whole command here, and the ratio on Ray; each time in a runs folder of its own."""
    os.environ.update(SILENT)
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    cluster.add_node(num_cpus=1)
    try:
        pairs = [(_seconds("local"), _seconds(f"ray:{cluster.address}")) for _ in range(ROUNDS)]
    finally:
        cluster.shutdown()
    yield Figure("a sweep of 4 βs and 2 seeds on this machine, two at a time", median([here for here, _ in pairs]), "s")
    ratio = median([there / here for here, there in pairs])
    yield Figure("the same on a cluster of Ray of two nodes of one CPU", ratio, "times", goal=1.25)


def _seconds(engine: str) -> float:
    with tempfile.TemporaryDirectory() as runs:
        command = [sys.executable, "-m", "vae_explorer", "sweep", "--on", engine, *WORDS, *GRID]
        started = time.perf_counter()
        own = os.environ | {"VAE_EXPLORER_RUNS": runs}
        subprocess.run(command, cwd=ROOT, env=own, check=True, capture_output=True)
        return time.perf_counter() - started
