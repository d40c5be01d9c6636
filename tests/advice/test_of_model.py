import numpy as np
import pytest

from tests.advice.cases import BOUNDS, N, case, codes
from vae_explorer.advice import of_model
from vae_explorer.advice.aggregate_fit import aggregate_fit, misfit
from vae_explorer.advice.collapsed_units import collapsed_units
from vae_explorer.advice.generalisation import overfitting
from vae_explorer.advice.holes import holes
from vae_explorer.advice.wide_posterior import wide_posterior
from vae_explorer.config import TrainConfig
from vae_explorer.metrics.aggregate import Aggregate, aggregate_posterior

SOUND = case([0.91, 0.75], [0.3, 0.5], history=({"nll": 199.0, "rate": 1.8},))


def only(findings):
    (found,) = findings
    return found


def test_of_a_sound_model_nothing_is_said():
    assert of_model(SOUND) == ()


def test_collapsed_units_are_named_with_the_line_and_the_images():
    found = only(collapsed_units(case([0.91, 0.001, 0.002], [0.3, 1.0, 1.0])))
    told = "2 of 3 units are collapsed (units 1 and 2): their KL is below 0.01 nats, measured on 500 test images."
    assert found.sentence == f"{told} They tell next to nothing of an image."
    assert found.numbers == {"collapsed": 2, "units": 3}


def test_a_unit_just_above_the_line_is_not_collapsed():
    assert not list(collapsed_units(case([0.91, 0.03], [0.3, 1.0])))  # KL 0.015


def test_one_collapsed_unit_and_all_of_them_have_their_own_words():
    one = only(collapsed_units(case([0.91, 0.001], [0.3, 1.0])))
    assert one.sentence.startswith("1 of 2 units is collapsed (unit 1): its KL")
    every = only(collapsed_units(case([0.001, 0.001], [1.0, 1.0])))
    assert every.sentence.startswith("Every unit is collapsed: its KL")
    assert "The codes tell no image from another." in every.sentence


def test_a_plain_autoencoder_collapses_by_the_variance_of_mu():
    assert "its Var(mu) is at most 0.01" in only(collapsed_units(case([4.0, 0.001], None))).sentence


def test_a_posterior_wider_than_the_prior_is_told_from_a_collapsed_one():
    found = only(wide_posterior(case([0.91, 0.2], [0.3, 1.3])))
    assert found.sentence.startswith("Unit 1 has a posterior wider than the prior: σ of unit 1 is 1.30 on average")
    assert found.view.address == "/explore?model=made-up&colour=sigma-1"
    assert not list(wide_posterior(case([0.91, 0.0], [0.3, 1.05])))


def test_clusters_far_apart_leave_holes_between_codes():
    centres = 20 * np.array([[0, 0], [1, 0], [0, 1], [1, 1]])[np.arange(N) % 4]
    found = only(holes(case([1, 1], None, mu=centres + codes([0.01, 0.01]))))
    assert found.sentence.startswith("The codes leave holes:")
    assert 0.7 < found.numbers["between"] < 0.8  # all but the pairs of one cluster
    assert found.numbers["drawn"] > 0.9


def test_codes_spread_as_the_prior_leave_no_holes():
    assert not list(holes(case([1.0, 1.0], None)))
    assert not list(holes(SOUND))


def test_codes_in_one_corner_leave_the_prior_empty():
    found = only(holes(case([0.01, 0.01], [0.1, 0.1], mu=codes([0.01, 0.01]) + 2)))
    assert found.sentence.startswith("The prior reaches into holes: 100 %")


def test_the_misfit_of_an_aggregate_is_the_closed_form():
    found = misfit(Aggregate(np.array([1.0, 0.0]), np.diag([1.0, 4.0])))
    assert found.kl == pytest.approx(0.5 * (1 + 4 + 1 - 2 - np.log(4)))
    assert found.unit == 1


def test_the_misfit_sees_correlation():
    found = misfit(Aggregate(np.zeros(2), np.array([[1.0, 0.6], [0.6, 1.0]])))
    assert (found.kl, found.pair, found.correlation) == (pytest.approx(-0.5 * np.log(1 - 0.36)), (0, 1), 0.6)


def test_an_aggregate_beside_the_prior_is_said_with_what_it_costs():
    far = case([0.91, 2.0], [0.3, 0.5])
    found = only(aggregate_fit(far))
    kl = misfit(aggregate_posterior(far.latents)).kl
    assert f"At least {kl:.1f} of the rate's {far.rate:.1f} nats" in found.sentence
    assert "unit 1 strays most, with mean 0.00 and standard deviation 1.50" in found.sentence
    assert not list(aggregate_fit(case([0.91, 0.9], [0.3, 0.5])))


def test_overfitting_is_the_part_of_what_was_won_that_is_lost():
    trained = {"nll": 180.0, "rate": SOUND.rate}
    found = only(overfitting(SOUND._replace(history=(trained,))))
    won = BOUNDS.mean_image_nll - 180 - SOUND.rate
    assert f"Of the {won:.1f} nats that it won in training" in found.sentence
    assert f"{2000 / won:.0f} % are lost on new images" in found.sentence
    assert "is not known" in found.sentence


@pytest.mark.parametrize("trained", [192.0, 205.0])
def test_a_small_gap_is_no_overfitting(trained):
    assert not list(overfitting(SOUND._replace(history=({"nll": trained, "rate": SOUND.rate},))))


def test_overfitting_needs_images_and_a_test_split():
    history = ({"nll": 150.0, "rate": SOUND.rate},)
    assert not list(overfitting(SOUND._replace(history=history, bounds=None)))
    held = case([0.91], [0.3], train=TrainConfig(held_out=3), history=history)
    assert not list(overfitting(held))


def test_a_slip_is_said_alone():
    silent = case([1e-6, 1e-6], [1.0, 1.0], nll=300.0)
    assert [finding.kind for finding in of_model(silent)] == ["pixel-mean"]
    assert [finding.kind for finding in of_model(silent._replace(bounds=None))] == ["collapsed-units"]
