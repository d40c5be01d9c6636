"""What a perfect code would score: the ceiling that stands beside every score."""

from dataclasses import replace

import numpy as np

from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.score import Score, Scored

WIDTH = 0.1
"""Deviation of the perfect posterior over the step between neighbouring values: narrow enough to tell them."""


def attainable(row: Score, codes: Codes, rng: np.random.Generator) -> Scored:
    """The row's score of the codes of the same images by one who knows the factors.

    With the same random numbers as the score itself it is measured on the same images.
    """
    return row(perfect_codes(codes), rng)


def perfect_codes(codes: Codes) -> Codes:
    """The codes of the same images by one who knows the factors; with narrow posteriors where the model has some."""
    perfect = codes.perfect()
    if codes.logvar is None:
        return perfect
    return replace(perfect, logvar=np.tile(2 * np.log(WIDTH * codes.steps), (len(codes), 1)))
