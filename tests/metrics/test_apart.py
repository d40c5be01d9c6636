"""A held-out run is measured on the classes it was trained for and on the other apart."""

import numpy as np
import pytest

from tests.kinds import Kind, made_up_latents
from vae_explorer.errors import InvalidSetting
from vae_explorer.metrics.apart import apart
from vae_explorer.metrics.evaluation import evaluation


def test_each_kind_has_its_own_means_and_together_they_are_the_whole():
    latents = made_up_latents(Kind(), 3)
    nll = np.where(latents.label == 3, 500, 80).astype(np.float32)
    latents = latents._replace(nll=nll)
    found, whole = apart(latents, 3), evaluation(latents)
    assert (found.trained.n, found.held_out.n) == (36, 4)
    assert (found.trained.nll, found.held_out.nll) == (80, 500)
    for name in ("nll", "rate", "elbo"):
        parts = [getattr(part, name) * part.n for part in found]
        assert sum(parts) / 40 == pytest.approx(getattr(whole, name), rel=1e-5)


def test_a_plain_autoencoder_has_no_rate_of_either_kind():
    found = apart(made_up_latents(Kind(plain=True), 3), 3)
    assert [(part.rate, part.elbo) for part in found] == [(None, None)] * 2


@pytest.mark.parametrize("labels", [np.zeros(40, int), np.full(40, 3)])
def test_a_split_without_one_of_the_kinds_is_refused(labels):
    with pytest.raises(InvalidSetting, match="of the held-out class 3 and of others"):
        apart(made_up_latents(Kind(), 3)._replace(label=labels), 3)
