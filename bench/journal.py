"""What a journal costs: its share of the time of training and its size on disk, by the command line."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from bench.figure import Figure, median

ROOT = Path(__file__).parents[1]
ROUNDS = 3


class Case(NamedTuple):
    """A run, and whether it is also timed without a journal."""

    preset: str
    dataset: str
    epochs: int
    paired: bool = False


CASES = (Case("mlp-z2", "digits", 300), Case("conv-z10", "mnist", 1), Case("mlp-z2", "mnist", 10, True))


def run() -> Iterator[Figure]:
    """Shares and sizes of three runs, and one of them against the same without a journal, in turns."""
    for case in CASES:
        yield from _pairs(case) if case.paired else _cost(case, *_train(case, True))


def _cost(case: Case, answer: dict[str, Any], size: float) -> Iterator[Figure]:
    name = f"{case.dataset} {case.preset}, epochs: {case.epochs}"
    yield Figure(f"{name}: the journal, of training", 100 * answer["journal_seconds"] / answer["seconds"], "%", 5.0)
    yield Figure(f"{name}: the journal on disk", size / 1e6, "MB", 40.0)


def _pairs(case: Case) -> Iterator[Figure]:
    bare, kept, answers = [], [], []
    for _ in range(ROUNDS):
        bare.append(_wall(_train(case, False)[0]))
        answers.append(_train(case, True))
        kept.append(_wall(answers[-1][0]))
    name = f"{case.dataset} {case.preset}, epochs: {case.epochs}"
    yield Figure(f"{name}: training without a journal, median of {ROUNDS}", median(bare), "s")
    ratios = [a / b for a, b in zip(kept, bare, strict=True)]
    yield Figure(f"{name}: with one, to without, median of {ROUNDS} pairs", median(ratios), "times", 1.05)
    yield from _cost(case, *answers[-1])


def _wall(answer: dict[str, Any]) -> float:
    """Seconds of training, and of the journal between its steps."""
    return answer["seconds"] + answer.get("journal_seconds", 0.0)


def _train(case: Case, journal: bool) -> tuple[dict[str, Any], float]:
    """What the command answers, and the bytes of its journal."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        options = ["--preset", case.preset, "--dataset", case.dataset, "--epochs", str(case.epochs), "--threads", "1"]
        options += ["--out", str(place / "run")] + (["--journal", str(place / "journal")] if journal else [])
        command = [sys.executable, "-m", "vae_explorer", "train", *options]
        found = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
        size = sum(path.stat().st_size for path in place.glob("journal/**/*") if path.is_file())
        return json.loads(found.splitlines()[-1]), float(size)
