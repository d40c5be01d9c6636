"""What is said of a run is what its trace holds, and nothing while there is too little to go by."""

import re

import numpy as np
import pytest

from vae_explorer import models
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.journal import trace
from vae_explorer.journal.recorder import Journal
from vae_explorer.journal.remarks import MOST, Remark, explain
from vae_explorer.training.trainer import Trainer
from vae_explorer.training.validation import Validation
from vae_explorer.training.windows import Window

EPOCH = 100
"""Steps in an epoch of these traces, ten of them a line."""


def story(units: list[np.ndarray] | None, nll: np.ndarray, beta: np.ndarray | None = None) -> list[Window]:
    """A trace of as many lines as there are values, from the KL of each unit."""
    rows = None if units is None else np.array(units).T
    weights = np.ones(len(nll)) if beta is None else beta
    found = []
    for place, (figure, weight) in enumerate(zip(nll.tolist(), weights.tolist(), strict=True), 1):
        kl = None if rows is None else tuple(rows[place - 1].tolist())
        rate = None if kl is None else sum(kl)
        loss = figure + weight * (rate or 0)
        found.append(Window(10 * place, 10 * place / EPOCH, 0.1 * place, weight, loss, figure, rate, kl))
    return found


def level(value: float, n: int = 60) -> np.ndarray:
    return np.full(n, value)


def step_up(place: int, low: float, high: float, n: int = 60) -> np.ndarray:
    """Low in the lines before the place, high from there on."""
    return np.where(np.arange(1, n + 1) < place, low, high)


def sentences(lines: list[Window]) -> list[str]:
    return [remark.sentence for remark in explain(lines)]


def test_too_little_is_not_explained():
    assert explain([]) == []
    assert explain(story([level(0.001, 2)], level(100.0, 2))) == []
    assert explain(story([level(0.001, 9)], level(100.0, 9))) == [], "empty as all units are in the first epoch"


def looked(trained: np.ndarray, seen: np.ndarray) -> list[Window]:
    """A trace of one line an epoch, with what unseen images have at its end."""
    found = []
    for epoch, (line, nll) in enumerate(zip(story(None, trained), seen.tolist(), strict=True), 1):
        found.append(line._replace(epoch=epoch, validation=Validation(nll, None, "test", 71)))
    return found


def test_a_gap_that_grows_is_told_and_one_that_training_runs_ahead_of_is_not():
    told = sentences(looked(280 - np.arange(30.0), 282 - 0.5 * np.arange(30)))
    assert "The gap in nll between 71 test images and training grew from 3.0 (epoch 3) to 16.0 nats." in told[0]
    assert "overfits" not in told[0]
    worse = sentences(looked(280 - np.arange(30.0), 282 + 0.5 * np.arange(30)))
    assert any("Theirs was lowest in epoch 3: since then it overfits." in sentence for sentence in worse)
    falling = 300 * 0.7 ** np.arange(30.0)
    ahead = looked(100 + (np.append(falling[0], falling[:-1]) + falling) / 2, 101 + falling)
    assert not any("gap" in sentence for sentence in sentences(ahead))


def test_units_that_wake_up_together_are_told_with_the_rate():
    units = [step_up(20, 0.03, 3.0), step_up(30, 0.03, 4.0), step_up(50, 0.02, 1.0)]
    found = explain(story(units, level(100.0)))
    assert Remark(300, "Units 0 and 1 became active by step 300, when the rate rose from 0.1 to 7.0 nats.") in found
    assert Remark(500, "Unit 2 became active by step 500, when the rate rose from 7.0 to 8.0 nats.") in found


def test_units_are_told_with_the_names_that_they_have():
    units = [level(2.0), step_up(41, 1.0, 0.004), step_up(41, 1.0, 0.004)]
    said = [remark.sentence for remark in explain(story(units, level(100.0)), {1: "x position"})]
    assert any(sentence.startswith("Units 1 (x position) and 2 collapsed by step 410") for sentence in said)


@pytest.mark.parametrize(("n", "named"), [(2, "both units"), (5, "all 5 units"), (20, "all 20 units")])
def test_all_units_need_no_names(n, named):
    found = sentences(story([step_up(20, 0.02, 1.0)] * n, level(100.0)))
    assert any(f"{named[0].upper()}{named[1:]} became active by step 200, " in sentence for sentence in found)


def test_many_units_are_counted():
    units = [step_up(20, 0.02, 1.0)] * 9 + [level(0.02)]
    assert any("9 of 10 units became active" in sentence for sentence in sentences(story(units, level(100.0))))


