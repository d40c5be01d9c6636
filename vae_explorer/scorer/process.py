"""`python -m vae_explorer.scorer.process FOLDER`: measure the scores that a folder asks for, in a process of its own.

Each is stored beside its checkpoint as soon as it is measured, so that a stop loses at most the one in progress.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from vae_explorer import datasets, folders
from vae_explorer.checkpoints import Checkpoint, open_checkpoint
from vae_explorer.child_reports import Report, serve
from vae_explorer.errors import ExplorerError, InvalidSetting, StorageError
from vae_explorer.metrics import METRICS
from vae_explorer.metrics.results import Result
from vae_explorer.scorer import kept

ASKED = "asked.json"


def ask(folder: Path, checkpoint: Path, dataset: str, names: Sequence[str], seed: int) -> list[str]:
    """Write down what is asked for; the arguments of the process that will do it."""
    asked = {"checkpoint": str(checkpoint), "dataset": dataset, "names": list(names), "seed": seed}
    folders.write_file(folder / ASKED, json.dumps(asked).encode())
    return [sys.executable, "-m", __name__, str(folder)]


def score(folder: Path, report: Report) -> None:
    """Measure every row that is asked for; one that is refused does not keep the others from being measured.

    Raises:
        ExplorerError: when the codes cannot be made, the checkpoint has changed meanwhile or nothing can be written; at
            the end, for a row that was refused.
    """
    from vae_explorer import measurement

    asked = json.loads((folder / ASKED).read_text())
    checkpoint, names = open_checkpoint(Path(asked["checkpoint"])), asked["names"]
    evidence = measurement.evidence(checkpoint, datasets.load(asked["dataset"], "test"), asked["seed"])
    report(0.0, f"Encoding training images for {len(names)} figures")
    len(evidence.codes)
    refused: list[str] = []
    for place, name in enumerate(names):
        report(place / len(names), f"{METRICS[name].figures[0].title}, {place + 1} of {len(names)}")
        try:
            found = measurement.measure(checkpoint, evidence, {}, False, (name,))
        except ExplorerError as error:
            refused.append(str(error))
            continue
        checkpoint = _stored(checkpoint, found)
    if refused:
        raise InvalidSetting(refused[0])


def _stored(checkpoint: Checkpoint, found: dict[str, Result]) -> Checkpoint:
    from vae_explorer import measurement

    try:
        return measurement.store(checkpoint, found)
    except StorageError:
        kept.add(checkpoint, found)
        return checkpoint


if __name__ == "__main__":
    serve(score, Path(sys.argv[1]))
