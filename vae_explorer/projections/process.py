"""`python -m vae_explorer.projections.process FOLDER`: fit the one map that a folder asks for; a process of its own.

Two threads inside numba abort a process, and a fit takes every core: neither may happen to the server.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import numpy as np

from vae_explorer import folders
from vae_explorer.child_reports import Report, serve
from vae_explorer.projections import store
from vae_explorer.projections.settings import Settings

LATENTS, ASKED = "latents.npy", "asked.json"


def ask(folder: Path, mu: np.ndarray, chosen: Settings, target: Path) -> list[str]:
    """Write down what is asked for; the arguments of the process that will do it."""
    np.save(folder / LATENTS, np.asarray(mu, np.float32), allow_pickle=False)
    folders.write_file(folder / ASKED, json.dumps({"settings": asdict(chosen), "target": str(target)}).encode())
    return [sys.executable, "-m", __name__, str(folder)]


def fit(folder: Path, report: Report) -> None:
    """Fit, and save the map whole."""
    from vae_explorer.projections.fit import fitted

    asked = json.loads((folder / ASKED).read_text())
    mu = np.load(folder / LATENTS, allow_pickle=False)
    store.save(Path(asked["target"]), fitted(mu, Settings(**asked["settings"]), report))


if __name__ == "__main__":
    serve(fit, Path(sys.argv[1]))
