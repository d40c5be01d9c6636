"""Anomalies: the area under the ROC curve is a count of pairs."""

import itertools

import numpy as np
import pytest

from vae_explorer.errors import InvalidSetting
from vae_explorer.metrics.anomaly import AnomalyScores, anomaly_auroc, anomaly_scores


def counted(score, label, held_out) -> float:
    """The share of pairs (anomalous, normal) in the right order, ties half."""
    pairs = list(itertools.product(score[label == held_out], score[label != held_out]))
    return sum(1.0 if a > b else 0.5 if a == b else 0.0 for a, b in pairs) / len(pairs)


def test_auroc_of_a_case_made_by_hand():
    score, label = np.array([1.0, 2, 3, 4, 4]), np.array([0, 7, 0, 7, 1])
    assert anomaly_auroc(score, label, 7) == pytest.approx((1 + 0 + 0 + 1 + 1 + 0.5) / 6)


def test_auroc_counts_pairs(rng):
    score, label = rng.integers(0, 8, 200).astype(np.float32), rng.integers(0, 10, 200)
    for held_out in range(10):
        assert anomaly_auroc(score, label, held_out) == pytest.approx(counted(score, label, held_out))
        assert anomaly_auroc(-score, label, held_out) == pytest.approx(1 - anomaly_auroc(score, label, held_out))


def test_anomaly_scores_are_of_the_negative_elbo_and_of_nll(rng):
    label = np.arange(100) % 4
    nll = rng.normal(100, 10, 100).astype(np.float32)
    rate = np.where(label == 2, 1000.0, 0.0).astype(np.float32)
    found = anomaly_scores(nll, rate, label, 2)
    assert (found.held_out, found.n_normal, found.n_anomalous, found.auroc_elbo) == (2, 75, 25, 1.0)
    assert found.auroc_nll == pytest.approx(counted(nll, label, 2))


def test_a_plain_autoencoder_has_no_elbo_to_score_by():
    found = anomaly_scores(np.array([5.0, 1, 2]), None, np.array([1, 0, 0]), 1)
    assert found == AnomalyScores(1, 2, 1, None, 1.0)


def test_anomalies_that_cannot_be_scored_are_refused():
    nll, label = np.array([5.0, 1, 2]), np.array([1, 0, 0])
    refused = {
        "no image of the held-out class 3": (nll, None, label, 3),
        "normal ones are needed": (nll, None, np.ones(3, int), 1),
        "same images": (nll, np.zeros(2), label, 1),
        "one score and one label": (nll, None, label[:2], 1),
        "finite": (np.array([5.0, np.nan, 2]), None, label, 1),
    }
    for sentence, arguments in refused.items():
        with pytest.raises(InvalidSetting, match=sentence):
            anomaly_scores(*arguments)
