"""Published figures for MNIST, with their settings but for the learning rate's schedule, which is ours."""

from bench.worker import OURS, Job

ROWS: dict[str, tuple[Job, float]] = {
    "MLP 784-400-20, 7 epochs (test)": (Job(OURS, "mlp-400-z20", epochs=7, lr=3e-3), 106.66),
    "MLP z=2, 5,000 images, 30 epochs (test)": (
        Job(OURS, "mlp-512-256-z20", n=5000, epochs=30, lr=3e-3, latent_dim=2),
        153.77,
    ),
    "MLP z=20, 5,000 images, 30 epochs (test)": (
        Job(OURS, "mlp-512-256-z20", n=5000, epochs=30, lr=3e-3),
        114.97,
    ),
}
