"""One training in a process of its own: `python -m bench.worker JSON`; one JSON line per epoch on stdout."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
CANONICAL, OURS = "canonical", "ours"


@dataclass(frozen=True)
class Job:
    """What to train, by which loop, on the first n training images of MNIST."""

    loop: str
    system: str
    n: int = 60_000
    side: int = 28
    batch: int = 128
    lr: float = 1e-3
    epochs: int = 1
    seed: int = 0
    beforehand: bool = True
    """Whether images of another side are resized before training, or by the tutorials' loader."""
    threads: int = 0
    """0: as many as PyTorch takes by itself."""
    schedule: str = "constant"
    start: str = "plain"
    precision: str = "fp32"
    compiled: bool = False
    beta: float = 1.0
    objective: str = "beta-vae"
    latent_dim: int = 0
    """0: the preset's."""
    tested: bool = False
    """Measure after every epoch, at one draw per image; the time of it is not counted."""
    split: str = "test"
    """What is measured."""


class Lap(NamedTuple):
    """An epoch: seconds of training so far, images in this epoch, and what was measured after it."""

    seconds: float
    images: int
    test: float | None
    nll: float | None
    rate: float | None
    peak_rss: float
    """Bytes, of the process so far."""


def laps(job: Job) -> list[Lap]:
    """Run a job in a process of its own."""
    command = [sys.executable, "-m", "bench.worker", json.dumps(asdict(job))]
    answer = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True, env=os.environ)
    return [Lap(**json.loads(line)) for line in answer.stdout.splitlines()]


def nats(lap: Lap) -> float:
    """nll + rate as measured after this epoch.

    Raises:
        ValueError: when it was not measured.
    """
    if lap.test is None:
        raise ValueError("This job did not measure; set tested.")
    return lap.test


def speed(lap: Lap, before: Lap | None = None) -> float:
    """Images per second of an epoch."""
    return lap.images / (lap.seconds - (before.seconds if before else 0.0))


def main(text: str) -> None:
    """Run one job and print its laps."""
    for lap in _LOOPS[(job := Job(**json.loads(text))).loop](job):
        print(json.dumps(lap._asdict()), flush=True)


def _canonical(job: Job) -> Iterator[Lap]:
    import torch

    from bench import canonical
    from vae_explorer import datasets

    torch.manual_seed(job.seed)
    root = str(datasets.data_root())
    model, data = canonical.SYSTEMS[job.system](), canonical.images(root, True, job.side, job.beforehand)
    test = canonical.images(root, False, job.side)
    for lap in canonical.train(model, data, job.n, job.batch, job.lr, job.epochs):
        yield Lap(lap.seconds, lap.images, canonical.test(model, test) if job.tested else None, None, None, _peak())


def _ours(job: Job) -> Iterator[Lap]:
    from vae_explorer import coding, models
    from vae_explorer.config import TrainConfig
    from vae_explorer.metrics.evaluation import evaluation
    from vae_explorer.presets import preset
    from vae_explorer.training import process
    from vae_explorer.training.trainer import Trainer

    process.prepare(job.threads or None)
    changes = {"latent_dim": job.latent_dim} if job.latent_dim else {}
    config = TrainConfig(
        epochs=job.epochs,
        batch_size=job.batch,
        lr=job.lr,
        schedule=job.schedule,
        start=job.start,
        precision=job.precision,
        seed=job.seed,
        beta=job.beta,
        objective=job.objective,
    )
    images, test = _images("train", job.side, job.n), _images(job.split, job.side, 60_000)
    model = models.build(preset(job.system).model(images.image_shape, 10, **changes), job.seed)
    seen = 0
    for progress in Trainer(model, images, config, compiled=job.compiled).epochs():
        found = evaluation(coding.encode_set(model, test)) if job.tested else None
        measured = (None, None, None)
        if found is not None and found.rate is not None:
            measured = (found.nll + found.rate, found.nll, found.rate)
        yield Lap(progress.seconds, progress.images - seen, *measured, _peak())
        seen = progress.images


def _images(split: str, side: int, n: int):  # noqa: ANN202 - an ImageSet, whose import would load the project
    from bench import canonical
    from vae_explorer import datasets
    from vae_explorer.datasets.images import ImageSet

    found = canonical.images(str(datasets.data_root()), split == "train", side)
    pictures, labels = found.data[:n, None].numpy(), found.targets[:n].numpy()
    return ImageSet("mnist", split, pictures, labels, tuple("0123456789"))


def _peak() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0


_LOOPS = {CANONICAL: _canonical, OURS: _ours}


def peak_flops() -> float:
    """What this machine reaches in products of float32 matrices, in operations a second; the best of 20."""
    import torch

    a, b = torch.randn(1024, 1024), torch.randn(1024, 1024)
    times = []
    for _ in range(20):
        started = time.perf_counter()
        torch.mm(a, b)
        times.append(time.perf_counter() - started)
    return 2 * 1024**3 / min(times)


def flops_per_image(system: str, side: int, batch: int) -> float:
    """Operations in the products of one training step, forward and backward, counted by PyTorch; per image."""
    import torch
    from torch.utils.flop_counter import FlopCounterMode

    from vae_explorer import models
    from vae_explorer.presets import preset

    model = models.build(preset(system).model((1, side, side), 10), 0)
    with FlopCounterMode(display=False) as counter:
        output = model(torch.rand(batch, 1, side, side), torch.randn(batch, model.config.latent_dim))
        (output.logits.sum() + output.posterior.mu.sum()).backward()
    return counter.get_total_flops() / batch


if __name__ == "__main__":
    main(sys.argv[1])
