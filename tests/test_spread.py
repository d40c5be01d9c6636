import numpy as np
import pytest

from vae_explorer.spread import spread


def test_a_spread_is_that_of_a_sample():
    values = [103.1, 103.5, 104.2]
    found = spread(values)
    assert found == (pytest.approx(np.mean(values)), pytest.approx(np.std(values, ddof=1)), 3)
    assert found.words("%.2f") == "103.60 ± 0.56, n = 3 seeds"


def test_one_value_has_no_spread_and_counts_have_a_mean_between_them():
    assert spread([2.0]) == (2.0, 0.0, 1)
    assert spread([8, 9, 9]).words("%d") == "8.7 ± 0.6, n = 3 seeds"
