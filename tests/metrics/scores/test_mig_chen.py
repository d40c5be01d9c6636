"""MIG by entropies of posteriors is that of the mixtures' entropies, and says what it cannot do."""

import numpy as np
import pytest

from tests.metrics.scores import made_up
from vae_explorer.metrics.scores import SCORES
from vae_explorer.metrics.scores.attainable import attainable
from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.mig_chen import mig_chen

CODES = made_up.mixed(made_up.small(2_000))


def integrated(mu: np.ndarray, deviation: float) -> float:
    """Entropy of a mixture of Gaussians by its integral."""
    line = np.linspace(mu.min() - 8 * deviation, mu.max() + 8 * deviation, 1_000)
    away = (line[:, None] - mu) / deviation
    density = (np.exp(-(away**2) / 2) / deviation / np.sqrt(2 * np.pi)).mean(axis=1)
    return float(-(density * np.log(np.maximum(density, 1e-300))).sum() * (line[1] - line[0]))


def gap(codes: Codes, factor: int) -> float:
    deviation, values = float(np.exp(-3 / 2)), codes.values[:, factor]
    told = []
    for unit in codes.mu.T:
        within = [(values == v).mean() * integrated(unit[values == v], deviation) for v in np.unique(values)]
        told.append(max(0.0, integrated(unit, deviation) - sum(within)))
    told.sort()
    return (told[-1] - told[-2]) / np.log(len(np.unique(values)))


def test_it_is_the_gap_of_entropies_of_the_mixtures_without_the_shape():
    found = mig_chen(CODES, np.random.default_rng(0))
    assert list(found.parts) == ["size", "angle"]
    expected = [gap(CODES, 1), gap(CODES, 2)]
    assert list(found.parts.values()) == pytest.approx(expected, abs=0.02)
    assert found.value == pytest.approx(np.mean(list(found.parts.values())))


def test_values_far_apart_are_told_in_full_whatever_the_bins():
    found = attainable(SCORES["mig-chen"], CODES, np.random.default_rng(0))
    assert found.value == pytest.approx(1, abs=0.01)


def test_of_sprites_four_factors_count():
    found = attainable(SCORES["mig-chen"], made_up.mixed(made_up.sprites(500)), np.random.default_rng(0))
    assert list(found.parts) == ["scale", "orientation", "x position", "y position"]


def test_a_plain_autoencoder_is_told_why_not():
    found = mig_chen(made_up.small(), np.random.default_rng(0))
    assert (found.value, found.parts) == (0, {})
    assert "plain autoencoder" in found.reason
