"""Mutual information is that of scikit-learn, and of dead units there is none."""

import numpy as np
import pytest
from sklearn.feature_selection import mutual_info_classif
from sklearn.metrics import mutual_info_score

from tests.metrics.scores import made_up
from vae_explorer.errors import UnknownName
from vae_explorer.metrics.scores.mutual_information import ESTIMATORS, factor_entropies, in_bins, mutual_information

CODES = made_up.mixed(made_up.small())


def found(estimator: str, codes=CODES) -> np.ndarray:
    return mutual_information(codes, np.random.default_rng(0), estimator)


@pytest.mark.parametrize("bins", [10, 20, 50, 64])
def test_bins_are_of_equal_width_from_the_least_to_the_largest_value(bins):
    for unit, factor in np.ndindex(4, 3):
        place = np.digitize(CODES.mu[:, unit], np.histogram(CODES.mu[:, unit], bins)[1][:-1])
        expected = mutual_info_score(place, CODES.values[:, factor])
        assert found(f"{bins} bins")[unit, factor] == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("neighbours", [3, 10])
def test_neighbours_are_those_of_the_library(neighbours):
    ours = found(f"KSG, {neighbours} neighbours")
    for factor in range(3):
        theirs = mutual_info_classif(CODES.mu, CODES.values[:, factor], n_neighbors=neighbours, random_state=0)
        np.testing.assert_allclose(ours[:, factor], theirs, atol=1e-6)


def test_neighbours_part_equal_values_and_leave_out_a_value_of_one_image():
    perfect = made_up.small()
    information = found("KSG, 3 neighbours", perfect) / factor_entropies(perfect.values)
    np.testing.assert_allclose(np.diag(information), 1, atol=0.02)
    assert (information - np.diag(np.diag(information))).max() < 0.03
    alone = made_up.small(3)
    assert found("KSG, 3 neighbours", alone).shape == (3, 3)


@pytest.mark.parametrize("estimator", ESTIMATORS)
def test_a_unit_that_hardly_moves_beside_the_widest_tells_nothing(estimator):
    rounding = CODES.values[:, :1] * 1e-9
    codes = made_up.with_mu(CODES, np.concatenate([CODES.mu, rounding, 7 + 0 * rounding], axis=1))
    assert (found(estimator, codes)[-2:] == 0).all()


def test_bins_hold_the_largest_value_in_the_last():
    assert in_bins(np.array([[0.0], [0.49], [0.5], [1.0]]), 2).ravel().tolist() == [0, 0, 1, 1]


def test_another_estimator_is_refused():
    with pytest.raises(UnknownName, match="20 bins"):
        found("7 bins")
