"""Holes: places that a model is asked to decode though no image is encoded near them."""

from collections.abc import Iterator

import numpy as np

from vae_explorer.advice.case import Case
from vae_explorer.advice.finding import Finding, view_of
from vae_explorer.projections.cloud import UNUSUAL, Cloud

KIND = "holes"
PLACES = 1000
SHARE = 0.2
"""Of the places, four times what a sample of the codes themselves would give."""
SEED = 0


def holes(case: Case) -> Iterator[Finding]:
    """Places that lie farther from every code than 95 % of the codes lie from their nearest other.

    Of a plain autoencoder the middle between two codes drawn at random; of a VAE, whose codes are drawn from their
    posteriors, draws from the prior (Rezende & Viola 2018; a learned prior is left out: it goes where the codes are).
    """
    if case.latents.prior is not None or len(case.latents.mu) < 2:
        return
    random = np.random.default_rng(SEED)
    say = _of_plain if case.latents.plain else _of_posterior
    yield from say(case, random)


def _of_plain(case: Case, random: np.random.Generator) -> Iterator[Finding]:
    mu = case.latents.mu.astype(float)
    pairs = random.integers(len(mu), size=(2, PLACES))
    cloud = Cloud(mu)
    between, drawn = _empty(cloud, mu[pairs].mean(axis=0)), _empty(cloud, random.standard_normal((PLACES, mu.shape[1])))
    if between <= SHARE and drawn <= SHARE:
        return
    sentence = (
        f"The codes leave holes: {100 * between:.0f} % of {PLACES:,} places midway between two codes, and "
        f"{100 * drawn:.0f} % of {PLACES:,} draws from N(0, I), {_yardstick(case)}. Nothing holds the codes of a plain "
        "autoencoder to a prior; what is decoded in a hole is a guess."
    )
    yield Finding(KIND, sentence, {"between": between, "drawn": drawn}, view_of("explore", case.id), (case.id,))


def _of_posterior(case: Case, random: np.random.Generator) -> Iterator[Finding]:
    mu, logvar = case.latents.mu.astype(float), case.latents.densities().logvar.astype(float)
    codes = mu + np.exp(0.5 * logvar) * random.standard_normal(mu.shape)
    drawn = _empty(Cloud(codes), random.standard_normal((PLACES, mu.shape[1])))
    if drawn <= SHARE:
        return
    sentence = (
        f"The prior reaches into holes: {100 * drawn:.0f} % of {PLACES:,} draws from N(0, I) {_yardstick(case)}. "
        "Samples decoded there are guesses."
    )
    yield Finding(KIND, sentence, {"drawn": drawn}, view_of("explore", case.id), (case.id,))


def _yardstick(case: Case) -> str:
    return f"lie farther from every code than {UNUSUAL} % of the codes of {case.source} lie from their nearest other"


def _empty(cloud: Cloud, places: np.ndarray) -> float:
    return float((cloud.remoteness(places).unusual > 1).mean())
