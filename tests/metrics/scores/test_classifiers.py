"""Scores that rest on classifiers and votes are their definitions, worked out another way."""

import warnings
from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import entropy
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier

from tests.metrics.scores import made_up
from vae_explorer.metrics.scores import SCORES
from vae_explorer.metrics.scores.attainable import attainable
from vae_explorer.metrics.scores.beta_vae import beta_vae, differences
from vae_explorer.metrics.scores.codes import Codes
from vae_explorer.metrics.scores.cuts import cut
from vae_explorer.metrics.scores.dci import BOOSTED, completeness, disentanglement, informativeness
from vae_explorer.metrics.scores.factor_vae import factor_vae
from vae_explorer.metrics.scores.irs import irs
from vae_explorer.metrics.scores.parted import parted
from vae_explorer.metrics.scores.partners import partners
from vae_explorer.metrics.scores.sap import sap
from vae_explorer.metrics.scores.single_units import nk, snc

pytestmark = pytest.mark.thorough

SMALL = made_up.small(900)
CODES = made_up.mixed(SMALL)
NOISE = made_up.noise(SMALL)


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def turned(codes: Codes) -> Codes:
    """Units in another order and with other signs."""
    return made_up.with_mu(codes, -codes.mu[:, ::-1])


def test_two_thirds_are_learned_from_and_no_image_is_on_both_sides():
    numbered = made_up.with_mu(SMALL, np.arange(900.0)[:, None])
    drawn = parted(numbered, rng(), 600)
    seen, unseen = set(drawn.fit.mu[:, 0]), set(drawn.test.mu[:, 0])
    assert (len(seen), len(unseen), seen & unseen) == (400, 200, set())


def test_partners_share_the_value_and_are_all_equally_likely():
    places = np.repeat(np.arange(900), 200)
    found = partners(SMALL, 2, places, rng())
    assert (SMALL.values[found, 2] == SMALL.values[places, 2]).all()
    counts = np.bincount(found, minlength=900)
    assert counts.mean() == 200
    assert abs(counts.std() / np.sqrt(200) - 1) < 0.1


def test_levels_are_equally_frequent_and_never_part_equal_codes():
    unit = np.random.default_rng(0).standard_normal((1_000, 1))
    assert set(np.bincount(cut(unit, unit, 8)[:, 0])) == {125}
    values = SMALL.values.astype(float)
    assert (cut(values, values, 6)[:, 2] == SMALL.values[:, 2]).all()
    assert (cut(values, values, 255) == SMALL.values).all()
    assert not cut(np.zeros((5, 1)), np.zeros((5, 1)), 4).any()


def forests() -> tuple[np.ndarray, np.ndarray]:
    """Importances [D, F] and accuracies of forests on codes that were not cut."""
    order = np.random.default_rng(5).permutation(900)
    seen, unseen = order[:600], order[600:]
    models = [
        RandomForestClassifier(100, criterion="entropy", max_depth=10, random_state=1).fit(CODES.mu[seen], values[seen])
        for values in CODES.values.T
    ]
    right = [
        model.score(CODES.mu[unseen], values[unseen]) for model, values in zip(models, CODES.values.T, strict=True)
    ]
    return np.array([model.feature_importances_ for model in models]).T, np.array(right)


def test_dci_is_the_entropy_of_importances_and_the_accuracy_of_forests():
    importance, right = forests()
    units = (1 - entropy(importance.T, base=3)) @ importance.sum(axis=1) / importance.sum()
    assert disentanglement(CODES, rng()).value == pytest.approx(units, abs=0.02)
    factors = np.mean(1 - entropy(importance, base=4))
    assert completeness(CODES, rng()).value == pytest.approx(factors, abs=0.02)
    found = informativeness(CODES, rng())
    assert found.value == pytest.approx(right.mean(), abs=0.04)
    assert list(found.parts) == ["shape", "size", "angle"]


def test_boosting_by_histograms_gives_the_importances_of_exact_boosting():
    drawn = parted(CODES, rng(), 15_000)
    exact = [GradientBoostingClassifier(random_state=0).fit(drawn.fit.mu, y) for y in drawn.fit.values.T[:2]]
    codes = replace(CODES, values=CODES.values[:, :2], factors=CODES.factors[:2])
    purity = [1 - entropy(model.feature_importances_, base=4) for model in exact]
    right = [model.score(drawn.test.mu, y) for model, y in zip(exact, drawn.test.values.T[:2], strict=True)]
    found = completeness(codes, rng(), trees=BOOSTED)
    assert list(found.parts.values()) == pytest.approx(purity, abs=0.05)
    assert list(informativeness(codes, rng(), trees=BOOSTED).parts.values()) == pytest.approx(right, abs=0.1)


