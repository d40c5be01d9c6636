"""Two processes that torchrun starts beside one on two threads: the loss after 200 steps, and the time of a step."""

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import torch

from bench.figure import Figure, median
from vae_explorer import datasets, models, torchrun
from vae_explorer.run_settings import RunSettings
from vae_explorer.training import process
from vae_explorer.training.trainer import Trainer


class Case(NamedTuple):
    """A network, and the images of a step, of all processes together."""

    preset: str
    batch_size: int


STEPS, TURNS = 200, 2
CASES = (Case("mlp-small-z2", 128), Case("mlp-400-z20", 1024), Case("conv-z10", 128), Case("conv-z10", 512))
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
    nudged: Course
    """One process again, whose first weight differs in its last bit: what rounding alone comes to."""


def run() -> Iterator[Figure]:
    """In turns, since a machine is now quicker and now slower; beside the loss, what rounding alone changes in it."""
    for case in CASES:
        turns = [Turn(_course(case), _course(case, processes=2), _course(case, nudge=True)) for _ in range(TURNS)]
        what, (one, two, nudged) = f"mnist, {case.preset}, batch {case.batch_size}", turns[0]
        yield Figure(f"{what}: two processes' loss after {STEPS} steps, 10⁶ ×", _apart(two, one), "of one's", 100)
        yield Figure(f"{what}: with one weight's last bit changed, 10⁶ ×", _apart(nudged, one), "of its own")
        times = median([turn.two.seconds / turn.one.seconds for turn in turns])
        yield Figure(f"{what}: two processes on two cores", times, "× one with 2 threads", 1.3)


def _apart(other: Course, one: Course) -> float:
    return 1e6 * abs(other.loss - one.loss) / one.loss


def _course(case: Case, processes: int = 1, nudge: bool = False) -> Course:
    launcher = LAUNCHER if processes > 1 else []
    own = [case.preset, str(case.batch_size), str(2 // processes), str(int(nudge))]
    said = subprocess.run(
        [sys.executable, *launcher, "-m", "bench.ranks", *own], capture_output=True, text=True, check=True
    ).stdout
    return Course(*json.loads(said.splitlines()[-1]))


def _train(case: Case, threads: int, nudge: bool) -> None:
    """One process's part, or all of it; the first prints."""
    settings = RunSettings(case.preset, "mnist", SETTINGS | {"batch_size": case.batch_size})
    process.prepare(threads)
    with process.joined(torchrun.place(), "cpu") as ranks:
        images, model = datasets.load("mnist", "train"), models.build(settings.model)
        if nudge:
            first = next(model.parameters()).detach().view(-1)
            first[0] = first[0].nextafter(torch.tensor(torch.inf))
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
    preset, size, count, nudge = sys.argv[1:]
    _train(Case(preset, int(size)), int(count), nudge == "1")
