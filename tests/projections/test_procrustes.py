"""A map that was only turned or mirrored comes back, and no other orthogonal matrix brings it nearer."""

import numpy as np
import pytest
from scipy.linalg import orthogonal_procrustes

from vae_explorer.projections.procrustes import turned


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_turn_is_undone(mirrored, rng):
    over = rng.standard_normal((50, 2))
    angle = 2.0
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    away = over @ turn @ np.diag([1, -1 if mirrored else 1])
    np.testing.assert_allclose(turned(away, over), over, atol=1e-12)
    np.testing.assert_allclose(turned(3 * away, over), 3 * over, atol=1e-12, err_msg="never stretched")


def test_it_is_the_nearest(rng):
    xy, over = rng.standard_normal((2, 50, 2))
    np.testing.assert_allclose(turned(xy, over), xy @ orthogonal_procrustes(xy, over)[0], atol=1e-12)


def test_a_map_without_extent_stays_where_it_is():
    assert not turned(np.zeros((5, 2)), np.ones((5, 2))).any()