@pytest.mark.parametrize(("trees", "least"), [("forest", 0.7), (BOOSTED, 0.95)])
def test_dci_of_a_perfect_code_is_near_1_and_of_noise_near_chance(trees, least):
    of = made_up.small(240)
    codes = replace(of, mu=of.mu[:, :2], values=of.values[:, :2], factors=of.factors[:2])
    noise = made_up.noise(codes, units=3)
    for score in (disentanglement, completeness, informativeness):
        assert score(codes, rng(), trees=trees).value > least
        assert score(noise, rng(), trees=trees).value < 0.4
    assert informativeness(codes, rng(), trees=trees).value > 0.99
    assert informativeness(noise, rng(), trees=trees).value == pytest.approx((1 / 3 + 1 / 4) / 2, abs=0.1)


def test_rows_of_dci_share_one_fit(monkeypatch):
    fits = []

    def counted(self, *given):
        fits.append(self)
        return fit(self, *given)

    fit = RandomForestClassifier.fit
    monkeypatch.setattr(RandomForestClassifier, "fit", counted)
    codes = made_up.mixed(made_up.small(120, seed=77))
    for name in ("dci-disentanglement", "dci-completeness", "dci-informativeness"):
        SCORES[name](codes, rng())
    assert len(fits) == 3


def separated(x: np.ndarray, y: np.ndarray, of: np.ndarray) -> np.ndarray:
    """One-against-the-others squared hinge on a scalar, C 0.01, balanced, the bias penalised as the weight."""
    heights = []
    for value in np.unique(y):
        sign = np.where(y == value, 1.0, -1.0)
        cost = np.where(sign > 0, 0.01 * len(y) / (len(np.unique(y)) * (y == value).sum()), 0.01)

        def loss(w, sign=sign, cost=cost):
            slack = np.maximum(0, 1 - sign * (w[0] * x + w[1]))
            return (w @ w) / 2 + (cost * slack**2).sum()

        w = minimize(loss, np.zeros(2)).x
        heights.append(w[0] * of + w[1])
    return np.unique(y)[np.argmax(heights, axis=0)]


def test_sap_is_the_gap_of_accuracies_of_linear_machines():
    drawn = parted(CODES, rng(), 15_000)
    found = sap(CODES, rng())
    for at, name in enumerate(drawn.names):
        right = [
            np.mean(separated(x, drawn.fit.values[:, at], of) == drawn.test.values[:, at])
            for x, of in zip(drawn.fit.mu.T, drawn.test.mu.T, strict=True)
        ]
        first, second = sorted(right)[:-3:-1]
        assert found.parts[name] == pytest.approx(first - second, abs=0.01)
    assert found.value == pytest.approx(np.mean(list(found.parts.values())))


def test_saps_ceiling_is_as_low_as_a_line_allows():
    found = attainable(SCORES["sap"], made_up.sprites(6_000), rng())
    assert found.value == pytest.approx(0.19, abs=0.02)
    assert list(found.parts.values()) == pytest.approx([0.676, 0.167, 0.023, 0.03, 0.03], abs=0.04)


def test_sap_counts_a_constant_unit_as_no_second():
    alone = made_up.with_mu(SMALL, np.stack([SMALL.mu[:, 1], np.full(900, 3.0)], 1))
    found = sap(alone, rng())
    assert found.parts["size"] > 0.5


def test_the_factor_vae_score_is_a_majority_vote_of_least_variances():
    codes = made_up.with_mu(CODES, np.concatenate([CODES.mu, 1e-3 * NOISE.mu], axis=1))
    draw, table = np.random.default_rng(9), np.zeros((2, 3, CODES.mu.shape[1]))
    for side, count in enumerate((2_000, 1_000)):
        for _ in range(count):
            factor, like = draw.integers(3), draw.integers(900)
            same = np.flatnonzero(codes.values[:, factor] == codes.values[like, factor])
            batch = CODES.mu[draw.choice(same, 64)]
            table[side, factor, np.argmin(batch.var(axis=0, ddof=1) / CODES.mu.var(axis=0, ddof=1))] += 1
    right = sum(table[1, table[0, :, unit].argmax(), unit] for unit in range(CODES.mu.shape[1]))
    assert factor_vae(codes, rng()).value == pytest.approx(right / 1_000, abs=0.05)


