"""Models of one β on the curve of a multi-rate network that stands beside them."""

from dataclasses import replace

import numpy as np
import pytest

from tests.advice.cases import family_member
from tests.kinds import KINDS, save_kind
from vae_explorer.advice import CASES, of_group, of_model
from vae_explorer.advice.case import Case
from vae_explorer.checkpoints import catalogue
from vae_explorer.latents.beta_latents import BetaCurve

CURVE = BetaCurve(np.array([0.25, 1.0, 4.0]), np.array([20.0, 10.0, 4.0]), np.array([80.0, 100.0, 140.0]))


def net(**training) -> Case:
    made = family_member(1.0, 100.0, 10.0, name="net")
    model = replace(made.recipe.model, multi_rate="0.25,4")
    recipe = replace(made.recipe, model=model, train=replace(made.recipe.train, **training))
    return made._replace(recipe=recipe, curve=CURVE)


def test_a_model_beside_a_network_gets_the_beta_that_it_weighed():
    (found,) = of_group([net(), family_member(1.0, 140.0, 4.0, name="heavy")])
    assert found.sentence.startswith("The loss of heavy weighed the rate as β 4 does; its recipe says β 1.")
    assert "off the curve of net, measured at 3 β's from 0.25 to 4" in found.sentence
    assert found.numbers["equivalent_beta"] == pytest.approx(4.0)
    assert found.view.parameters["models"] == "heavy,net"


@pytest.mark.parametrize("training", [{"objective": "beta-tcvae"}, {"held_out": 3}])
def test_a_network_of_another_loss_or_yardstick_is_no_measure(training):
    assert of_group([net(**training), family_member(1.0, 140.0, 4.0)]) == ()


def test_the_curve_of_a_checkpoint_is_read_and_a_view_of_it_has_none(tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    made = CASES.get(save_kind(tmp_path / "net", KINDS["multi-rate"]))
    assert made.curve is not None
    assert len(made.curve.beta) == 37
    assert CASES.get(catalogue.find("net@2")).curve is None


def test_a_network_has_its_own_knee_which_opens_there():
    found = next(finding for finding in of_model(net()) if finding.kind == "knee")
    assert found.sentence.startswith(
        "The knee of the network's 3 β's is β 1: from β 0.25 to 1 you pay 20.0 nats of nll"
    )
    assert found.view.parameters["model"] == "net@1"


def test_a_straight_network_has_none():
    straight = CURVE._replace(nll=np.array([80.0, 90.0, 96.0]))
    assert "knee" not in [finding.kind for finding in of_model(net()._replace(curve=straight))]
