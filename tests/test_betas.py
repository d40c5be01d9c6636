"""Beta may change while it trains: what it did is part of the run, which repeats itself with it bit for bit."""

import json
from dataclasses import replace

import numpy as np
import pytest

from tests.test_runs import CONV, MLP
from vae_explorer import betas, checkpoints, models
from vae_explorer.checkpoints import Recipe
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.errors import CheckpointError, InvalidSetting
from vae_explorer.training.trainer import Trainer

PLAIN = TrainConfig(epochs=3, batch_size=90)


def trained(images, config: ModelConfig, changes: dict[int, float], given: betas.Betas = (), **settings) -> Trainer:
    """A whole training in which these betas are set after so many steps."""
    trainer = Trainer(models.build(config), images, TrainConfig.of(**PLAIN.to_dict() | settings), betas=given)
    for _ in trainer.strides():
        if trainer.step in changes:
            trainer.beta = changes[trainer.step]
    return trainer


def same(one: Trainer, other: Trainer) -> bool:
    mine, its = models.weights(one.model), models.weights(other.model)
    return all(np.array_equal(mine[name], its[name]) for name in mine)


@pytest.mark.parametrize("config", [MLP, CONV], ids=["mlp", "conv"])
@pytest.mark.parametrize("settings", [{}, {"annealing": "warm-up"}, {"objective": "capacity", "capacity": 3.0}])
def test_a_change_while_it_trains_is_the_same_as_one_given_up_front(config, settings, digits):
    changed = trained(digits, config, {0: 2.0, 3: 9.0, 4: 0.5, 8: 0.5}, **settings)
    assert changed.betas == ((0, 2.0), (3, 9.0), (4, 0.5))
    assert same(changed, trained(digits, config, {}, changed.betas, **settings))
    assert not same(changed, trained(digits, config, {0: 2.0, 3: 9.0, 5: 0.5}, **settings))


def test_a_change_holds_from_the_next_step_and_is_reported_with_its_epoch(digits):
    trainer, found = Trainer(models.build(MLP), digits, PLAIN), []
    for progress in trainer.strides():
        if trainer.step == 6:
            trainer.beta = 7.0
        found += [] if progress is None else [(progress.epoch, progress.beta)]
    assert found == [(1, 1.0), (2, 7.0), (3, 7.0)]


def test_what_is_taken_back_before_a_step_was_made_is_no_change(digits):
    trainer = Trainer(models.build(MLP), digits, PLAIN)
    trainer.beta = 3.0
    trainer.beta = 1.0
    assert trainer.betas == ()
    trainer.beta = 4.0
    assert (trainer.betas, trainer.beta) == (((0, 4.0),), 4.0)


@pytest.mark.parametrize("beta", [-1.0, 1e9, float("nan"), float("inf"), True, "4", None])
def test_a_beta_out_of_bounds_is_refused_and_changes_nothing(beta, digits):
    trainer = Trainer(models.build(MLP), digits, PLAIN)
    with pytest.raises(InvalidSetting, match="beta must be a number from 0 to 10000"):
        trainer.beta = beta
    assert (trainer.beta, trainer.betas) == (1.0, ())


@pytest.mark.parametrize(("objective", "own"), [("iwae", {"importance_samples": 2}), ("ae", {})])
def test_an_objective_without_beta_refuses_any(objective, own, digits):
    config = replace(MLP, scale="none") if objective == "ae" else MLP
    trainer = Trainer(models.build(config), digits, TrainConfig.of(**PLAIN.to_dict() | own | {"objective": objective}))
    for beta in (1.0, 2.0):
        with pytest.raises(InvalidSetting, match=f"The objective {objective} has no beta to change"):
            trainer.beta = beta


def test_changes_are_bounded():
    many: betas.Betas = ()
    for step in range(betas.MOST):
        many = betas.changed(PLAIN, many, step, step + 2.0)
    with pytest.raises(InvalidSetting, match="was changed 1,000 times"):
        betas.changed(PLAIN, many, betas.MOST, 0.5)
    assert betas.changed(PLAIN, many, 999, 0.5)[-1] == (999, 0.5), "in the place of the last"


BAD = {
    "order": [[5, 2.0], [3, 1.0]],
    "twice": [[5, 2.0], [5, 1.0]],
    "before the start": [[-1, 2.0]],
    "a part of a step": [[1.5, 2.0]],
    "out of bounds": [[1, -2.0]],
    "no number": [[1, "2"]],
    "no pairs": [1, 2],
    "three": [[1, 2, 3]],
    "null": None,
}


@pytest.mark.parametrize("name", BAD)
def test_changes_in_a_file_are_checked(name, tiny):
    path = tiny.folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"betas": BAD[name]}))
    with pytest.raises(CheckpointError, match=r"config\.json"):
        checkpoints.open_checkpoint(tiny.folder)


def test_the_beta_of_a_model_is_the_last_one():
    recipe = Recipe(MLP, TrainConfig(beta=2.0), "digits", "mlp-z2", 1, 1.0, 1.0)
    assert recipe.beta == 2.0
    assert replace(recipe, betas=((3, 4.0), (9, 0.5))).beta == 0.5
