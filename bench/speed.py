"""Training against the loop of the tutorials: the same images, the same steps, interleaved in one run."""

from collections.abc import Iterator
from dataclasses import replace

from bench.figure import Figure, median
from bench.worker import CANONICAL, OURS, Job, Lap, flops_per_image, laps, nats, peak_flops, speed

ROUNDS = 3
GOAL_NATS = 110.1
MLP = Job(CANONICAL, "mlp-400-z20")
BURGESS = Job(CANONICAL, "burgess-z10", n=12_800, side=32, batch=64, lr=5e-4)
EQUAL = "burgess-z10 on 32×32 to the ELBO of the tutorials' second epoch"
QUICK = Job(OURS, "mlp-400-z20", batch=64, lr=6e-3, epochs=1, schedule="one-cycle", start="prepared", tested=True)
QUICK_BURGESS = replace(QUICK, system="burgess-z10", side=32, lr=1e-3)


def run() -> Iterator[Figure]:
    """Images per second, seconds to a test figure, agreement of the loops, memory."""
    peak = peak_flops()
    yield Figure("products of 1024 × 1024 float32 matrices, the machine's peak", peak / 1e9, "GFLOP/s")
    yield from _ratio("MLP 784-400-20, batch 128", MLP, 2.5, peak)
    yield from _ratio("burgess-z10 on 32×32, batch 64", BURGESS, 2.0, peak)
    yield from _ratio(
        "burgess-z10, where their loader resizes as it reads", replace(BURGESS, beforehand=False), 2.0, peak
    )
    yield from _race()
    yield from _equal_elbo()
    yield from _agreement("MLP 784-400-20, 3 epochs", replace(MLP, epochs=3, tested=True))
    yield from _agreement("burgess-z10 on 32×32, 12,800 images, 4 epochs", replace(BURGESS, epochs=4, tested=True))


def _ratio(name: str, job: Job, goal: float, peak: float) -> Iterator[Figure]:
    """The same optimizer steps by both loops, in turns."""
    plain, ours = [], []
    for _ in range(ROUNDS):
        plain.append(speed(laps(job)[-1]))
        ours.append(speed(laps(replace(job, loop=OURS))[-1]))
    work = flops_per_image(job.system, job.side, job.batch)
    yield Figure(f"{name}: the tutorials' loop, median of {ROUNDS}", median(plain), "images per s")
    yield Figure(f"{name}: ours, median of {ROUNDS}", median(ours), "images per s")
    yield Figure(f"{name}: ours, of the peak in matrix products", 100 * median(ours) * work / peak, "%")
    ratios = [a / b for a, b in zip(ours, plain, strict=True)]
    yield Figure(f"{name}: ours to the tutorials', median of {ROUNDS} pairs", median(ratios), "times", goal, True)


def _race() -> Iterator[Figure]:
    """Seconds of training until nll + rate on the test split is at most 110.1 nats."""
    plain, ours = [], []
    for seed in range(ROUNDS):
        plain.append(_first_below(laps(replace(MLP, epochs=6, seed=seed, tested=True))))
        ours.append(_first_below(laps(replace(QUICK, seed=seed))))
    name = f"MLP 784-400-20 to {GOAL_NATS} nats"
    yield Figure(f"{name}: the tutorials' loop, median of {ROUNDS} seeds", median([lap.seconds for lap in plain]), "s")
    yield Figure(f"{name}: ours, one epoch, batch 64, lr 6e-3", median([lap.seconds for lap in ours]), "s")
    yield Figure(f"{name}: ours, test nll + rate, worst seed", max(map(nats, ours)), "nats", GOAL_NATS)
    shares = [a.seconds / b.seconds for a, b in zip(ours, plain, strict=True)]
    yield Figure(f"{name}: share of the tutorials' seconds, median", median(shares), "of 1", 0.2)


def _equal_elbo() -> Iterator[Figure]:
    """The whole data set: seconds in which ours reaches what the tutorials' loop has after two epochs."""
    plain = laps(replace(BURGESS, n=60_000, epochs=2, tested=True))[-1]
    found = laps(replace(QUICK_BURGESS, epochs=1))[-1]
    yield Figure(f"{EQUAL}: theirs, test nll + rate", nats(plain), "nats")
    yield Figure(f"{EQUAL}: ours after one epoch", nats(found), "nats", nats(plain))
    yield Figure(f"{EQUAL}: seconds of theirs to ours", plain.seconds / found.seconds, "times", 2.0, True)


def _first_below(found: list[Lap]) -> Lap:
    """The first epoch at the goal.

    Raises:
        StopIteration: when none reached it; there are no seconds to report then.
    """
    return next(lap for lap in found if nats(lap) <= GOAL_NATS)


def _agreement(name: str, job: Job) -> Iterator[Figure]:
    """The same settings by both loops, three seeds each: test nll + rate."""
    found = {
        loop: [nats(laps(replace(job, loop=loop, seed=seed))[-1]) for seed in range(ROUNDS)]
        for loop in (CANONICAL, OURS)
    }
    for loop, values in found.items():
        label = "the tutorials' loop" if loop == CANONICAL else loop
        yield Figure(f"{name}: {label}, test nll + rate, lowest of {ROUNDS} seeds", min(values), "nats")
        yield Figure(f"{name}: {label}, test nll + rate, highest of {ROUNDS} seeds", max(values), "nats")
    apart = abs(sum(found[OURS]) - sum(found[CANONICAL])) / ROUNDS
    noise = max(max(values) - min(values) for values in found.values())
    yield Figure(f"{name}: distance of the means", apart, "nats", noise)
