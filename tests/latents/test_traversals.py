import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import norm

from vae_explorer.errors import InvalidSetting, UnknownName
from vae_explorer.latents import traversals

codes = arrays(float, 5, elements=st.floats(-5, 5, width=16))


@pytest.mark.parametrize("spacing", traversals.SPACINGS)
@pytest.mark.parametrize("steps", [1, 2, 15, 32])
def test_the_grid_lies_over_the_plane(spacing, steps):
    grid = traversals.prior_grid(steps, 2.0, spacing=spacing)
    assert grid.shape == (steps, steps, 2)
    assert np.all(np.diff(grid[0, :, 0]) > 0)
    assert np.all(np.diff(grid[:, 0, 1]) < 0)
    assert np.all(grid[:, :, 0] == grid[0, :, 0])
    if steps > 1:
        assert grid[0, -1] == pytest.approx([2, 2])
    assert grid == pytest.approx(-grid[::-1, ::-1])


def test_quantile_spacing_is_even_in_probability():
    shares = norm.cdf(traversals.axis(9, 2.0, "quantile"))
    assert np.diff(shares) == pytest.approx(np.diff(shares)[0])


@pytest.mark.parametrize(("steps", "span"), [(0, 1.0), (33, 1.0), (5, 0.0), (5, -1.0), (5, float("nan"))])
def test_bad_grids_are_refused(steps, span):
    with pytest.raises(InvalidSetting):
        traversals.prior_grid(steps, span)


def test_unknown_rows_list_the_known():
    with pytest.raises(UnknownName, match="quantile"):
        traversals.axis(3, 1.0, "cubic")
    with pytest.raises(UnknownName, match="slerp"):
        traversals.interpolate(np.zeros(2), np.ones(2), 3, "geodesic")


def test_a_traversal_moves_one_unit():
    z = np.arange(4.0)
    moved = traversals.traverse(z, 2, np.array([-1.0, 0.0, 5.0]))
    assert moved[:, 2].tolist() == [-1, 0, 5]
    assert np.all(np.delete(moved, 2, axis=1) == np.delete(z, 2))
    with pytest.raises(InvalidSetting):
        traversals.traverse(z, 4, np.zeros(1))


@pytest.mark.parametrize("path", traversals.PATHS)
@settings(deadline=None)
@given(a=codes, b=codes, steps=st.integers(2, 64))
def test_paths_start_and_end_where_they_should_and_stay_finite(path, a, b, steps):
    codes = traversals.interpolate(a, b, steps, path)
    assert codes.shape == (steps, 5)
    assert np.isfinite(codes).all()
    assert codes[0] == pytest.approx(a, abs=1e-6)
    assert codes[-1] == pytest.approx(b, abs=1e-6)


@settings(deadline=None)
@given(a=codes, b=codes)
def test_a_path_backwards_is_the_path_reversed(a, b):
    forth, back = traversals.interpolate(a, b, 9), traversals.interpolate(b, a, 9)
    assert forth == pytest.approx(back[::-1], abs=1e-6)


def test_the_arc_keeps_the_norm_and_turns_evenly():
    a, b = np.array([3.0, 0, 0]), np.array([0, 3.0, 0])
    arc = traversals.interpolate(a, b, 7)
    assert np.linalg.norm(arc, axis=1) == pytest.approx(np.full(7, 3.0))
    turns = (arc[:-1] * arc[1:]).sum(1) / 9
    assert turns == pytest.approx(np.full(6, np.cos(np.pi / 12)))
    assert np.linalg.norm(traversals.interpolate(a, b, 3, "lerp")[1]) == pytest.approx(3 / np.sqrt(2))
