import numpy as np
import pytest

from vae_explorer.standard import standardised


def test_columns_have_mean_0_and_deviation_1_by_their_own_or_by_others():
    mu = np.random.default_rng(0).normal(3, 2, (100, 2)).astype(np.float32)
    found = standardised(mu)
    assert (found.mean(axis=0), found.std(axis=0)) == (pytest.approx([0, 0], abs=1e-12), pytest.approx([1, 1]))
    assert standardised(mu[:5], mu) == pytest.approx(found[:5])


def test_a_constant_column_is_0_whatever_its_mean_is_rounded_to():
    assert np.abs(standardised(np.full((10_001, 1), 0.1))).max() < 1e-12
