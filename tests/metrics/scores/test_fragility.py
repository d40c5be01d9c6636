"""A score under the choices that papers make in silence, and whether a ranking outlives them."""

import numpy as np
import pytest

from tests.metrics.scores import made_up
from vae_explorer.errors import InvalidSetting
from vae_explorer.metrics.scores import SCORES
from vae_explorer.metrics.scores.fragility import in_common, robust, variants

PERFECT = made_up.small()
MIG = SCORES["mig"]
CHOICES = [
    "mu",
    "10 bins",
    "20 bins",
    "50 bins",
    "64 bins",
    "KSG, 3 neighbours",
    "KSG, 10 neighbours",
    "1,000 images",
    "2,000 images",
    "5,000 images",
    "10,000 images",
    "range above 1/20 of the widest",
    "range above 1/8 of the widest",
    "interquartile range above 1/10 of the widest",
]


def strip(*values: float) -> dict[str, float]:
    return dict(zip("abc", values, strict=False))


def test_every_choice_is_made_and_samples_where_there_are_posteriors():
    assert [variant.name for variant in variants(MIG, PERFECT, 0)] == CHOICES
    named = {variant.name: variant.scored.value for variant in variants(MIG, made_up.mixed(PERFECT), 0)}
    assert list(named) == [CHOICES[0], "samples", *CHOICES[1:]]
    assert named["mu"] == named["20 bins"] != named["samples"]
    assert named["mu"] == MIG(made_up.mixed(PERFECT), np.random.default_rng(0)).value


def test_choices_move_the_ceiling():
    found = {variant.name: variant.scored for variant in variants(MIG, made_up.sprites(5_000), 0)}
    assert found["10 bins"].value < found["20 bins"].value - 0.05 < found["64 bins"].value - 0.1
    assert found["1,000 images"].n == 1_000


def test_a_rule_for_active_units_leaves_out_narrow_ones():
    rare = np.where(np.arange(len(PERFECT)) < 5, 9.0, 0.0)
    codes = made_up.with_mu(PERFECT, np.stack([rare, 0.1 * PERFECT.mu[:, 0], PERFECT.mu[:, 2]], 1))
    found = {variant.name: variant.scored.parts["shape"] for variant in variants(MIG, codes, 0)}
    assert found["mu"] > 0.9 > 0.1 > found["range above 1/20 of the widest"]


def test_a_score_on_something_else_is_refused():
    with pytest.raises(InvalidSetting, match="not a score on mutual information"):
        variants(SCORES["infoe"], PERFECT, 0)


def test_a_ranking_is_robust_where_every_choice_in_common_keeps_it():
    assert robust([strip(0.3, 0.4, 0.5), strip(0.2, 0.1, 0.4)])
    assert not robust([strip(0.3, 0.4, 0.5), strip(0.2, 0.5, 0.4)])
    assert not robust([strip(0.3, 0.4), strip(0.3, 0.1)])
    assert robust([strip(0.3, 0.4), strip(0.2, 0.1, 0.9)])
    assert in_common([strip(0.3, 0.4, 0.5), strip(0.2, 0.1)]) == ["a", "b"]
    assert robust([strip(0.3, 0.4)])


@pytest.mark.parametrize("models", [[], [strip(0.1), {}]])
def test_a_ranking_of_nothing_is_refused(models):
    with pytest.raises(InvalidSetting, match="in common"):
        robust(models)
