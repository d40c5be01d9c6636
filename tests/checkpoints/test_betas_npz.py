"""betas.npz: back bit for bit, small, and what does not fit is refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.kinds import KINDS, made_up_latents, made_up_stops
from vae_explorer import npz
from vae_explorer.beta_range import BetaRange
from vae_explorer.checkpoints.betas_npz import STACKS, pack, unpack
from vae_explorer.errors import CheckpointError
from vae_explorer.latents.beta_latents import Stack

LATENTS = made_up_latents(KINDS["multi-rate"], 3)
STOPS = made_up_stops(BetaRange.parsed("0.25,16"), LATENTS)
N, WIDTH = LATENTS.mu.shape
MOST = 1 << 24


def test_it_comes_back_as_it_was():
    again = unpack(pack(STOPS), MOST, N, WIDTH)
    for name in STACKS:
        before, after = getattr(STOPS, name), getattr(again, name)
        assert np.array_equal(before.levels, after.levels)
        assert (before.low, before.step) == (after.low, after.step)
    assert np.array_equal(STOPS.betas, again.betas)
    assert np.array_equal(STOPS.kl_per_dim, again.kl_per_dim)


@settings(max_examples=30)
@given(arrays(np.uint16, (37, N, WIDTH), elements=st.integers(0, 65535)))
def test_any_levels_come_back(levels):
    stops = STOPS._replace(mu=Stack(levels, 0.0, 1.0))
    assert np.array_equal(unpack(pack(stops), MOST, N, WIDTH).mu.levels, levels)


def test_a_smooth_curve_takes_half_the_room_of_its_levels():
    assert len(pack(STOPS)) < sum(getattr(STOPS, name).levels.nbytes for name in STACKS) / 2


@pytest.mark.parametrize("shape", [(N + 1, WIDTH), (N, WIDTH + 1)])
def test_other_images_or_units_are_refused(shape):
    with pytest.raises(CheckpointError, match="run `embed` again"):
        unpack(pack(STOPS), MOST, *shape)


def test_an_archive_that_would_be_too_large_is_refused():
    with pytest.raises(CheckpointError, match="more than 1,000 bytes"):
        unpack(pack(STOPS), 1000, N, WIDTH)


@pytest.mark.parametrize(
    "changes",
    [
        {"betas": STOPS.betas[::-1]},
        {"betas": -STOPS.betas},
        {"betas": np.full_like(STOPS.betas, np.nan)},
        {"betas": STOPS.betas[:5]},
        {"kl_per_dim": STOPS.kl_per_dim[:, :2]},
        {"mu_scale": np.array([0.0, np.inf])},
        {"mu_scale": np.array([0.0])},
        {"nll": np.zeros((37, N), np.uint8)},
        {"rate": np.zeros((2, 37, N), np.float32)},
    ],
)
def test_arrays_that_do_not_fit_are_refused(changes):
    values = npz.unpack(pack(STOPS), MOST, "made")
    with pytest.raises(CheckpointError, match=r"betas\.npz"):
        unpack(npz.pack(values | changes), MOST, N, WIDTH)


@pytest.mark.parametrize("left_out", ["betas", "mu", "rate_scale"])
def test_what_is_missing_is_told(left_out):
    values = npz.unpack(pack(STOPS), MOST, "made")
    values.pop(left_out)
    with pytest.raises(CheckpointError, match="run `embed` again"):
        unpack(npz.pack(values), MOST, N, WIDTH)


def test_no_archive_at_all_is_told():
    with pytest.raises(CheckpointError):
        unpack(b"nothing", MOST, N, WIDTH)
