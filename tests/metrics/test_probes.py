import json

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from vae_explorer.errors import InvalidSetting
from vae_explorer.metrics.probes import LABELS, balanced_order, counts, probes


def clusters(n: int, distance: float, units: int = 4, classes: int = 10, seed: int = 0):
    """Codes [n, units] around one random centre a class, float32 as a model gives them, and their labels [n]."""
    rng = np.random.default_rng(seed)
    centres = np.random.default_rng(99).normal(size=(classes, units)) * distance
    label = rng.permutation(np.arange(n) % classes)
    return (centres[label] + rng.normal(size=(n, units))).astype(np.float32), label


def test_well_separated_classes_are_read_off_without_a_fault():
    found = probes(*clusters(2000, 50), *clusters(500, 50, seed=1))
    assert found.labels == (10, 100, 1000, 2000)
    assert found.linear == found.knn == (1.0, 1.0, 1.0, 1.0)
    assert (found.neighbours, found.seed, found.scored) == (5, 0, 500)


def test_labels_without_meaning_are_read_at_chance(rng):
    mu, label = clusters(3000, 5)
    score_mu, score_label = clusters(3000, 5, seed=1)
    found = probes(mu, rng.permutation(label), score_mu, rng.permutation(score_label))
    assert [*found.linear, *found.knn] == pytest.approx([0.1] * 8, abs=0.03)


def test_accuracies_with_all_labels_are_scikit_learns():
    fit, score = clusters(1200, 1), clusters(700, 1, seed=1)
    found = probes(*fit, *score)
    linear = make_pipeline(StandardScaler(), LogisticRegression(solver="newton-cholesky", max_iter=1000, tol=1e-8))
    knn = KNeighborsClassifier(5, algorithm="kd_tree")
    assert 0.2 < found.knn[-1] < 0.95
    assert found.linear[-1] == pytest.approx(linear.fit(*fit).score(*score), abs=2 / 700)
    assert found.knn[-1] == pytest.approx(knn.fit(*fit).score(*score), abs=1e-9)


def test_k_nearest_neighbours_counted_by_hand():
    (mu, label), (score_mu, score_label) = clusters(150, 1), clusters(90, 1, seed=1)
    distance = ((score_mu[:, None].astype(float) - mu) ** 2).sum(-1)
    nearest = label[np.argsort(distance, axis=1)[:, :5]]
    voted = np.array([np.bincount(row).argmax() for row in nearest])
    assert probes(mu, label, score_mu, score_label).knn[-1] == pytest.approx((voted == score_label).mean())


def test_with_one_label_a_class_the_nearest_code_decides():
    (mu, label), (score_mu, score_label) = clusters(400, 3), clusters(300, 3, seed=1)
    chosen = balanced_order(label, 7)[:10]
    nearest = chosen[((score_mu[:, None].astype(float) - mu[chosen]) ** 2).sum(-1).argmin(1)]
    found = probes(mu, label, score_mu, score_label, seed=7)
    assert found.knn[0] == pytest.approx((label[nearest] == score_label).mean())
    assert found.knn[0] > 0.4


def test_units_are_standardised_over_all_codes_even_where_few_are_labelled():
    (mu, label), score = clusters(400, 3), clusters(300, 3, seed=1)
    order = balanced_order(label, 0)
    mu[order[100:], 0] *= 1000
    scaler = StandardScaler().fit(mu)
    assert mu[:, 0].std() > 100 * mu[order[:100], 0].std()
    reference = LogisticRegression(max_iter=1000, tol=1e-8).fit(scaler.transform(mu[order[:100]]), label[order[:100]])
    expected = reference.score(scaler.transform(score[0]), score[1])
    assert probes(mu, label, *score).linear[1] == pytest.approx(expected, abs=2 / 300)


def test_the_order_of_units_and_where_the_origin_lies_change_nothing():
    (mu, label), (score_mu, score_label) = clusters(500, 1), clusters(300, 1, seed=1)
    before = probes(mu, label, score_mu, score_label)
    turned = probes(mu[:, [2, 0, 3, 1]] + 8, label, score_mu[:, [2, 0, 3, 1]] + 8, score_label)
    assert turned.linear == pytest.approx(before.linear, abs=1 / 300)
    assert turned.knn == pytest.approx(before.knn, abs=1 / 300)


def test_the_same_seed_gives_the_same_figures_and_another_seed_other_labels():
    fit, score = clusters(500, 1), clusters(300, 1, seed=1)
    assert probes(*fit, *score, seed=3) == probes(*fit, *score, seed=3)
    other = probes(*fit, *score, seed=4)
    assert other.linear[0] != probes(*fit, *score, seed=3).linear[0]
    assert other.knn[-1] == probes(*fit, *score, seed=3).knn[-1]


