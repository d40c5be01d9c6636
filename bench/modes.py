"""What each way of computing is worth on this machine: threads, precision, compilation, models side by side."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import perf_counter

from bench.figure import Figure, median
from bench.worker import OURS, Job, laps, speed

ROUNDS = 3
BASES = {
    "MLP 784-400-20, batch 128": Job(OURS, "mlp-400-z20", epochs=2),
    "burgess-z10 on 32×32, batch 64": Job(OURS, "burgess-z10", n=12_800, side=32, batch=64, lr=5e-4, epochs=2),
}
MODES = {
    "float32": {},
    "one thread": {"threads": 1},
    "bfloat16": {"precision": "bf16"},
    "compiled": {"compiled": True},
    "batch 1,024": {"batch": 1024},
}


def run() -> Iterator[Figure]:
    """Each mode in turn, the second epoch of each; then a sweep of two."""
    for name, base in BASES.items():
        yield from _modes(name, base)
        yield from _sweep(name, base)


def _modes(name: str, base: Job) -> Iterator[Figure]:
    found = {mode: [laps(replace(base, **changes)) for _ in range(ROUNDS)] for mode, changes in MODES.items()}
    for mode, runs in found.items():
        speeds = [speed(second, first) for first, second in runs]
        yield Figure(f"{name}, {mode}: second epoch, median of {ROUNDS}", median(speeds), "images per s")
    warm_up = median([2 * first.seconds - second.seconds for first, second in found["compiled"]])
    yield Figure(f"{name}, compiled: what the first epoch costs more, median", warm_up, "s")


def _sweep(name: str, base: Job) -> Iterator[Figure]:
    """Two models one after another on every core, or side by side with one thread each; whole processes."""
    single, seeds = replace(base, threads=1, epochs=6), (0, 1)
    started = perf_counter()
    for seed in seeds:
        laps(replace(single, threads=0, seed=seed))
    after = perf_counter() - started
    started = perf_counter()
    with ThreadPoolExecutor(len(seeds)) as pool:
        list(pool.map(laps, [replace(single, seed=seed) for seed in seeds]))
    beside = perf_counter() - started
    yield Figure(f"{name}, two models: side by side to one after another", after / beside, "times")
