"""Checkpoints of every kind with random weights and made-up latents: no encoder is needed to see what the app does."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from vae_explorer import checkpoints, datasets, models
from vae_explorer.beta_range import BetaRange
from vae_explorer.checkpoints import Checkpoint, Imported, Measurements, Recipe
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.latents.beta_latents import BetaLatents, stacked
from vae_explorer.latents.encoded import Latents, PriorMixture
from vae_explorer.metrics.evaluation import evaluation

N = 40


class Kind(NamedTuple):
    """What sets a model apart from a VAE."""

    classes: int = 0
    plain: bool = False
    mixture: int = 0
    """Gaussians in a learned prior; 0: N(0, I)."""
    image_shape: tuple[int, int, int] = (1, 28, 28)
    likelihood: str = "bernoulli"
    held_out: int | None = None
    multi_rate: str = ""
    imported: Imported | None = None


IMPORTED = Imported("pytorch-examples", "vae.pth", (("activation", "relu"),), (), ("leaky-0.01",), 0.9, None, 0.01, 64)
FOREIGN = Kind(imported=IMPORTED)
KINDS = {
    "ae": Kind(plain=True),
    "cvae": Kind(classes=10),
    "mixed": Kind(mixture=4),
    "conditional-ae": Kind(classes=10, plain=True),
    "multi-rate": Kind(multi_rate="0.25,16"),
}


def made_up_latents(kind: Kind, latent_dim: int, dataset: str = "digits") -> Latents:
    """Latents as an encoder could have made them; unit 1 moves most, unit 0 hardly."""
    rng = np.random.default_rng(0)
    mu = (rng.normal(size=(N, latent_dim)) * np.linspace(0.01, 3, latent_dim)[::-1] + 1).astype(np.float32)
    mu[:, 0] = 0.5
    nll, label = rng.normal(80, 5, N).astype(np.float32), np.arange(N) % 10
    if kind.plain:
        return Latents(dataset, "test", 0, mu, None, label, nll, None, None)
    logvar = np.full_like(mu, -1)
    kl = 0.5 * (mu**2 + np.exp(logvar) - 1 - logvar)
    return Latents(dataset, "test", 0, mu, logvar, label, nll, kl.sum(1), kl.mean(0), _mixture(kind, latent_dim))


def _mixture(kind: Kind, latent_dim: int) -> PriorMixture | None:
    k = kind.mixture
    if not k:
        return None
    mu = np.random.default_rng(1).normal(size=(k, latent_dim)).astype(np.float32) * 3
    return PriorMixture(np.full(k, 1 / k, np.float32), mu, np.full((k, latent_dim), -2, np.float32))


def save_kind(folder: Path, kind: Kind, latent_dim: int = 3, latents: Latents | None = None) -> Checkpoint:
    """A checkpoint of this kind, whole in every respect but that its weights are random."""
    scale = "none" if kind.plain else "logvar"
    hidden = (16, 12) if kind.multi_rate else (16,)  # a decoder of one hidden layer has no gate
    shape = "mlp", kind.image_shape, latent_dim, hidden
    config = ModelConfig(*shape, classes=kind.classes, scale=scale, likelihood=kind.likelihood)
    config = replace(config, multi_rate=kind.multi_rate)
    recipe = Recipe(config, TrainConfig(epochs=1, held_out=kind.held_out), "digits", "mlp-small-z2", 1, 1.0, 100.0)
    recipe = replace(recipe, imported=kind.imported)
    encoded = latents or made_up_latents(kind, latent_dim)
    weights, history = random_weights(config), [{"epoch": 1, "loss": 1.0}]
    stops = made_up_stops(config.betas, encoded) if config.betas else None
    return checkpoints.save(folder, recipe, weights, history, Measurements(evaluation(encoded)), encoded, stops=stops)


def random_weights(config: ModelConfig) -> dict[str, np.ndarray]:
    """Weights of a seed; the gates of a multi-rate network differ from each other."""
    rng = np.random.default_rng(4)
    weights = models.weights(models.build(config, seed=3))
    gates = {
        name: rng.normal(size=value.shape) for name, value in weights.items() if name.endswith(("slope", "offset"))
    }
    return weights | {name: value.astype(np.float32) for name, value in gates.items()}


def made_up_stops(betas: BetaRange, latents: Latents) -> BetaLatents:
    """The same images at every β as a multi-rate network could see them: codes shrink and the nll grows with β."""

    def seen(beta: float) -> Latents:
        mu = (latents.mu / (1 + beta) * 2).astype(np.float32)
        assert latents.logvar is not None
        kl = 0.5 * (mu**2 + np.exp(latents.logvar) - 1 - latents.logvar)
        return latents._replace(mu=mu, nll=latents.nll + np.float32(beta), rate=kl.sum(1), kl_per_dim=kl.mean(0))

    return stacked(betas.stops(), [seen(beta) for beta in betas.stops()])


def save_sprites(folder: Path, dataset: str = "sprites", n: int | None = None) -> Checkpoint:
    """A checkpoint of sprites, or of a data set of the same factors in the same order; its units are scale, x and y."""
    images = datasets.load("sprites", "test").select(slice(n))
    assert images.factor_values is not None
    shares = images.factor_values[:, [1, 3, 4]] / np.array([5, 31, 31])
    mu, ones = (4 * shares - 2).astype(np.float32), np.ones(len(images), np.float32)
    logvar = np.full_like(mu, -4)
    latents = Latents(dataset, "test", 0, mu, logvar, images.labels, 30 * ones, 6 * ones, np.full(3, 2, np.float32))
    config = ModelConfig("mlp", datasets.dataset(dataset).image_shape, 3, (16,))
    recipe = Recipe(config, TrainConfig(epochs=1), dataset, "mlp-512-256-z10", 1, 1.0, 100.0)
    weights, history = models.weights(models.build(config, seed=3)), [{"epoch": 1, "loss": 1.0}]
    return checkpoints.save(folder, recipe, weights, history, Measurements(evaluation(latents)), latents)
