"""`python -m vae_explorer.projections.process FOLDER`: fit the one map that a folder asks for; a process of its own.

Two threads inside numba abort a process, and a fit takes every core: neither may happen to the server. Each report is
a JSON line on stdout. Standard input is the leash: when it closes, whoever asked is gone, and so is this process.
"""

import json
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path

import numpy as np

from vae_explorer import folders
from vae_explorer.errors import ExplorerError
from vae_explorer.projections import store
from vae_explorer.projections.reports import Report
from vae_explorer.projections.settings import Settings

OUT = 1
LATENTS, ASKED = "latents.npy", "asked.json"


def ask(folder: Path, mu: np.ndarray, chosen: Settings, target: Path) -> list[str]:
    """Write down what is asked for; the arguments of the process that will do it."""
    np.save(folder / LATENTS, np.asarray(mu, np.float32), allow_pickle=False)
    folders.write_file(folder / ASKED, json.dumps({"settings": asdict(chosen), "target": str(target)}).encode())
    return [sys.executable, "-m", __name__, str(folder)]


def serve(work: Callable[[Report], None]) -> None:
    """Do the work of a process that the desk has started: on its leash, with reports; what is refused is told."""
    threading.Thread(target=_leash, daemon=True).start()
    try:
        work(_report)
    except ExplorerError as error:
        _tell(error=str(error))


def fit(folder: Path, report: Report) -> None:
    """Fit, and save the map whole."""
    from vae_explorer.projections.fit import fitted

    asked = json.loads((folder / ASKED).read_text())
    mu = np.load(folder / LATENTS, allow_pickle=False)
    store.save(Path(asked["target"]), fitted(mu, Settings(**asked["settings"]), report))


def _leash() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os._exit(1)


def _report(share: float, doing: str) -> None:
    _tell(share=round(share, 3), doing=doing)


def _tell(**told: str | float) -> None:
    os.write(OUT, json.dumps(told).encode() + b"\n")


if __name__ == "__main__":
    serve(partial(fit, Path(sys.argv[1])))
