"""What a plane shows of latent space, against scikit-learn."""

import numpy as np
import pytest
from sklearn.decomposition import PCA
from sklearn.manifold import trustworthiness

from tests.conftest import save_tiny
from vae_explorer.checkpoints import catalogue
from vae_explorer.checkpoints.plane_figures import plane_figures
from vae_explorer.projections import trust

CONV = "mnist-conv-z10-b1"


def test_the_figures_of_planes_are_those_of_scikit_learn(tmp_path, digits):
    tiny = save_tiny(tmp_path / "tiny", digits, latent_dim=5)
    mu = catalogue.LATENTS.get(tiny).mu.astype(float)
    principal, units = plane_figures(tiny, ()), plane_figures(tiny, (3, 1))
    found = PCA(2).fit(mu)
    assert principal.share == pytest.approx(found.explained_variance_ratio_.sum())
    assert units.share == pytest.approx(mu[:, [3, 1]].var(0).sum() / mu.var(0).sum())
    for figures, xy in ((principal, found.transform(mu)), (units, mu[:, [3, 1]])):
        assert figures.trust.sampled == len(mu)
        assert figures.trust.value == pytest.approx(trustworthiness(mu, xy, n_neighbors=figures.trust.neighbours))


def test_the_planes_of_ten_units_keep_a_quarter_and_a_sample_says_how_far_they_can_be_trusted():
    checkpoint = catalogue.find(CONV)
    mu = catalogue.LATENTS.get(checkpoint).mu
    principal = plane_figures(checkpoint, ())
    assert principal.share == pytest.approx(0.249, abs=0.001)
    assert principal.trust.sampled == trust.AT_ONCE // len(mu)
    some = np.random.default_rng(0).choice(len(mu), 2000, replace=False)
    whole = trustworthiness(
        mu[some], PCA(2).fit(mu).transform(mu[some]), n_neighbors=3
    )  # as many of 2,000 as 15 of all
    assert principal.trust.value == pytest.approx(whole, abs=0.03)


@pytest.mark.parametrize("latent_dim", [1, 2])
def test_a_plane_of_all_units_is_the_whole_space(tmp_path, digits, latent_dim):
    tiny = save_tiny(tmp_path / "tiny", digits, latent_dim=latent_dim)
    mu = catalogue.LATENTS.get(tiny).mu
    figures = plane_figures(tiny, tuple(range(latent_dim)))
    assert (figures.share, figures.trust.value, figures.trust.sampled) == (1, 1, len(mu))
    assert trustworthiness(mu, mu, n_neighbors=figures.trust.neighbours) == 1
