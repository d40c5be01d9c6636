"""What an encoded split says: measured of a VAE and of a plain autoencoder, which has no rate."""

import numpy as np
import pytest

from tests.kinds import KINDS, Kind, made_up_latents
from vae_explorer.metrics.aggregate import aggregate_posterior
from vae_explorer.metrics.evaluation import evaluation

PLAIN = made_up_latents(KINDS["ae"], 3)
VAE = made_up_latents(Kind(), 3)


def test_a_plain_autoencoder_is_measured_without_a_rate():
    measured = evaluation(PLAIN)
    assert (measured.rate, measured.elbo, measured.kl_per_dim) == (None, None, None)
    assert measured.nll == pytest.approx(PLAIN.nll.mean())
    assert measured.active_units == 1
    values = measured.to_dict()
    assert (values["rate"], values["kl_per_dim"]) == (None, None)
    assert evaluation(VAE).to_dict()["kl_per_dim"] == list(evaluation(VAE).kl_per_dim or ())


def test_the_aggregate_of_an_autoencoder_is_the_covariance_of_mu_alone():
    np.testing.assert_allclose(aggregate_posterior(PLAIN).covariance, np.cov(PLAIN.mu, rowvar=False, bias=True))
    within = aggregate_posterior(VAE).covariance - aggregate_posterior(PLAIN).covariance
    np.testing.assert_allclose(within, np.diag(np.exp([-1.0] * 3)), atol=1e-6)
