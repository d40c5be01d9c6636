"""What the gates of one network for every β cost in training: steps with and without them, in turns."""

from collections.abc import Iterator
from itertools import islice
from time import perf_counter

from bench.figure import Figure, median
from vae_explorer import datasets
from vae_explorer.config import TrainConfig
from vae_explorer.datasets.images import ImageSet
from vae_explorer.models import build
from vae_explorer.presets import preset
from vae_explorer.training import process
from vae_explorer.training.progress import Progress
from vae_explorer.training.trainer import Trainer

SYSTEMS = ("mlp-400-z20", "conv-64-z10")
RANGE = "0.25,16"
ROUNDS, STEPS = 40, 10
WARM_UP = 2
GOAL = 5.0


def run() -> Iterator[Figure]:
    """Each system on MNIST in batches of 128, one thread."""
    process.prepare(1)
    images = datasets.load("mnist", "train")
    for system in SYSTEMS:
        yield _cost(system, images)


def _cost(system: str, images: ImageSet) -> Figure:
    """The middle of the rounds: a round is so many steps of the network without gates, then of the one with them."""
    plain, gated = (_strides(system, betas, images) for betas in ("", RANGE))
    pairs = [(_seconds(plain), _seconds(gated)) for _ in range(WARM_UP + ROUNDS)][WARM_UP:]
    cost = median([100 * (with_gates / without - 1) for without, with_gates in pairs])
    return Figure(f"{system}: what gates add to a step, median of {ROUNDS} rounds of {STEPS}", cost, "%", GOAL)


def _strides(system: str, betas: str, images: ImageSet) -> Iterator[Progress | None]:
    row = preset(system)
    model = build(row.model(images.image_shape, len(images.classes), multi_rate=betas))
    return Trainer(model, images, TrainConfig(epochs=100)).strides()


def _seconds(strides: Iterator[Progress | None]) -> float:
    started = perf_counter()
    for _ in islice(strides, STEPS):
        pass
    return perf_counter() - started
