"""Measured figures made up: cases whose moments are known."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from vae_explorer import checkpoints
from vae_explorer.advice.case import Case
from vae_explorer.advice.image_bounds import ImageBounds
from vae_explorer.checkpoints import Checkpoint, Recipe
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.latents.encoded import Latents
from vae_explorer.metrics.evaluation import evaluation

N = 500
BOUNDS = ImageBounds(mean_image_nll=300.0, twice_nll=500.0, critical_beta=30.0)


def codes(variances: list[float]) -> np.ndarray:
    """mu [500, D] of mean 0, these variances and no correlation, exactly."""
    drawn = np.random.default_rng(7).standard_normal((N, len(variances)))
    white = np.linalg.qr(drawn - drawn.mean(axis=0))[0] * N**0.5
    return white * np.sqrt(variances)


def case(
    variances: list[float],
    sigma: list[float] | None,
    *,
    nll: float = 200.0,
    history: tuple[Mapping[str, Any], ...] = (),
    name: str = "made-up",
    train: TrainConfig | None = None,
    model: Mapping[str, Any] | None = None,
    bounds: ImageBounds | None = BOUNDS,
    mu: np.ndarray | None = None,
) -> Case:
    """A model whose units have these variances of mu and these σ; without σ a plain autoencoder."""
    mu = codes(variances) if mu is None else mu
    plain = sigma is None
    logvar = None if plain else np.broadcast_to(2 * np.log(sigma), mu.shape)
    kl = None if logvar is None else 0.5 * (mu**2 + np.exp(logvar) - logvar - 1)
    rate, per_unit = (None, None) if kl is None else (kl.sum(axis=1), kl.mean(axis=0))
    labels, nlls = np.zeros(len(mu), np.int64), np.full(len(mu), nll)
    latents = Latents("digits", "test", 0, mu, logvar, labels, nlls, rate, per_unit)
    shape = ModelConfig("mlp", (1, 28, 28), mu.shape[1], (8,), scale="none" if plain else "logvar")
    settings = train or TrainConfig(objective="ae" if plain else "beta-vae")
    recipe = Recipe(replace(shape, **(model or {})), settings, "digits", "mlp-small-z2", settings.epochs, 1.0, 1.0)
    return Case(name, recipe, latents, evaluation(latents), history, bounds)


def family_member(beta: float, nll: float, rate: float, seed: int = 0, name: str = "") -> Case:
    """A model of two units with this β and these figures."""
    train, called = TrainConfig(beta=beta, seed=seed), name or f"b{beta:g}-s{seed}"
    made = case([0.9, 0.9], [0.3, 0.3], nll=nll, name=called, train=train)
    return made._replace(measured=replace(made.measured, rate=rate))


def silenced(made: Checkpoint) -> Checkpoint:
    """A checkpoint of which unit 1 carries nothing: its KL is 0 in every image."""
    latents, measured = checkpoints.read_latents(made), checkpoints.read_measurements(made)
    densities = latents.densities()
    mu, logvar, kl = latents.mu.copy(), densities.logvar.copy(), densities.kl_per_dim.copy()
    mu[:, 1], logvar[:, 1], kl[1] = 0, 0, 0
    told = latents._replace(mu=mu, logvar=logvar, kl_per_dim=kl)
    weights, history = checkpoints.read_weights(made), checkpoints.read_history(made)
    return checkpoints.save(made.folder, made.recipe, weights, history, measured, told)
