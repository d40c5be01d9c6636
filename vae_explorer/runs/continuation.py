"""What a run that was interrupted, or is finished, goes on with: as it was, or in another way from here on."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from vae_explorer import betas, checkpoints
from vae_explorer.checkpoints import STATE, Checkpoint
from vae_explorer.checkpoints.recipe import Recipe
from vae_explorer.checkpoints.stages import PLACE, Stage, difference
from vae_explorer.config import TrainConfig
from vae_explorer.errors import CheckpointError, require
from vae_explorer.run_settings import COURSE
from vae_explorer.runs.plans import Plan

SETTINGS = (*COURSE, "beta", *PLACE)


def resumption(folder: Path, given: Mapping[str, Any]) -> Plan:
    """The plan of a run that goes on: bit for bit where it was interrupted and nothing given differs.

    given: settings by name. Those of SETTINGS may differ from what they were, all others may only be repeated.

    Raises:
        CheckpointError: when the folder holds no run, or a finished one that is given no more epochs.
        InvalidSetting: when another setting differs from the run's, or a value is out of bounds.
    """
    checkpoint = checkpoints.open_checkpoint(folder)
    recipe = checkpoint.recipe
    require(recipe.imported is None, f"{checkpoint.id} was trained elsewhere, nobody knows how; it cannot go on here.")
    _require_repeated(checkpoint, given)
    choice = any(given.get(name, usual) != usual for name, usual in (("keep", "last"), ("patience", 0)))
    none = f"{checkpoint.id} holds no images out to choose an epoch by; start another run for that."
    require(recipe.train.validation > 0 or not choice, none)
    train = replace(recipe.train, **{name: given[name] for name in COURSE if name in given})
    _require_epochs(checkpoint, train, "epochs" in given)
    beta = given.get("beta", recipe.beta)
    if beta != recipe.beta:
        betas.require_beta(train, beta)
    place = {name: given.get(name, getattr(recipe, name)) for name in PLACE}
    if "compiled" not in given and place["device"] != recipe.device:
        place["compiled"] = place["device"] == "cuda"
    source = recipe.preset, recipe.dataset, recipe.model, train, folder
    planned = Plan(*source, **place, resumed=checkpoint, beta=None if beta == recipe.beta else beta)
    return replace(planned, stages=_stages(planned, recipe))


def told(planned: Plan) -> str:
    """Why a run that goes on is not bit for bit an uninterrupted one; empty where it is."""
    before = planned.stages[-1] if planned.stages else None
    if planned.resumed is None or before is None or before.last != planned.resumed.recipe.epoch:
        return ""
    return difference(before, _now(planned, planned.resumed.recipe))


def _require_repeated(checkpoint: Checkpoint, given: Mapping[str, Any]) -> None:
    recipe = checkpoint.recipe
    known = {**recipe.model.to_dict(), **recipe.train.to_dict(), "preset": recipe.preset, "dataset": recipe.dataset}
    for name, value in given.items():
        same = name in SETTINGS or known[name] == value
        require(
            same,
            f"{checkpoint.id} was started with {name} {known.get(name)}, not {value}, and keeps that; leave it out, or "
            "start another run.",
        )


def _require_epochs(checkpoint: Checkpoint, train: TrainConfig, given: bool) -> None:
    epoch, finished = checkpoint.recipe.epoch, STATE not in checkpoint.files
    if finished and not given:
        raise CheckpointError(f"{checkpoint.id} is finished; to train it further, give epochs above {epoch}.")
    least = epoch + finished
    require(train.epochs >= least, f"{checkpoint.id} has come to epoch {epoch} already; give epochs from {least} on.")


def _stages(planned: Plan, recipe: Recipe) -> tuple[Stage, ...]:
    """Those of before, and one more where it does not go on as it was."""
    assert planned.resumed is not None
    went_on = STATE in planned.resumed.files
    before, now = recipe.stage(went_on), _now(planned, recipe)
    ended = recipe.stages[-1].last if recipe.stages else 0
    same = went_on and before._replace(last=0) == now._replace(last=0)
    return recipe.stages if same or ended == recipe.epoch else (*recipe.stages, before)


def _now(planned: Plan, recipe: Recipe) -> Stage:
    train, beta = planned.train, recipe.beta if planned.beta is None else planned.beta
    place = {name: getattr(planned, name) for name in PLACE}
    return Stage(train.epochs, train.epochs, train.lr, beta, **place, went_on=True)
