import numpy as np
import pytest
from sklearn.decomposition import PCA

from vae_explorer.projections import planes
from vae_explorer.projections.planes import pca_plane


def test_the_pca_plane_is_that_of_scikit_learn(rng):
    mu = rng.normal(size=(500, 6)) @ rng.normal(size=(6, 6)) + 3
    plane, reference = pca_plane(mu), np.array(PCA(2).fit(mu).components_)
    assert np.abs(np.diag(plane.components @ reference.T)) == pytest.approx([1, 1], abs=1e-6)
    assert plane.project(mu).var(0) == pytest.approx(PCA(2).fit_transform(mu).var(0), rel=1e-6)


def test_components_are_orthonormal_and_their_sign_is_fixed(rng):
    mu = rng.normal(size=(100, 4)) * [3, 2, 1, 0.5]
    plane = pca_plane(mu)
    assert plane.components @ plane.components.T == pytest.approx(np.eye(2), abs=1e-9)
    assert np.allclose(pca_plane(mu[::-1]).components, plane.components)
    assert all(row[np.abs(row).argmax()] > 0 for row in plane.components)


def test_constant_latents_and_a_single_unit_have_a_plane():
    assert np.isfinite(pca_plane(np.ones((10, 3))).project(np.ones((10, 3)))).all()
    assert pca_plane(np.arange(5.0)[:, None]).components.shape == (1, 1)


def test_a_plane_of_many_codes_is_summed_block_by_block(monkeypatch):
    mu = np.random.default_rng(3).normal(size=(500, 4)) * [1, 4, 2, 3] + 5
    whole = planes.pca_plane(mu)
    monkeypatch.setattr(planes, "BLOCK", 64)
    np.testing.assert_allclose(planes.pca_plane(mu).components, whole.components, atol=1e-12)
