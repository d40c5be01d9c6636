"""Fitted maps against their libraries."""

import warnings

import numpy as np
import pytest
from sklearn.datasets import make_blobs
from sklearn.manifold import TSNE

from vae_explorer.errors import InvalidSetting
from vae_explorer.projections import fit
from vae_explorer.projections.fit import FITS, fitted, require_mappable
from vae_explorer.projections.settings import METRICS, Settings
from vae_explorer.projections.trust import trustworthiness
from vae_explorer.projections.umap import library

pytestmark = pytest.mark.thorough


def silent(share: float, doing: str) -> None:
    """Nobody listens."""


@pytest.fixture(scope="module")
def mu() -> np.ndarray:
    return np.asarray(make_blobs(400, 6, centers=7, cluster_std=2.0, random_state=0)[0], np.float32)


def test_umap_is_as_trustworthy_as_the_library_by_itself(mu):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        default = library().UMAP(random_state=0).fit_transform(mu)
    ours = fitted(mu, Settings("umap"), silent)
    assert ours.trustworthiness >= trustworthiness(mu, np.asarray(default)).value - 0.01


def test_tsne_is_that_of_scikit_learn(mu):
    reference = TSNE(perplexity=30, init="pca", random_state=0, max_iter=500).fit_transform(mu)
    found = fitted(mu, Settings("tsne"), silent)
    assert found.xy == pytest.approx(reference - reference.mean(axis=0), abs=1e-3)


@pytest.mark.parametrize("method", FITS)
def test_a_seed_is_a_map_and_settings_matter(mu, method):
    small = mu[:150]
    first, again = (fitted(small, Settings(method), silent) for _ in range(2))
    assert np.array_equal(first.xy, again.xy)
    assert first.xy.shape == (150, 2)
    assert first.xy.dtype == np.float32
    assert (first.landmarks, first.sampled) == (150, 150)
    changed = Settings(method, seed=1, perplexity=6.0, n_neighbors=5)
    assert not np.allclose(fitted(small, changed, silent).xy, first.xy)


def test_density_is_kept_by_densmap_and_not_by_umap():
    rng = np.random.default_rng(0)
    dense, sparse = rng.normal(size=(300, 4)) * 0.2, rng.normal(size=(300, 4)) * 3 + 20
    both = np.concatenate([dense, sparse]).astype(np.float32)

    def ratio(method: str) -> float:
        xy = fitted(both, Settings(method), silent).xy
        return float(np.linalg.norm(xy[300:].std(axis=0)) / np.linalg.norm(xy[:300].std(axis=0)))

    assert ratio("densmap") > 1.5 * ratio("umap")


@pytest.mark.parametrize("metric", METRICS)
def test_every_metric_lays_out(mu, metric):
    found = fitted(mu[:120], Settings("umap", metric=metric), silent)
    assert np.isfinite(found.xy).all()
    assert found.trustworthiness > 0.8


@pytest.mark.parametrize("method", FITS)
def test_few_points_one_unit_and_repeated_points_lay_out(method, rng):
    few = rng.normal(size=(6, 3)).astype(np.float32)
    strip = rng.normal(size=(80, 1)).astype(np.float32)
    repeated = np.repeat(rng.normal(size=(10, 3)), 8, axis=0).astype(np.float32)
    nearly = repeated + rng.normal(scale=1e-8, size=repeated.shape).astype(np.float32)
    for latents in (few, strip, repeated, nearly):
        found = fitted(latents, Settings(method), silent)
        assert np.isfinite(found.xy).all()
        if latents is repeated or latents is nearly:
            places = found.xy.reshape(10, 8, 2)
            width = np.ptp(places[:, 0], axis=0).max()
            assert np.ptp(places, axis=1).max() < 1e-3 * width, "equal codes lie in one place"
            assert found.landmarks == 10


def test_many_units_lay_out(rng):
    mu = np.zeros((120, 512), np.float32)
    mu[:, :4] = rng.normal(size=(120, 4))
    assert fitted(mu, Settings("umap"), silent).trustworthiness > 0.8


def test_points_beyond_the_landmarks_are_placed_among_them(mu, monkeypatch):
    monkeypatch.setitem(fit.LANDMARKS, "umap", 250)
    placed = fitted(mu, Settings("umap"), silent)
    assert placed.landmarks == 250
    assert placed.xy.shape == (400, 2)
    whole = trustworthiness(mu, placed.xy).value
    assert whole == pytest.approx(placed.trustworthiness)
    assert whole > 0.85


@pytest.mark.parametrize(
    ("latents", "chosen", "said"),
    [
        (np.zeros((0, 3)), Settings("umap"), "needs 5 images"),
        (np.zeros((1, 3)), Settings("tsne"), "needs 5 images"),
        (np.ones((50, 3)), Settings("umap"), "the same latent"),
        (np.eye(360, 3, dtype=np.float32), Settings("umap"), "360 images have only 4 different latents"),
        (np.r_[np.full(359, 0.5), 7.0][:, None], Settings("densmap"), "only 2 different latents"),
        (np.r_[np.linspace(0, 1e-4, 359), 1e6][:, None], Settings("tsne"), "only 2 different latents"),
        (np.full((50, 3), np.nan), Settings("umap"), "not finite"),
        (np.arange(50.0)[:, None], Settings("umap", metric="cosine"), "2 latent units"),
        (np.random.default_rng(0).normal(size=(50, 2)), Settings("tsne", metric="correlation"), "3 latent units"),
    ],
)
def test_what_cannot_be_laid_out_is_refused_in_one_line(latents, chosen, said):
    with pytest.raises(InvalidSetting, match=said):
        require_mappable(latents, chosen)
    with pytest.raises(InvalidSetting, match=said):
        fitted(latents, chosen, silent)


@pytest.mark.parametrize("method", FITS)
def test_progress_rises_from_the_start_to_the_end(mu, method):
    told: list[tuple[float, str]] = []
    fitted(mu, Settings(method), lambda share, doing: told.append((share, doing)))
    shares = [share for share, _ in told]
    assert shares == sorted(shares)
    assert shares[-1] > 0.9
    assert sum(doing == "Laying out" for _, doing in told) >= 2


def test_a_layout_that_is_not_finite_is_refused(mu, monkeypatch):
    monkeypatch.setitem(FITS, "umap", lambda latents, chosen, report: np.full((len(latents), 2), np.inf))
    with pytest.raises(InvalidSetting, match="range of numbers"):
        fitted(mu, Settings("umap"), silent)