def test_the_factor_vae_score_needs_a_deviation_of_5_percent():
    found = factor_vae(made_up.with_mu(SMALL, np.random.default_rng(0).standard_normal((900, 2)) * 0.2), rng())
    assert found.value
    wide = np.random.default_rng(0).standard_normal((900, 1))
    found = factor_vae(made_up.with_mu(SMALL, np.concatenate([wide, 0.02 * SMALL.mu], axis=1)), rng())
    assert found.value == pytest.approx(1 / 3, abs=0.08)


def test_differences_are_means_over_pairs_that_share_a_factor():
    found, fixed = differences(SMALL, rng(), 3_000, 64)
    for factor in range(3):
        of = found[fixed == factor]
        assert not of[:, factor].any()
        other = (factor + 1) % 3
        column = SMALL.mu[:, other]
        expected = np.abs(column[:, None] - column).mean()
        assert of[:, other].mean() == pytest.approx(expected, rel=0.03)


@pytest.mark.parametrize("score", [factor_vae, beta_vae])
def test_votes_tell_a_perfect_code_always_and_noise_by_chance(score):
    assert score(SMALL, rng()).value == 1
    found = score(made_up.noise(made_up.small(3_000)), rng())
    assert found.value == pytest.approx(1 / 3, abs=0.08)
    assert found.n == 3_000


def test_irs_is_one_less_the_99th_percentile_at_a_value():
    largest = np.abs(CODES.mu - CODES.mu.mean(axis=0)).max(axis=0)
    each = []
    for unit in range(CODES.mu.shape[1]):
        best = 0.0
        for values in CODES.values.T:
            moved = []
            for value in np.unique(values):
                part = CODES.mu[values == value, unit]
                moved.append(np.percentile(np.abs(part - part.mean()), 99))
            best = max(best, 1 - np.mean(moved) / largest[unit])
        each.append(best)
    found = irs(made_up.with_mu(CODES, np.concatenate([CODES.mu, np.full((900, 1), 7.0)], axis=1)), rng())
    assert found.value == pytest.approx(np.average(each, weights=largest))
    assert irs(SMALL, rng()).value == 1


def test_irs_cuts_factors_of_many_values_into_20():
    sprites = made_up.sprites(4_000)
    found = irs(sprites, rng())
    assert found.parts["unit 1"] == 1
    assert 0.95 < found.parts["unit 2"] < 1


def test_snc_reads_each_factor_off_a_unit_of_its_own():
    assert snc(made_up.sprites(6_000), rng()).value > 0.99
    renamed = made_up.with_mu(SMALL, np.random.default_rng(3).permutation(6)[SMALL.values].astype(float)[:, ::-1])
    assert snc(renamed, rng()).value == 1
    assert snc(NOISE, rng()).value == pytest.approx((1 / 3 + 1 / 4 + 1 / 6) / 3, abs=0.06)


def test_snc_guesses_factors_that_are_left_without_a_unit():
    found = snc(made_up.with_mu(SMALL, SMALL.mu[:, 2:]), rng())
    assert found.parts["angle"] == 1
    assert found.parts["shape"] == pytest.approx(1 / 3, abs=0.08)
    assert "fewer units than factors" in found.reason


def test_nk_falls_to_chance_where_one_unit_knows_a_factor_and_not_at_all_where_two_do():
    codes = made_up.small(450)
    found = nk(codes, rng())
    assert list(found.parts.values()) == pytest.approx([2 / 3, 3 / 4, 5 / 6], abs=0.1)
    twice = made_up.with_mu(codes, np.concatenate([codes.mu, codes.mu], axis=1))
    assert nk(twice, rng()).value < 0.05


@pytest.mark.parametrize(
    ("score", "within"),
    [(sap, 1e-9), (irs, 1e-9), (snc, 0.01), (factor_vae, 1e-9), (beta_vae, 0.02), (disentanglement, 0.04)],
)
def test_the_order_and_the_signs_of_units_change_nothing(score, within):
    assert score(turned(CODES), rng()).value == pytest.approx(score(CODES, rng()).value, abs=within)


def test_no_score_warns_of_what_protocols_leave_unconverged():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        wild = made_up.with_mu(SMALL, CODES.mu[:, :3] * 1e4)
        for score in (sap, beta_vae):
            assert np.isfinite(score(wild, rng()).value)


@pytest.mark.parametrize("n", [1, 2, 3])
@pytest.mark.parametrize("score", [disentanglement, completeness, informativeness, sap, factor_vae, beta_vae, snc, nk])
def test_a_handful_of_images_is_scored_or_has_a_reason(score, n):
    found = score(CODES.take(np.arange(n)), rng())
    assert 0 <= found.value <= 1
    assert found.reason
