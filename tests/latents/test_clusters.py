from typing import Any, cast

import numpy as np
import pytest
from sklearn.cluster import HDBSCAN
from sklearn.metrics import adjusted_rand_score

from vae_explorer.errors import UnknownName
from vae_explorer.latents import clusters
from vae_explorer.latents.clusters import clusters as cluster


def blobs(rng, sizes=(400, 300, 200)) -> tuple[np.ndarray, np.ndarray]:
    """Three clumps far apart, shuffled, and which point is of which."""
    truth = np.repeat(np.arange(3), sizes)
    mu = np.array([[0, 0, 0], [20, 0, 0], [0, 20, 5]])[truth] + rng.normal(size=(sum(sizes), 3))
    order = rng.permutation(len(truth))
    return mu[order].astype(np.float32), truth[order]


@pytest.mark.parametrize("name", ["kmeans-3", "hdbscan"])
def test_clumps_are_found_the_largest_first(rng, name):
    mu, truth = blobs(rng)
    found = cluster(mu, name)
    kept = found.ids < 3
    assert np.array_equal(found.ids[kept], truth[kept])
    assert kept.mean() > 0.97
    assert found.names[:3] == ("A", "B", "C")
    assert found.fitted == 900
    assert found.ids.dtype == np.int64


@pytest.mark.parametrize("name", ["kmeans-5", "hdbscan"])
def test_clusters_are_the_same_at_every_call(rng, name):
    mu = rng.normal(size=(500, 4)).astype(np.float32)
    assert np.array_equal(cluster(mu, name).ids, cluster(mu, name).ids)
    assert np.random.default_rng(0).random() == pytest.approx(0.6369616873214543)


def test_noise_is_a_category_of_its_own_and_the_last(rng):
    mu, _ = blobs(rng)
    far = np.array([[100.0, 100, 100], [-90, 50, 0]], np.float32)
    found = cluster(np.concatenate([mu, far]), "hdbscan")
    assert found.names[-1] == "noise"
    assert found.ids[-2:].tolist() == [len(found.names) - 1] * 2
    reference: Any = HDBSCAN(9, min_samples=5, copy=cast("Any", True))
    own = reference.fit_predict(np.concatenate([mu, far]).astype(float))
    assert adjusted_rand_score(own, found.ids) == 1
    assert np.array_equal(own < 0, found.ids == len(found.names) - 1)


def test_points_that_were_not_drawn_join_their_nearest(rng):
    mu, truth = blobs(rng)
    found = cluster(mu, "hdbscan", 300)
    kept = found.ids < 3
    assert found.fitted == 300
    assert kept.mean() > 0.9
    assert np.array_equal(found.ids[kept], truth[kept])


def test_too_few_points_are_all_noise_and_too_few_distinct_ones_leave_clusters_empty():
    few = np.random.default_rng(0).normal(size=(4, 2)).astype(np.float32)
    assert cluster(few, "hdbscan") == (pytest.approx(np.zeros(4)), ("noise",), 4)
    alike = np.repeat(np.array([[0.0, 0], [5, 5]], np.float32), [7, 3], axis=0)
    found = cluster(alike, "kmeans-4")
    assert found.ids.tolist() == [0] * 7 + [1] * 3
    assert found.names == ("A", "B", "C", "D")


@pytest.mark.parametrize("name", ["kmeans", "kmeans-1", "kmeans-21", "kmeans-٣", "kmeans-3\n", "dbscan", "label", ""])
def test_other_names_are_refused(name):
    with pytest.raises(UnknownName, match="kmeans-2…kmeans-20, hdbscan"):
        cluster(np.zeros((30, 2), np.float32), name)


def test_clusters_are_called_by_letters_as_far_as_they_go():
    assert clusters._names(20) == tuple("ABCDEFGHIJKLMNOPQRST")
    assert clusters._names(100)[24:29] == ("Y", "Z", "AA", "AB", "AC")
    assert len(set(clusters._names(100))) == 100


def test_k_means_of_very_many_codes_is_fitted_to_some_and_the_others_join(rng, monkeypatch):
    mu, truth = blobs(rng)
    monkeypatch.setattr(clusters, "MAX_K_MEANS", 200)
    monkeypatch.setattr(clusters, "BLOCK", 250)
    found = cluster(mu, "kmeans-3")
    assert (found.fitted, np.array_equal(found.ids, truth)) == (200, True)
