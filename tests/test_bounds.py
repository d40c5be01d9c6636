"""Numbers within bounds, and the one door of all seeds."""

import pytest
import torch

from vae_explorer.bounds import MAX_SEED, require_seed
from vae_explorer.config import TrainConfig
from vae_explorer.errors import InvalidSetting


@pytest.mark.parametrize("seed", [0, 1, MAX_SEED])
def test_seeds_within_the_bounds_are_taken_as_they_are(seed):
    require_seed(seed)
    assert TrainConfig(seed=seed).seed == seed


@pytest.mark.parametrize("seed", [-1, MAX_SEED + 1, 2**63, 1.0, True, "1", None])
def test_other_seeds_are_refused_with_the_bounds(seed):
    with pytest.raises(InvalidSetting, match=r"^seed must be a whole number from 0 to 4294967295, not "):
        require_seed(seed)


def test_above_the_bounds_a_seed_would_be_another_ones_twin():
    draws = [torch.rand(3, generator=torch.Generator().manual_seed(seed)) for seed in (0, MAX_SEED + 1, MAX_SEED)]
    assert torch.equal(draws[0], draws[1])
    assert not torch.equal(draws[0], draws[2])
