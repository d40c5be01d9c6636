from dataclasses import replace

import pytest

from tests.advice.cases import case, family_member
from tests.kinds import IMPORTED
from vae_explorer.advice import of_group
from vae_explorer.advice.case import Score
from vae_explorer.advice.family import families
from vae_explorer.advice.knee import knee
from vae_explorer.advice.seed_spread import seed_spread

CURVE = {1.0: (80.0, 20.0), 2.0: (84.0, 17.0), 4.0: (95.0, 13.0), 8.0: (115.0, 10.0)}
"""nll and rate by β."""


def members():
    return [family_member(beta, *figures) for beta, figures in CURVE.items()]


def kinds(cases) -> list[str]:
    return [finding.kind for finding in of_group(cases)]


def test_a_family_differs_in_beta_and_seed_alone():
    odd = family_member(4.0, 90.0, 12.0, name="odd")
    odd = odd._replace(recipe=replace(odd.recipe, train=replace(odd.recipe.train, lr=1e-4)))
    (found,) = families([*members(), odd, case([1.0, 1.0], None)])
    assert found.ids == ("b1-s0", "b2-s0", "b4-s0", "b8-s0")


def test_the_knee_is_farthest_below_the_line_between_the_ends():
    (found,) = knee(families(members())[0])
    assert found.numbers["knee"] == 4.0
    assert found.sentence == (
        "The knee of the family is β 4: from β 1 to 4 you pay 15.0 nats of nll for 7.0 nats of rate; from β 4 to 8 you "
        "pay 20.0 nats of nll for 3.0 nats of rate. Measured on 500 test images."
    )
    assert found.view.address == "/compare?models=b1-s0%2Cb2-s0%2Cb4-s0%2Cb8-s0"


def test_a_straight_family_has_no_knee():
    straight = [family_member(beta, 80 + step, 20 - step) for step, beta in enumerate((1.0, 2.0, 4.0))]
    (found,) = knee(families(straight)[0])
    assert "knee" not in found.numbers
    assert found.sentence.startswith("From β 1 to 4 you pay 2.0 nats of nll for 2.0 nats of rate.")


def test_units_that_fall_silent_are_counted():
    quiet = case([0.9, 0.0], [0.3, 1.0], name="quiet", train=replace(family_member(4.0, 1, 1).recipe.train))
    (found,) = knee(families([family_member(1.0, 80.0, 20.0), quiet])[0])
    assert "and 1 of 2 units falls silent" in found.sentence


def test_an_exchange_that_is_none_is_not_called_one():
    (found,) = knee(families([family_member(1.0, 80.0, 20.0), family_member(2.0, 79.0, 21.0)])[0])
    assert "nll changes by −1.0 and rate by +1.0 nats, which is no exchange" in found.sentence


def seeds(apart: float):
    low = [family_member(1.0, 80.0 + apart * seed, 20.0, seed) for seed in range(2)]
    return [*low, *(family_member(2.0, 84.0, 17.0, seed) for seed in range(2))]


def test_seeds_farther_apart_than_betas_are_said():
    (found,) = seed_spread(families(seeds(10.0))[0])
    assert "in 1 of 2 figures: nll (10 against 1)" in found.sentence
    assert not list(seed_spread(families(seeds(1.0))[0]))


def test_scores_come_with_the_images_they_were_measured_on():
    scores = [{"MIG": Score(value, "90 train images")} for value in (0.1, 0.4, 0.2, 0.3)]
    scored = [case._replace(scores=measured) for case, measured in zip(seeds(0.0), scores, strict=True)]
    (found,) = seed_spread(families(scored)[0])
    assert "MIG (0.3 against 0)" in found.sentence
    assert found.sentence.endswith("Measured on 90 train images.")


def test_one_seed_of_each_says_nothing_of_seeds():
    assert kinds(members()) == ["knee"]


def test_a_member_where_another_beta_should_be_is_named():
    wrong = family_member(2.0, *CURVE[8.0], name="wrong")
    cases = [wrong if case.id == "b2-s0" else case for case in members()]
    (found,) = [finding for finding in of_group(cases) if finding.kind == "equivalent-beta"]
    assert found.models == ("wrong",)
    assert found.numbers["equivalent_beta"] == pytest.approx(8.0)
    assert "its recipe says β 2" in found.sentence


def test_a_beta_beyond_the_others_is_not_held_against_them():
    assert "equivalent-beta" not in kinds([family_member(0.01, 115.0, 10.0), *members()])


def test_a_model_whose_beta_nobody_knows_is_of_no_family_and_shows_no_slip():
    first, second, *_ = members()
    foreign = second._replace(recipe=replace(second.recipe, imported=IMPORTED))
    assert len(families([first, second])) == 1
    assert families([first, foreign]) == []
    assert second.weighed
    assert not foreign.weighed
