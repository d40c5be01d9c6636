"""Real steps, tried before they are needed: how long a run would take, and which batch size fits in memory."""

import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from vae_explorer import checkpoints, coding, datasets, memory, models
from vae_explorer.checkpoints import Recipe
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.datasets.images import ImageSet
from vae_explorer.errors import TrainingStopped
from vae_explorer.models.vae import VAE
from vae_explorer.runs import Plan
from vae_explorer.training.trainer import Trainer

T = TypeVar("T")
ROUND, SPAN, MOST = 0.2, 0.8, 2.0
"""Seconds of steps in a round where they are short, of all rounds together, and at most where steps are long."""
FEW = 3
"""Steps of a round where they are long: each round ends with a look at the loss, which costs a third of a step."""
SAVES = 3
"""Checkpoints that are written, of which the first is not counted."""
SEEN = 1000
"""Test images that are encoded to learn how long all of them take."""
ENDLESS = 100_000


class Pace(NamedTuple):
    """What a run would cost on this machine; every figure was measured."""

    parameters: int
    seconds_per_epoch: float
    saving_seconds: float
    """Of writing a checkpoint, with which each epoch ends."""
    evaluation_seconds: float
    """Of encoding the whole test split, at the end."""
    images_per_second: float
    steps: int
    """That were timed, after a first one that was not."""


def pace(model: ModelConfig, train: TrainConfig, images: ImageSet, test: ImageSet) -> Pace:
    """Time some optimizer steps on the training images, a checkpoint in a temporary folder, and the encoding of some
    test images; takes about a second.

    Raises:
        InvalidSetting: when model, images and settings do not fit together.
    """
    step, steps = _step(model, train, images)
    made = models.build(model)
    per_epoch = step * (len(images) // train.batch_size)
    saving, encoding = _saving(model, train, images), _evaluation(made, test)
    return Pace(models.parameters(model), per_epoch, saving, encoding, train.batch_size / step, steps)


def fitting_batch(model: ModelConfig, train: TrainConfig, images: ImageSet, device: str = "cpu") -> int | None:
    """The first of half, a quarter, … of the batch size of which two real steps fit in memory; None when none does.

    Two, for the first one's gradients are still there when the second begins.
    """
    size = train.batch_size // 2
    while size and not _fits(model, replace(train, batch_size=size), images, device):
        gc.collect()
        size //= 2
    return size or None


def advised(planned: Plan, data_root: Path | None, execute: Callable[[], T]) -> T:
    """What `execute` returns; where it runs out of memory, its process looks for a batch size that fits, and says so.

    Raises:
        TrainingStopped: with that batch size.
    """
    try:
        return execute()
    except (MemoryError, RuntimeError) as error:
        if not memory.ran_out(error):
            raise
    gc.collect()  # here the error is gone, and with it what its frames held
    memory.give_way()
    raise TrainingStopped(_advice(planned, data_root))


def _advice(planned: Plan, data_root: Path | None) -> str:
    kept = (
        "the last whole epoch is kept"
        if (planned.folder / checkpoints.STATE).is_file()
        else "there is no whole epoch to keep"
    )
    images = datasets.load(planned.dataset, "train", data_root)
    size = fitting_batch(planned.model, planned.train, images, planned.device)
    smaller = (
        f"Start again with batch size {size:,}: steps of it were tried and fit."
        if size
        else "No smaller batch fits either; start again with a smaller model."
    )
    return f"Memory ran out at batch size {planned.train.batch_size:,}; {kept}. {smaller}"


def _fits(model: ModelConfig, train: TrainConfig, images: ImageSet, device: str) -> bool:
    try:
        next(_rounds(model, train, images, 2, device))
    except (MemoryError, RuntimeError) as error:
        if not memory.ran_out(error):
            raise
        return False
    return True


def _step(model: ModelConfig, train: TrainConfig, images: ImageSet) -> tuple[float, int]:
    """Seconds of an optimizer step, the median of some, and how many were timed."""
    alone = _rounds(model, train, images, 1)
    warm = next(alone)
    if warm > MOST:
        return warm, 1
    once = next(alone)
    count = max(FEW if FEW * once < MOST else 1, int(ROUND / once))
    rounds = []
    for seconds in _rounds(model, train, images, count):
        rounds.append(seconds)
        if sum(rounds) >= (SPAN if len(rounds) > 1 else MOST):
            break
    kept = rounds[1:] or rounds  # the first meets memory that is new to it
    count = min(count, len(images) // train.batch_size)
    return statistics.median(kept) / count, count * len(kept)


def _rounds(
    model: ModelConfig, train: TrainConfig, images: ImageSet, steps: int, device: str = "cpu"
) -> Iterator[float]:
    """Seconds of so many steps, fewer where the images are, again and again; the weights hardly move."""
    trial = replace(train, epochs=ENDLESS, lr=1e-9, start="plain")
    seen = steps * train.batch_size
    some = images.select(slice(seen))
    epochs = Trainer(models.build(model), some, trial, device).epochs()
    while True:
        started = time.perf_counter()
        next(epochs)
        yield time.perf_counter() - started


def _saving(model: ModelConfig, train: TrainConfig, images: ImageSet) -> float:
    """Seconds of a checkpoint after one step, the least of some: where it lies there is one already, as in a run."""
    first = images.select(slice(train.batch_size))
    trainer = Trainer(models.build(model), first, replace(train, epochs=1, start="plain"))
    history = [progress.record() for progress in trainer.epochs()]
    recipe = Recipe(model, train, images.name, "trial", 1, trainer.seconds, 1.0)
    times = []
    with tempfile.TemporaryDirectory() as place:
        for _ in range(SAVES):
            started = time.perf_counter()
            weights, state = models.weights(trainer.model), trainer.state()
            checkpoints.save(Path(place) / "run", recipe, weights, history, state=state)
            times.append(time.perf_counter() - started)
    return min(times[1:])


def _evaluation(model: VAE, test: ImageSet) -> float:
    some = test.select(slice(SEEN))
    started = time.perf_counter()
    coding.encode_set(model, some)
    return (time.perf_counter() - started) * len(test) / len(some)
