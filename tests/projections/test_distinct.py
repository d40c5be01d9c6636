"""Codes that are equal, or nearly so, are one; what they are sorted by decides nothing."""

import numpy as np
import pytest

from vae_explorer.projections import distinct as module
from vae_explorer.projections.distinct import distinct


@pytest.mark.parametrize("alike", [False, True], ids=["digests that differ", "one digest for all"])
def test_the_first_of_every_code_is_kept(alike, monkeypatch):
    if alike:
        monkeypatch.setattr(module, "_digests", lambda places: np.zeros(len(places), np.uint64))
    rng = np.random.default_rng(0)
    mu = rng.normal(size=(20, 3)).astype(np.float32)
    repeated = np.concatenate([mu, mu[[4, 9]], mu[:3] + np.float32(1e-8)])
    assert distinct(repeated).tolist() == list(range(20))
    assert distinct(np.ones((5, 2))).tolist() == [0]