@pytest.mark.parametrize("counts", [(300, 300, 300), (500, 40, 3), (1, 1, 1), (2, 700, 9, 9, 60)])
def test_every_beginning_of_the_order_is_as_balanced_as_the_classes_allow(counts, rng):
    label = rng.permutation(np.repeat(np.arange(len(counts)) * 3, counts))
    order = balanced_order(label, 0)
    assert sorted(order.tolist()) == list(range(len(label)))
    for n in range(1, len(label) + 1, 7):
        held = np.array([(label[order[:n]] == name).sum() for name in np.unique(label)])
        unspent = held[held < np.array(counts)]
        assert len(unspent) == 0 or (held.max() - unspent.min() <= 1)


def test_ten_labels_of_ten_classes_are_one_of_each_and_lie_within_the_hundred():
    _, label = clusters(3000, 1)
    order = balanced_order(label, 5)
    assert sorted(label[order[:10]].tolist()) == list(range(10))
    assert np.bincount(label[order[:100]]).tolist() == [10] * 10
    assert balanced_order(label, 5).tolist() == order.tolist()
    assert balanced_order(label, 6)[:10].tolist() != order[:10].tolist()


@pytest.mark.parametrize(("n", "labels"), [(4, (4,)), (10, (10,)), (100, (10, 100)), (999, (10, 100, 999))])
def test_sizes_beyond_the_data_are_dropped_and_all_comes_last(n, labels):
    found = probes(*clusters(n, 2, classes=3), *clusters(60, 2, classes=3, seed=1))
    assert found.labels == labels
    assert len(found.linear) == len(found.knn) == len(labels)


def test_more_classes_than_labels_bound_the_accuracy():
    found = probes(*clusters(2000, 60, units=8, classes=40), *clusters(400, 60, units=8, classes=40, seed=1))
    assert found.linear[0] == found.knn[0] == 10 / 40
    assert found.knn[1] == found.knn[-1] == 1.0


@pytest.mark.parametrize("units", [1, 3])
def test_a_constant_mu_knows_nothing(units):
    label = np.arange(600) % 3
    found = probes(np.full((600, units), 2.5), label, np.full((90, units), 2.5), label[:90])
    assert [*found.linear, *found.knn] == pytest.approx([1 / 3] * 6)


def test_one_unit_is_enough_for_two_classes():
    label = np.arange(300) % 2
    mu = (label * 20.0)[:, None] + np.random.default_rng(0).normal(size=(300, 1))
    assert probes(mu, label, mu[:50], label[:50]).linear == (1.0, 1.0, 1.0)


@pytest.mark.parametrize("bend", ["collinear", "scales", "tails", "doubled"])
def test_hard_codes_converge_without_a_warning(bend, rng):
    mu, label = clusters(1500, 2, units=6)
    bent = {
        "collinear": mu @ rng.normal(size=(6, 2)) @ rng.normal(size=(2, 6)),
        "scales": mu * 10.0 ** np.arange(-6, 6, 2),
        "tails": mu + rng.standard_cauchy(size=mu.shape),
        "doubled": np.repeat(mu[:, :2], 3, axis=1),
    }[bend]
    found = probes(bent, label, bent, label)
    assert min(found.linear[-1], found.knn[-1]) > 0.2


def test_the_figures_are_plain_json():
    found = probes(*clusters(120, 2), *clusters(50, 2, seed=1))
    assert json.loads(json.dumps(found.to_dict())) == found.to_dict()
    assert found.to_dict()["labels"] == [10, 100, 120]


def broken(mu, value):
    spoilt = mu.copy()
    spoilt[3, 1] = value
    return spoilt


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_codes_that_are_not_finite_are_refused(value):
    (mu, label), (score_mu, score_label) = clusters(50, 1), clusters(30, 1, seed=1)
    with pytest.raises(InvalidSetting, match="fitted codes must be finite"):
        probes(broken(mu, value), label, score_mu, score_label)
    with pytest.raises(InvalidSetting, match="scored codes must be finite"):
        probes(mu, label, broken(score_mu, value), score_label)


def test_probes_that_cannot_be_are_refused():
    (mu, label), (score_mu, score_label) = clusters(50, 1), clusters(30, 1, seed=1)
    refused = {
        "one label each": (mu, label[:-1], score_mu, score_label),
        "of one model": (mu, label, score_mu[:, :3], score_label),
        "two classes": (mu, np.zeros(50, int), score_mu, score_label),
        "scored codes must be .*not empty": (mu, label, score_mu[:0], score_label[:0]),
        "fitted codes must be .*N, D": (mu[:, 0], label, score_mu, score_label),
        "class ids": (mu, label.astype(float), score_mu, score_label),
    }
    for sentence, arguments in refused.items():
        with pytest.raises(InvalidSetting, match=sentence):
            probes(*arguments)
    with pytest.raises(InvalidSetting, match="seed"):
        probes(mu, label, score_mu, score_label, seed=-1)


def test_numbers_of_labels_are_read_from_a_word():
    assert counts("10,100,1000") == LABELS
    for text in ("", "5,3", "0,1", "ten", "1,,2"):
        with pytest.raises(ValueError, match=r"ascend|invalid literal"):
            counts(text)
