"""UDR is its definition, and defined where units are collapsed."""

import numpy as np
import pytest
from scipy.stats import rankdata
from sklearn.linear_model import Lasso

from vae_explorer.errors import InvalidSetting
from vae_explorer.metrics.scores.udr import Encoded, Relation, one_to_one, udr

TRUTH = np.random.default_rng(0).standard_normal((400, 4))


def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def model(mu: np.ndarray, collapsed: tuple[int, ...] = ()) -> Encoded:
    kl = np.ones(mu.shape[1])
    kl[list(collapsed)] = 0.01
    return Encoded(mu, kl)


def rotated(seed: int) -> Encoded:
    turn, _ = np.linalg.qr(np.random.default_rng(seed).standard_normal((4, 4)))
    return model(TRUTH @ turn)


def test_strengths_are_one_to_one_by_the_largest_squared_over_the_sum():
    assert one_to_one(np.eye(3)) == 1
    assert one_to_one(np.array([[0.5, 0.5], [0.0, 0.0]])) == pytest.approx(((0.5 + 0.5) / 2 + (0.25 + 0) / 2) / 2)
    assert one_to_one(np.zeros((2, 3))) == 0


@pytest.mark.parametrize("relation", list(Relation))
def test_models_with_the_same_units_score_high_and_rotated_ones_low(relation):
    same = [model(TRUTH), model(-3 * TRUTH[:, ::-1]), model(TRUTH[:, [2, 0, 1, 3]] + 5)]
    mixed = [rotated(seed) for seed in range(3)]
    high = [found.value for found in udr(same, rng(), relation=relation)]
    low = [found.value for found in udr(mixed, rng(), relation=relation)]
    assert min(high) > (0.85 if relation is Relation.SPEARMAN else 0.88)
    assert max(low) < 0.6


def test_it_is_the_median_over_partners_of_lasso_weights():
    models = [rotated(1), model(TRUTH), model(TRUTH + 0.5 * rotated(2).mu)]
    z = [(m.mu - m.mu.mean(axis=0)) / m.mu.std(axis=0) for m in models]
    pairs = []
    for other in (1, 2):
        r = np.array([np.abs(Lasso(alpha=0.1).fit(z[0], z[other][:, j]).coef_) for j in range(4)])
        pairs.append(np.mean([np.mean(r.max(axis=a) ** 2 / r.sum(axis=a)) for a in (0, 1)]))
    found = udr(models, rng())[0]
    assert found.parts == pytest.approx({"model 1": pairs[0], "model 2": pairs[1]})
    assert found.value == pytest.approx(np.median(pairs))


def test_by_ranks_it_is_spearmans_correlation():
    models = [rotated(1), rotated(2), rotated(3)]
    ranks = [rankdata(m.mu, axis=0) for m in models]
    r = np.abs(np.corrcoef(ranks[0].T, ranks[1].T)[:4, 4:])
    expected = np.mean([np.mean(r.max(axis=a) ** 2 / r.sum(axis=a)) for a in (0, 1)])
    assert udr(models, rng(), relation=Relation.SPEARMAN)[0].parts["model 1"] == pytest.approx(expected)


def test_collapsed_units_are_left_out_though_models_keep_different_ones():
    wide = model(np.concatenate([TRUTH, 1e-4 * np.random.default_rng(1).standard_normal((400, 3))], 1), (4, 5, 6))
    narrow = model(TRUTH[:, :3])
    found = udr([wide, narrow, model(TRUTH)], rng())
    assert found[0].parts["model 2"] == pytest.approx(udr([model(TRUTH)] * 3, rng())[0].value)
    assert found[0].parts["model 1"] < found[0].parts["model 2"]


def test_a_model_with_no_active_unit_has_a_reason_and_is_no_partner():
    dead = model(TRUTH, (0, 1, 2, 3))
    found = udr([model(TRUTH), dead, model(TRUTH)], rng())
    assert (found[1].value, list(found[0].parts)) == (0, ["model 2"])
    assert "No unit is active" in found[1].reason
    assert "Left out" in found[0].reason
    assert all(scored.value == 0 and scored.reason for scored in udr([dead, dead, model(TRUTH)], rng()))


def test_one_unit_in_each_model_is_scored():
    found = udr([model(TRUTH[:, :1])] * 3, rng(), n=200)
    assert found[0].n == 200
    assert found[0].value == pytest.approx(0.9, abs=0.01)


@pytest.mark.parametrize(
    ("models", "said"),
    [
        ([model(TRUTH)] * 2, "three models"),
        ([model(TRUTH), model(TRUTH), model(TRUTH[:50])], "same images"),
        ([model(TRUTH), model(TRUTH), model(TRUTH * np.nan)], "finite"),
        ([model(TRUTH), model(TRUTH), Encoded(TRUTH, np.ones(3))], "one KL"),
    ],
)
def test_models_that_do_not_fit_together_are_refused(models, said):
    with pytest.raises(InvalidSetting, match=said):
        udr(models, rng())
