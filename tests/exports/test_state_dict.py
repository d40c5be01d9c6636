"""The state dict: read by PyTorch without running anything, and the same model."""

from dataclasses import replace
from io import BytesIO

import numpy as np
import torch

from tests.kinds import KINDS, save_kind
from vae_explorer import coding, models
from vae_explorer.checkpoints import beta_views, catalogue
from vae_explorer.exports.state_dict import state_dict


def read(data: bytes) -> dict[str, torch.Tensor]:
    return torch.load(BytesIO(data), weights_only=True)


def test_a_fresh_model_that_takes_the_weights_decodes_the_same(tmp_path):
    checkpoint = save_kind(tmp_path / "cvae", KINDS["cvae"])
    fresh = models.build(checkpoint.recipe.model, seed=9)
    fresh.load_state_dict(read(state_dict(checkpoint)))
    z, y = np.random.default_rng(0).normal(size=(4, 3)), np.arange(4)
    np.testing.assert_array_equal(coding.decode(fresh, z, y), coding.decode(catalogue.MODELS.get(checkpoint), z, y))


def test_a_multi_rate_network_is_taken_at_its_beta_without_gates(tmp_path):
    checkpoint = beta_views.at_beta(save_kind(tmp_path / "net", KINDS["multi-rate"]), 4.0)
    found = read(state_dict(checkpoint))
    assert not any("slope" in name or "layer" in name for name in found)
    fresh = models.build(replace(checkpoint.recipe.model, multi_rate=""))
    fresh.load_state_dict(found)
    z = np.random.default_rng(0).normal(size=(4, 3))
    np.testing.assert_array_equal(coding.decode(fresh, z), coding.decode(catalogue.MODELS.get(checkpoint), z))