def test_a_unit_that_collapses_and_stays_so_is_told_at_its_step():
    units = [level(2.0), step_up(41, 1.0, 0.004)]
    found = explain(story(units, level(100.0)))
    assert Remark(410, "Unit 1 collapsed at step 410: its KL stays below 0.01 nats.") in found
    both = [level(2.0), step_up(41, 1.0, 0.004), step_up(43, 1.0, 0.004), step_up(30, 0.5, 0.002)]
    said = "Units 1, 2 and 3 collapsed by step 430: their KL stays below 0.01 nats."
    assert Remark(430, said) in explain(story(both, level(100.0)))
    back = [level(2.0), np.concatenate([step_up(41, 1.0, 0.004, 58), [1.0, 1.0]])]
    assert not any("collapsed" in sentence for sentence in sentences(story(back, level(100.0))))
    late = [level(2.0), step_up(59, 1.0, 0.004)]
    assert not any("collapsed" in sentence for sentence in sentences(story(late, level(100.0)))), "two lines only"


def test_units_that_never_carried_anything_are_told_once():
    units = [level(2.0), step_up(5, 0.03, 0.002), level(0.001)]
    found = sentences(story(units, level(100.0)))
    assert "Units 1 and 2 have carried nothing so far: KL below 0.01 nats." in found
    assert not any("collapsed" in sentence for sentence in found)


@pytest.mark.parametrize(("n", "who"), [(1, "the only unit"), (3, "every unit")])
def test_a_posterior_that_collapses_is_said_of_all_units(n, who):
    found = explain(story([step_up(30, 1.0, 0.002)] * n, level(100.0)))
    said = f"Since step 300, {who} carries nothing (KL below 0.01 nats): posterior collapse."
    assert [remark for remark in found if "nll" not in remark.sentence] == [Remark(300, said)]


def test_the_nll_falls_rises_or_has_levelled_off():
    units = [level(2.0)]
    falling = 100.0 - 0.1 * np.arange(60)
    assert sentences(story(units, falling))[0] == "The nll falls by 1 nats per epoch; it is at 94.5 nats."
    assert "The nll rises by 1 nats per epoch; it is at 105.5 nats." in sentences(story(units, 200 - falling))
    said = "The nll has levelled off at 100.0 nats: it hardly moved over the last epoch."
    assert said in sentences(story(units, level(100.0)))
    long = sentences(story([level(2.0, 600)], level(100.0, 600)))
    assert "The nll has levelled off at 100.0 nats: it hardly moved over the last 6 epochs." in long
    assert sentences(story(units, falling)[:19]) == [], "two whole epochs are needed"


def test_a_loss_that_rises_is_said_before_anything_else():
    found = sentences(story([level(2.0)], 100.0 + np.arange(60)))
    assert re.fullmatch(r"The training loss rose by \d+\.\d % over the last epoch\.", found[0])
    assert not any("loss" in sentence for sentence in sentences(story([level(2.0)], 200.0 - np.arange(60))))


def test_a_change_of_beta_is_told_with_what_it_did():
    nll, kl = step_up(31, 80.0, 90.0), step_up(31, 9.0, 4.0)
    found = explain(story([kl], nll, step_up(31, 1.0, 4.0)))
    said = "β was changed from 1 to 4 at step 300: the rate went from 9.0 to 4.0, the nll went from 80.0 to 90.0 nats."
    assert Remark(300, said) in found
    near = story([kl], nll, step_up(31, 1.0, 4.0))[:35]
    assert not any(sentence.startswith(("The nll", "The loss")) for sentence in sentences(near)), "the change did that"


def test_the_latest_come_first_and_there_are_never_many():
    betas = np.repeat(np.arange(1.0, 11.0), 6)
    found = explain(story([level(2.0)], level(100.0), betas))
    assert len(found) == MOST
    assert [remark.step for remark in found] == sorted((remark.step for remark in found), reverse=True)


def test_a_plain_autoencoder_and_a_learned_prior_are_told_by_what_they_have():
    assert sentences(story(None, level(100.0))) == [
        "The nll has levelled off at 100.0 nats: it hardly moved over the last epoch."
    ]


def test_a_real_run_wakes_its_units_and_collapses_under_a_high_beta(digits, tmp_path):
    """On the digits, β from 1 to 1,000: whatever had woken up is empty in the end."""
    config = ModelConfig("mlp", (1, 28, 28), 3, (32,))
    trainer = Trainer(models.build(config), digits, TrainConfig(epochs=120, batch_size=60, schedule="constant"))
    journal, awake = Journal(tmp_path), list[str]()
    journal.begin(config, digits)
    for _ in trainer.strides():
        journal.look(trainer)
        if trainer.step == 300:
            awake = sentences(trace.read(tmp_path))
            trainer.beta = 1000.0
    found = sentences(trace.read(tmp_path))
    assert any("became active by step" in sentence for sentence in awake)
    assert any("nll falls by" in sentence for sentence in awake)
    assert any("posterior collapse" in sentence for sentence in found)
    assert any(sentence.startswith("β was changed from 1 to 1000 at step") for sentence in found)
