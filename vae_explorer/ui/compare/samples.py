"""New images of every model: drawn from its prior by the same eps, or from its aggregate posterior."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import streamlit as st

from vae_explorer.checkpoints import catalogue
from vae_explorer.config import MAX_LATENT_DIM
from vae_explorer.latents import sampling
from vae_explorer.latents.encoded import prior_codes
from vae_explorer.ui.components.mosaic import Codes
from vae_explorer.ui.scene import Scene
from vae_explorer.ui.words import counted

SAMPLES = 10


class Source(NamedTuple):
    """What new codes are drawn from."""

    title: str
    draw: Callable[[Scene, int], np.ndarray]
    """Codes [SAMPLES, D] of a model, by a seed."""
    told: Callable[[Scene, Sequence[Scene]], str]
    """What was drawn of a model that is seen beside others."""
    wait: str = ""
    """What takes seconds the first time."""


def prior_eps(seed: int, latent_dim: int) -> np.ndarray:
    """Draws from N(0, I) [10, D]; models of any D share their first units' values."""
    return np.random.default_rng(seed).standard_normal((SAMPLES, MAX_LATENT_DIM))[:, :latent_dim]


def samples(one: Scene, seed: int, source: str = "prior") -> Codes:
    """Codes of a source; a conditional model decodes the i-th as class i mod K."""
    z = SOURCES[source].draw(one, seed)
    return Codes(z, None if one.y is None else np.arange(SAMPLES) % one.checkpoint.recipe.model.classes)


def prepare(found: Sequence[Scene], source: str) -> None:
    """What takes seconds the first time is waited for in sight."""
    row = SOURCES[source]
    if row.wait:
        with st.spinner(row.wait):
            for one in found:
                row.draw(one, 0)


def samples_caption(one: Scene, found: Sequence[Scene], source: str) -> str:
    """What the samples of a model beside others are drawn from, and which classes they are decoded as."""
    drawn, classes = SOURCES[source].told(one, found), one.checkpoint.recipe.model.classes
    return f"{drawn}; decoded as each class in turn" if classes else drawn


def _of_prior(one: Scene, seed: int) -> np.ndarray:
    eps, prior = prior_eps(seed, one.latent_dim), one.latents.prior
    return eps if prior is None else prior_codes(prior, eps, seed)


def _of_prior_told(one: Scene, found: Sequence[Scene]) -> str:
    same = _same(found)
    if one.plain:
        return f"Taken as z, for there is no prior: {same}"
    if one.latents.prior is None:
        return f"Samples from the prior, {same}"
    return f"Samples from the model's own prior (mixture of {len(one.latents.prior.weights)} Gaussians), {same}"


def _same(found: Sequence[Scene]) -> str:
    """What their eps have in common: all of it only where units are as many."""
    widths = {other.latent_dim for other in found}
    if len(widths) == 1:
        return "same eps"
    return f"eps the same in the first {counted(min(widths))}"


def _of_aggregate(one: Scene, seed: int) -> np.ndarray:
    return sampling.draw(catalogue.MIXTURES.get(one.checkpoint), SAMPLES, seed)


def _of_aggregate_told(one: Scene, found: Sequence[Scene]) -> str:
    number = len(catalogue.MIXTURES.get(one.checkpoint).weights)
    fitted = f"{counted(number, 'Gaussian')} fitted to codes of {min(one.n, catalogue.FITTED):,} images"
    return f"Samples from {fitted}" if one.plain else f"Samples from the aggregate posterior ({fitted})"


SOURCES: dict[str, Source] = {
    "prior": Source("Prior", _of_prior, _of_prior_told),
    "aggregate": Source(
        "Aggregate posterior", _of_aggregate, _of_aggregate_told, "Fitting Gaussians to the codes of each model"
    ),
}
