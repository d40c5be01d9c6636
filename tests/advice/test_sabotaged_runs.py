from dataclasses import replace

import pytest

from tests.advice.sabotage import SHAPE, TRAINED, Sabotage, trained
from vae_explorer.advice.case import case_of
from vae_explorer.advice.slips import SLIPS, slips

pytestmark = pytest.mark.thorough

SIGMA = replace(SHAPE, scale="sigma")
SABOTAGED = {
    "pixel-mean": (SHAPE, Sabotage(lambda step, values: (step.nll / 784 + step.rate).mean()), "pixel-mean"),
    "no-kl": (SHAPE, Sabotage(lambda step, values: step.nll.mean()), "missing-kl"),
    "sigma-as-logvar": (SIGMA, Sabotage(claimed_scale="logvar"), "misread-scale"),
    "logvar-as-sigma": (SHAPE, Sabotage(claimed_scale="sigma"), "misread-scale"),
    "two-sigmoids": (SHAPE, Sabotage(twice=True), "second-sigmoid"),
    "no-draw": (SHAPE, Sabotage(noiseless=True), "missing-noise"),
}
HEALTHY = {
    "beta-1": (SHAPE, TRAINED),
    "beta-4": (SHAPE, replace(TRAINED, beta=4.0)),
    "beta-quarter": (SHAPE, replace(TRAINED, beta=0.25)),
    "sigma-head": (SIGMA, replace(TRAINED, seed=1)),
    "two-units-early": (replace(SHAPE, latent_dim=2), replace(TRAINED, epochs=4)),
    "twenty-units": (replace(SHAPE, latent_dim=20), replace(TRAINED, epochs=10, seed=2)),
}


def named(checkpoint) -> list[str]:
    return [finding.kind for finding in slips(case_of(checkpoint))]


@pytest.mark.parametrize("name", SABOTAGED)
def test_a_sabotaged_run_is_named(tmp_path, digits, digits_train, name):
    shape, sabotage, kind = SABOTAGED[name]
    checkpoint = trained(tmp_path / name, (digits_train, digits), shape, sabotage=sabotage)
    assert named(checkpoint) == [kind]


@pytest.mark.parametrize("name", HEALTHY)
def test_a_healthy_run_is_not_accused(tmp_path, digits, digits_train, name):
    shape, train = HEALTHY[name]
    assert named(trained(tmp_path / name, (digits_train, digits), shape, train)) == []


def test_every_slip_has_a_run_that_makes_it():
    assert {kind for _, _, kind in SABOTAGED.values()} == set(SLIPS)
