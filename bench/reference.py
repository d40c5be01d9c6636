"""Published figures for MNIST, by the settings they were published with but for our start and learning rate."""

from collections.abc import Iterator
from dataclasses import replace

from bench.figure import Figure
from bench.worker import OURS, Job, Lap, laps, nats

MLP = Job(OURS, "mlp-400-z20", lr=3e-3, epochs=7, schedule="one-cycle", start="prepared", tested=True)
SMALL = replace(MLP, system="mlp-512-256-z20", n=5000, epochs=30)
BURGESS = replace(MLP, system="burgess-z10", side=32, batch=64, lr=1e-3, epochs=10, split="train")

ROWS: dict[str, tuple[Job, float]] = {
    "MLP 784-400-20, 7 epochs, test": (MLP, 106.66),
    "MLP z=2, 5,000 images, 30 epochs, test": (replace(SMALL, latent_dim=2), 153.77),
    "MLP z=20, 5,000 images, 30 epochs, test": (SMALL, 114.97),
    "Burgess z=10, 32×32, beta 1, 10 epochs for their 400, train": (BURGESS, 118.79 + 19.69),
}
BETAS: dict[str, tuple[Job, float, float]] = {
    "Burgess z=10, 32×32, beta 4, 10 epochs for their 400, train": (replace(BURGESS, beta=4.0), 138.85, 10.99),
    "Burgess z=10, 32×32, beta-TCVAE 6, 10 epochs for their 400, train": (
        replace(BURGESS, beta=6.0, objective="beta-tcvae"),
        147.10,
        9.37,
    ),
}


def run() -> Iterator[Figure]:
    """nll and rate as measured, and their sum beside the published one where beta is 1."""
    for name, (job, published) in ROWS.items():
        last = laps(job)[-1]
        yield from _terms(name, last)
        yield Figure(f"{name}: nll + rate", nats(last), "nats", published)
    for name, (job, nll, rate) in BETAS.items():
        yield from _terms(f"{name} (published {nll:g} + {rate:g})", laps(job)[-1])


def _terms(name: str, last: Lap) -> Iterator[Figure]:
    assert last.nll is not None
    assert last.rate is not None
    yield Figure(f"{name}: nll", last.nll, "nats")
    yield Figure(f"{name}: rate", last.rate, "nats")
