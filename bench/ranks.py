"""Two processes that torchrun starts beside one on two threads: the loss after 200 steps, and the time of a step."""

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from bench.figure import Figure, median
from vae_explorer import datasets, models, torchrun
from vae_explorer.run_settings import RunSettings
from vae_explorer.training import process
from vae_explorer.training.trainer import Trainer

STEPS, TURNS = 200, 3
PRESETS = ("mlp-small-z2", "mlp-400-z20", "conv-z10")
LAUNCHER = ["-m", "torch.distributed.run", "--nproc-per-node=2", "--rdzv-backend=c10d", "--rdzv-endpoint=localhost:0"]
SETTINGS = {"epochs": 10, "lr": 1e-3, "start": "plain"}


class Course(NamedTuple):
    """What so many steps came to."""

    loss: float
    """The mean over the last tenth of them."""
    seconds: float


class Turn(NamedTuple):
    """The same steps, three times."""

    one: Course
    """One process on two threads."""
    two: Course
    """Two processes of one thread each."""
    slow: Course
    """One process on one thread."""


def run() -> Iterator[Figure]:
    """In turns, since a machine is now quicker and now slower; what threads alone change in the loss is told beside."""
    for preset in PRESETS:
        turns = [Turn(_course(preset), _course(preset, processes=2), _course(preset, threads=1)) for _ in range(TURNS)]
        what, (one, two, slow) = f"mnist, {preset}", turns[0]
        yield Figure(f"{what}: two processes' loss after {STEPS} steps, 10⁶ ×", _apart(two, one), "of one's", 100)
        yield Figure(f"{what}: one process's on one thread instead of two, 10⁶ ×", _apart(slow, one), "of its own")
        times = median([turn.two.seconds / turn.one.seconds for turn in turns])
        yield Figure(f"{what}: two processes on two cores", times, "× one with 2 threads", 1.3)


def _apart(other: Course, one: Course) -> float:
    return 1e6 * abs(other.loss - one.loss) / one.loss


def _course(preset: str, processes: int = 1, threads: int = 2) -> Course:
    launcher = LAUNCHER if processes > 1 else []
    words = [sys.executable, *launcher, "-m", "bench.ranks", preset, str(threads // processes)]
    said = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    return Course(*json.loads(said.splitlines()[-1]))


def _train(preset: str, threads: int) -> None:
    """One process's part, or all of it; the first prints."""
    settings = RunSettings(preset, "mnist", SETTINGS)
    process.prepare(threads)
    with process.joined(torchrun.place(), "cpu") as ranks:
        images, model = datasets.load("mnist", "train"), models.build(settings.model)
        trainer = Trainer(model, images, settings.train, ranks=ranks)
        strides = trainer.strides()
        list(islice(strides, 1 + STEPS // 10))
        begun = trainer.seconds
        list(islice(strides, STEPS - 2 * (STEPS // 10)))
        trainer.window()
        list(islice(strides, STEPS // 10))
        window = trainer.window()
        if ranks.index == 0 and window is not None:
            print(json.dumps([window.loss, trainer.seconds - begun]))


if __name__ == "__main__":
    _train(sys.argv[1], int(sys.argv[2]))
