"""Scores on mutual information and of linear classifiers are their formulas, worked out another way."""

import warnings
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import entropy
from sklearn.feature_selection import mutual_info_classif
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, mutual_info_score
from sklearn.preprocessing import StandardScaler

from tests.metrics.scores import made_up
from vae_explorer.errors import UnknownName
from vae_explorer.metrics.scores import SCORES
from vae_explorer.metrics.scores.explicitness import explicitness
from vae_explorer.metrics.scores.infomec import infoc, infoe, infom
from vae_explorer.metrics.scores.med import med
from vae_explorer.metrics.scores.modularity import modularity

SMALL = made_up.small()
CODES = made_up.mixed(SMALL)


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def binned() -> np.ndarray:
    """[D][F]"""
    places = [np.digitize(unit, np.histogram(unit, 20)[1][:-1]) for unit in CODES.mu.T]
    return np.array([[mutual_info_score(place, values) for values in CODES.values.T] for place in places])


def test_modularity_compares_squares_over_all_units_and_over_active_ones():
    each = []
    for told in binned():
        ideal = max(told)
        each.append(1 - sum(v**2 for v in told if v != ideal) / (ideal**2 * (len(told) - 1)))
    assert modularity(CODES, rng()).value == pytest.approx(np.mean(each))
    dead = made_up.with_mu(CODES, np.concatenate([CODES.mu, np.zeros((len(CODES), 4))], axis=1))
    found = modularity(dead, rng())
    assert found.value == pytest.approx(np.mean(each) / 2)
    assert found.parts["over active units"] == pytest.approx(np.mean(each))


def test_med_is_dci_on_shares_of_mutual_information():
    share = binned() / binned().sum(axis=0)
    purity = 1 - entropy(share.T, base=3)
    found = med(CODES, rng())
    assert found.value == pytest.approx((purity * share.sum(axis=1)).sum() / share.sum())
    chosen = {
        max(np.flatnonzero(share.argmax(axis=1) == f), key=lambda unit: purity[unit]) for f in share.argmax(axis=1)
    }
    top = share[sorted(chosen)]
    assert found.parts["top-1"] == pytest.approx((purity[sorted(chosen)] * top.sum(axis=1)).sum() / top.sum())


def test_infom_and_infoc_are_largest_shares_of_what_neighbours_say():
    told = [
        mutual_info_classif(CODES.mu, values, n_neighbors=10, random_state=0) / mutual_info_score(values, values)
        for values in CODES.values.T
    ]
    nmi = np.stack(told)
    in_units = np.mean([unit.max() / unit.sum() if unit.any() else 1 / 3 for unit in nmi.T])
    in_factors = np.mean(nmi.max(axis=1) / nmi.sum(axis=1))
    assert infom(CODES, rng()).value == pytest.approx((in_units - 1 / 3) / (2 / 3), abs=1e-4)
    assert infoc(CODES, rng()).value == pytest.approx((in_factors - 1 / 4) / (3 / 4), abs=1e-4)


def test_units_that_are_narrow_beside_the_widest_are_not_counted():
    narrow = made_up.with_mu(SMALL, np.concatenate([SMALL.mu, 0.01 * made_up.noise(SMALL, 3).mu], axis=1))
    assert infom(narrow, rng()).parts["active units"] == 3
    assert infom(narrow, rng(), rule="all units").parts["active units"] == 6
    with pytest.raises(UnknownName, match="1/20"):
        infom(narrow, rng(), rule="none")


def test_one_active_unit_is_modular_by_itself_and_its_compactness_is_undefined():
    alone = made_up.with_mu(SMALL, SMALL.mu * np.array([1, 0, 0]))
    assert infom(alone, rng()).value > 0.95
    assert "One unit" in infom(alone, rng()).reason
    found = infoc(alone, rng())
    assert (found.value, found.parts) == (0, {"active units": 1})
    assert "Not defined" in found.reason
    one = replace(CODES, values=CODES.values[:, :1], factors=CODES.factors[:1])
    assert "no ceiling" in infoc(one, rng()).reason


def test_infoe_compares_with_a_classifier_of_a_constant_code():
    settings = {"C": np.inf, "class_weight": "balanced", "max_iter": 100}
    standard, expected = StandardScaler().fit_transform(CODES.mu), []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for values in CODES.values.T:
            of, constant = (
                log_loss(values, LogisticRegression(**settings).fit(x, values).predict_proba(x))
                for x in (standard, np.zeros_like(standard))
            )
            expected.append((constant - of) / constant)
    found = infoe(CODES, rng())
    assert list(found.parts.values()) == pytest.approx(expected, abs=0.005)
    assert infoe(SMALL, rng()).value > 0.99


def test_explicitness_is_how_often_an_image_of_a_value_is_more_like_it_than_another():
    train = np.isin(np.arange(len(CODES)), rng().permutation(len(CODES))[:666])
    expected = []
    for values in CODES.values.T:
        scale = StandardScaler().fit(CODES.mu[train])
        told = LogisticRegression().fit(scale.transform(CODES.mu[train]), values[train])
        chance = told.predict_proba(scale.transform(CODES.mu[~train]))
        for value, column in zip(told.classes_, chance.T, strict=True):
            own, other = column[values[~train] == value], column[values[~train] != value]
            expected.append((values.max() + 1, (own[:, None] > other).mean()))
    means = [np.mean([auc for size, auc in expected if size == factor]) for factor in (3, 4, 6)]
    assert list(explicitness(CODES, rng()).parts.values()) == pytest.approx(means, abs=0.005)


def test_explicitness_without_a_unit_to_read_is_chance():
    found = explicitness(made_up.with_mu(SMALL, np.zeros((len(SMALL), 2))), rng())
    assert found.value == 0.5
    assert explicitness(made_up.small(1), rng()).value == 0.5


def test_scores_without_factors_look_at_units_alone():
    correlation = np.corrcoef(CODES.mu.T)
    found = SCORES["total-correlation"](CODES, rng())
    assert found.value == pytest.approx(-0.5 * np.log(np.linalg.det(correlation)))
    places = [np.digitize(unit, np.histogram(unit, 20)[1][:-1]) for unit in CODES.mu.T]
    pairs = [mutual_info_score(places[a], places[b]) for a in range(4) for b in range(a)]
    assert SCORES["mean-pairwise-mi"](CODES, rng()).value == pytest.approx(np.mean(pairs))


def test_a_unit_that_repeats_another_is_regularised_and_said():
    twice = made_up.with_mu(SMALL, SMALL.mu[:, [0, 1, 1]])
    found = SCORES["total-correlation"](twice, rng())
    assert 5 < found.value < 10
    assert "added" in found.reason
