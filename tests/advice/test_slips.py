import math

import pytest

from tests.advice.cases import BOUNDS, case
from vae_explorer.advice.slips import slips
from vae_explorer.config import TrainConfig


def named(made) -> list[str]:
    return [finding.kind for finding in slips(made)]


COLLAPSED = {"variances": [1e-6, 1e-6], "sigma": [1.0, 1.0], "nll": 300.0}


def test_a_collapse_where_a_code_pays_is_a_mean_over_pixels():
    (found,) = slips(case(**COLLAPSED))
    assert found.kind == "pixel-mean"
    assert "a code pays on these images up to a β of about 30" in found.sentence
    assert "it makes β 784" in found.sentence


@pytest.mark.parametrize(("beta", "said"), [(14.0, ["pixel-mean"]), (16.0, [])])
def test_a_collapse_near_the_critical_beta_is_its_own(beta, said):
    assert named(case(**COLLAPSED, train=TrainConfig(beta=beta))) == said


def test_without_images_no_collapse_is_blamed():
    assert named(case(**COLLAPSED, bounds=None)) == []


def test_codes_off_scale_with_no_sigma_have_no_kl():
    assert named(case([4.0, 5.0], [0.01, 0.01])) == ["missing-kl"]
    assert named(case([4.0, 5.0], [0.2, 0.2])) == []  # not sharp enough
    assert named(case([1.5, 1.4], [0.01, 0.01])) == []  # not off enough


def test_sigma_read_as_log_variance():
    read = math.exp(0.5 * 0.3)  # σ is 0.3
    (found,) = slips(case([0.91, 0.91], [read, read]))
    assert found.kind == "misread-scale"
    assert found.sentence.startswith("The second head looks like σ itself, but is read as log σ²")
    assert found.numbers["read_otherwise"] == pytest.approx(1.0, abs=0.01)


def test_log_variance_read_as_sigma():
    read = 2.4  # log σ² is −2.4, and σ² 0.09
    assert named(case([0.91, 0.91], [read, read], model={"scale": "sigma"})) == ["misread-scale"]
    assert named(case([0.91, 0.91], [0.3, 0.3], model={"scale": "sigma"})) == []


def test_informative_units_with_sigma_one_were_not_drawn():
    history = ({"nll": 150.0},)
    assert named(case([0.3, 0.2], [1.0, 1.0], history=history)) == ["missing-noise"]
    assert named(case([0.3, 0.2], [0.95, 1.0], history=history)) == []
    assert named(case([0.3, 0.2], [1.0, 1.0], history=({"nll": 250.0},))) == []


def test_an_nll_on_the_floor_of_two_sigmoids():
    made = case([0.91, 0.91], [0.3, 0.3], nll=800.0, history=({"nll": 600.0}, {"nll": 520.0}))
    (found,) = slips(made)
    assert found.kind == "second-sigmoid"
    assert "its least in training is 520.0 nats, above the mean image's 300.0 and close to 500.0" in found.sentence
    assert named(made._replace(history=({"nll": 400.0},))) == []
    inside = BOUNDS._replace(twice_nll=290.0)  # where the mean image is no better, nothing can be told
    assert named(made._replace(bounds=inside)) == []


@pytest.mark.parametrize(
    "settings",
    [{"model": {"prior": "mixture", "components": 2}}, {"model": {"heads": "relu"}}, {"train": TrainConfig(beta=0.01)}],
)
def test_what_no_kl_holds_at_one_is_not_judged(settings):
    assert named(case([4.0, 5.0], [0.01, 0.01], **settings)) == []
