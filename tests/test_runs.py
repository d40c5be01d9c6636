"""Runs that were interrupted go on bit for bit; what cannot go on is refused in one sentence."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy

from vae_explorer import checkpoints, folders, runs
from vae_explorer.checkpoints import HISTORY, STATE, WEIGHTS
from vae_explorer.checkpoints.folder import config_bytes
from vae_explorer.checkpoints.latents_npz import LATENTS
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.errors import CheckpointError, InvalidSetting, UnknownName
from vae_explorer.presets import LINEAR, SYSTEMS
from vae_explorer.run_settings import RunSettings
from vae_explorer.runs import continuation
from vae_explorer.training.watched_images import Figures, WatchedImages

pytestmark = [pytest.mark.thorough, pytest.mark.usefixtures("small_critic")]

EPOCHS = 4
MLP = ModelConfig("mlp", (1, 28, 28), 3, (16,))
CONV = ModelConfig("conv", (1, 28, 28), 3, (16,), (4, 8))
KINDS = {
    "mlp": (MLP, {}),
    "conv": (CONV, {"annealing": "cyclical", "beta": 4.0}),
    "burgess": (ModelConfig("burgess", (1, 28, 28), 3, (16,), (4, 4, 8, 8)), {"schedule": "cosine"}),
    "factor-vae": (MLP, {"objective": "factor-vae", "beta": 5.0}),
    "factor-vae-conv": (CONV, {"objective": "factor-vae", "beta": 5.0}),
    "vamp": (replace(MLP, prior="vamp", components=5), {}),
    "mixture": (replace(CONV, prior="mixture", components=5), {"objective": "iwae", "importance_samples": 3}),
    "cvae": (replace(MLP, classes=10), {"held_out": 3}),
    "cvae-conv": (replace(CONV, classes=10), {"objective": "capacity", "capacity": 3.0, "annealing": "warm-up"}),
    "ae": (replace(MLP, scale="none"), {"objective": "ae"}),
    "pca": (ModelConfig("linear", (1, 28, 28), 3, (), scale="none", likelihood="gaussian"), {"objective": "pca"}),
    "learned-variance": (replace(MLP, likelihood="gaussian-learned", scale="sigma"), {"start": "plain"}),
    "relu-heads": (replace(MLP, scale="sigma", heads="relu"), {"per_pixel": True, "start": "plain"}),
    "chosen": (MLP, {"validation": 0.1, "keep": "best", "patience": 3, "lr": 1e-6, "start": "plain"}),
    "drawn anew": (MLP, {"redraw": True}),
    "bf16": (MLP, {"precision": "bf16", "objective": "beta-tcvae"}),
}


class Interrupted(Exception):
    """Stands for whatever ends a run between two epochs."""


def planned(kind: str, folder: Path) -> runs.Plan:
    model, settings = KINDS[kind]
    train = TrainConfig.of(**{"epochs": EPOCHS, "batch_size": 240, "seed": 7} | settings)
    return runs.Plan("mlp-z2", "digits", model, train, folder)


def stop_after(epoch: int):
    def report(progress, epochs):
        if progress.epoch == epoch:
            raise Interrupted

    return report


def silent(progress, epochs):
    pass


def cut(kind: str, folder: Path, epoch: int) -> checkpoints.Checkpoint:
    """A run that was interrupted when this epoch had been saved."""
    with pytest.raises(Interrupted):
        runs.execute(planned(kind, folder), None, stop_after(epoch))
    return checkpoints.open_checkpoint(folder)


def figures(folder: Path) -> tuple[bytes, bytes, list[dict]]:
    """Weights, latents and history, the last without its seconds."""
    history = [json.loads(line) for line in (folder / HISTORY).read_text().splitlines()]
    for line in history:
        del line["seconds"]
    return (folder / WEIGHTS).read_bytes(), (folder / LATENTS).read_bytes(), history


@pytest.mark.parametrize("kind", KINDS)
def test_a_resumed_run_equals_an_uninterrupted_one(kind, tmp_path):
    whole, folder = tmp_path / "whole", tmp_path / "cut"
    runs.execute(planned(kind, whole), None, silent)
    opened = cut(kind, folder, 1)
    assert (opened.recipe.epoch, STATE in opened.files, LATENTS in opened.files) == (1, True, False)
    with pytest.raises(Interrupted):
        runs.execute(runs.resumption(folder, {}), None, stop_after(3))
    assert checkpoints.open_checkpoint(folder).recipe.epoch == 3
    finished, measured = runs.execute(runs.resumption(folder, {}), None, silent)
    assert figures(folder) == figures(whole)
    assert (finished.recipe.epoch, STATE in finished.files) == (EPOCHS, False)
    assert (measured.n, measured.split) == (360, "test")


def test_the_clock_goes_on(tmp_path):
    folder = tmp_path / "cut"
    before = cut("mlp", folder, 2).recipe.seconds
    finished, _ = runs.execute(runs.resumption(folder, {}), None, silent)
    seconds = [line["seconds"] for line in checkpoints.read_history(finished)]
    assert seconds[1] == before
    assert seconds == sorted(seconds)
    assert finished.recipe.seconds == seconds[-1]


def test_a_run_cut_before_it_was_measured_is_only_measured(tmp_path):
    whole, folder = tmp_path / "whole", tmp_path / "cut"
    runs.execute(planned("mlp", whole), None, silent)
    assert cut("mlp", folder, EPOCHS).recipe.epoch == EPOCHS
    epochs = []
    runs.execute(runs.resumption(folder, {}), None, lambda progress, _: epochs.append(progress.epoch))
    assert (epochs, figures(folder)) == ([], figures(whole))


def test_another_generator_state_is_another_run(tmp_path):
    """What the comparison above would miss if draws did not come from the kept state."""
    whole, folder = tmp_path / "whole", tmp_path / "cut"
    runs.execute(planned("mlp", whole), None, silent)
    opened = cut("mlp", folder, 2)
    first = checkpoints.read_state(cut("mlp", tmp_path / "other", 1))
    reseal(opened, checkpoints.read_state(opened) | {"generator": first["generator"]})
    runs.execute(runs.resumption(folder, {}), None, silent)
    assert figures(folder)[0] != figures(whole)[0]


def test_what_shaped_a_run_may_be_repeated_but_not_changed(tmp_path):
    cut("cvae-conv", tmp_path / "cut", 1)
    same = runs.resumption(tmp_path / "cut", {"objective": "capacity", "epochs": EPOCHS, "latent_dim": 3})
    assert (same.train, same.model) == (planned("cvae-conv", same.folder).train, KINDS["cvae-conv"][0])
    assert (same.stages, continuation.told(same)) == ((), "")
    for given, sentence in (
        ({"seed": 8}, "started with seed 7, not 8"),
        ({"latent_dim": 4}, "started with latent_dim 3, not 4"),
        ({"prior": "mixture"}, "started with prior normal, not mixture"),
        ({"validation": 0.1}, "started with validation 0.0, not 0.1"),
        ({"keep": "best"}, "holds no images out"),
        ({"epochs": 0}, "epochs must be"),
        ({"lr": -1.0}, "lr must be"),
        ({"beta": -1.0}, "beta must be"),
    ):
        with pytest.raises(InvalidSetting, match=sentence):
            runs.resumption(tmp_path / "cut", given)


def test_a_finished_run_needs_more_epochs_and_an_absent_one_is_refused(tmp_path):
    runs.execute(planned("mlp", tmp_path / "whole"), None, silent)
    with pytest.raises(CheckpointError, match="whole is finished; to train it further, give epochs above 4"):
        runs.resumption(tmp_path / "whole", {})
    with pytest.raises(InvalidSetting, match="has come to epoch 4 already; give epochs from 5 on"):
        runs.resumption(tmp_path / "whole", {"epochs": 4})
    with pytest.raises(CheckpointError, match="There is no folder nowhere"):
        runs.resumption(tmp_path / "nowhere", {})


def test_a_run_goes_on_in_another_way_and_says_how_every_epoch_was_trained(tmp_path):
    folder = tmp_path / "run"
    cut("mlp", folder, 2)
    changed = runs.resumption(folder, {"epochs": 3, "lr": 1e-4, "beta": 4.0})
    assert continuation.told(changed) == (
        "Epoch 3 is trained with lr 0.0001 instead of 0.003, β 4 instead of 1 and a schedule to epoch 3 instead of 4: "
        "not bit for bit what one uninterrupted run would be."
    )
    finished, _ = runs.execute(changed, None, silent)
    further = runs.resumption(folder, {"epochs": 4, "threads": 2})
    assert "threads 2 instead of 1, Adam's moments from zero and new draws" in continuation.told(further)
    with pytest.raises(Interrupted):
        runs.execute(replace(further, train=replace(further.train, epochs=5)), None, stop_after(4))
    plain = runs.resumption(folder, {})
    assert (continuation.told(plain), plain.threads) == ("", 2)
    whole, _ = runs.execute(plain, None, silent)
    assert [line["beta"] for line in checkpoints.read_history(whole)] == [1.0, 1.0, 4.0, 4.0, 4.0]
    assert (finished.recipe.beta, whole.recipe.epoch) == (4.0, 5)
    assert whole.recipe.course == (
        "epochs 1–2: lr 0.003, β 1, a schedule to epoch 4, threads 1; "
        "epoch 3: lr 0.0001, β 4, a schedule to epoch 3, threads 1; "
        "epochs 4–5: lr 0.0001, β 4, a schedule to epoch 5, threads 2"
    )
    chosen = replace(whole.recipe, epoch=whole.recipe.stages[-1].last)
    assert chosen.course == whole.recipe.course.rpartition("; ")[0].replace(", threads 1", ""), "none of the last stage"


def test_a_run_goes_on_from_the_epoch_that_was_kept(tmp_path, monkeypatch):
    nlls = iter([300.0, 290.0, 280.0, 285.0, 284.0, 286.0, 280.0, 270.0])
    seen = Figures(0.0, 5.0, 5.0, 0.0, 0.0)
    monkeypatch.setattr(WatchedImages, "figures", lambda self, model: seen._replace(nll=next(nlls)))
    plan = planned("chosen", tmp_path / "run")
    kept, _ = runs.execute(replace(plan, train=replace(plan.train, patience=0)), None, silent)
    assert (kept.recipe.epoch, kept.recipe.ended) == (2, 4)
    trained = []
    again = runs.resumption(tmp_path / "run", {"epochs": 3})
    further, _ = runs.execute(again, None, lambda progress, _: trained.append(progress.epoch))
    assert (trained, further.recipe.epoch, further.recipe.ended) == ([3], 3, None)
    assert [line["epoch"] for line in checkpoints.read_history(further)] == [1, 2, 3]


def test_a_run_of_another_device_goes_on_with_its_moments_and_new_draws(tmp_path):
    """The generators of two devices have states of different sizes."""
    opened = cut("mlp", tmp_path / "cut", 1)
    recipe, state = replace(opened.recipe, device="cuda"), checkpoints.read_state(opened)
    checkpoints.save(
        opened.folder,
        recipe,
        checkpoints.read_weights(opened),
        checkpoints.read_history(opened),
        state=state | {"generator": np.zeros(16, np.uint8)},
    )
    moved = runs.resumption(opened.folder, {"device": "cpu"})
    assert "on cpu instead of cuda" in continuation.told(moved)
    assert runs.execute(moved, None, silent)[0].recipe.course.startswith("epoch 1: on cuda; epochs 2–4: on cpu")


def reseal(opened: checkpoints.Checkpoint, state: dict[str, np.ndarray]) -> None:
    """Another state with a seal that is right."""
    contents = {name: (opened.folder / name).read_bytes() for name in opened.files}
    contents[STATE] = safetensors.numpy.save(state)
    config = config_bytes(opened.recipe, contents)
    folders.write_folder(opened.folder, {checkpoints.CONFIG: config, **contents})


@pytest.mark.parametrize("damage", ["truncated", "corrupt", "missing"])
def test_a_damaged_state_is_named(tmp_path, damage):
    path = cut("mlp", tmp_path / "cut", 1).folder / STATE
    data = path.read_bytes()
    middle = len(data) // 2
    flipped = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(data[:-1] if damage == "truncated" else flipped)
    with pytest.raises(CheckpointError, match=rf"training\.safetensors is {damage}"):
        runs.resumption(tmp_path / "cut", {})


STRANGE = {
    "no generator": lambda state: {name: value for name, value in state.items() if name != "generator"},
    "short generator": lambda state: state | {"generator": state["generator"][:-8]},
    "other generator": lambda state: state | {"generator": state["generator"].astype(np.float32)},
    "empty generator": lambda state: state | {"generator": np.zeros_like(state["generator"])},
    "no moments": lambda state: {name: value for name, value in state.items() if "exp_avg" not in name},
    "other shapes": lambda state: state | {"adam.0.exp_avg": np.zeros((2, 2), np.float32)},
    "no clock": lambda state: {name: value for name, value in state.items() if name != "clock"},
    "mad clock": lambda state: state | {"clock": np.array([np.nan, 1.0])},
    "clock before the start": lambda state: state | {"clock": np.array([-5.0, 1.0])},
    "clock after the end": lambda state: state | {"clock": np.array([1e9, 1.0])},
    "whole steps": lambda state: state | {"adam.0.step": np.array(1)},
    "wide moments": lambda state: state | {"adam.0.exp_avg": state["adam.0.exp_avg"].astype(float)},
    "nothing": lambda state: {"nothing": np.zeros(1)},
}


@pytest.mark.parametrize("change", STRANGE.values(), ids=STRANGE)
def test_a_state_that_does_not_fit_is_refused_and_harms_nothing(change, tmp_path):
    opened = cut("mlp", tmp_path / "cut", 1)
    reseal(opened, change(checkpoints.read_state(opened)))
    resealed = checkpoints.open_checkpoint(opened.folder)
    with pytest.raises(CheckpointError, match="does not fit the model; train again"):
        runs.execute(runs.resumption(opened.folder, {}), None, silent)
    assert checkpoints.open_checkpoint(opened.folder) == resealed


def test_a_discriminator_that_does_not_fit_is_refused(tmp_path):
    opened = cut("factor-vae", tmp_path / "cut", 1)
    state = checkpoints.read_state(opened)
    name = next(name for name in state if name.startswith("critic."))
    reseal(opened, state | {name: np.zeros((1, 1), np.float32)})
    with pytest.raises(CheckpointError, match="does not fit the model; train again"):
        runs.execute(runs.resumption(opened.folder, {}), None, silent)


def test_measuring_keeps_an_interrupted_run_resumable(tmp_path, digits):
    whole, folder = tmp_path / "whole", tmp_path / "cut"
    runs.execute(planned("vamp", whole), None, silent)
    opened = cut("vamp", folder, 2)
    measured, _ = runs.measure(folder, opened.recipe, digits)
    assert {STATE, LATENTS} <= set(measured.files)
    runs.execute(runs.resumption(folder, {}), None, silent)
    assert figures(folder) == figures(whole)


def test_figures_that_are_no_numbers_are_not_written(tmp_path, digits):
    opened = cut("mlp", tmp_path / "cut", 1)
    weights = {name: np.full_like(value, np.nan) for name, value in checkpoints.read_weights(opened).items()}
    ruined = checkpoints.save(opened.folder, opened.recipe, weights, checkpoints.read_history(opened))
    with pytest.raises(CheckpointError, match="not finite"):
        runs.measure(ruined.folder, ruined.recipe, digits)
    assert checkpoints.open_checkpoint(ruined.folder) == ruined


def test_a_held_out_class_is_kept_from_training_alone(tmp_path, digits_train):
    plan = planned("cvae", tmp_path / "run")
    smaller = replace(plan, train=replace(plan.train, batch_size=64, epochs=1))
    finished, measured = runs.execute(smaller, None, silent)
    images = checkpoints.read_history(finished)[-1]["images"]
    assert images == (digits_train.labels != 3).sum() // 64 * 64
    assert measured.n == 360


def test_a_plan_takes_the_presets_loss_and_says_what_was_changed(tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path))
    mse = runs.plan(RunSettings("mlp-256-64-z10-mse", "digits"))
    assert (mse.train.per_pixel, mse.model.likelihood, mse.model.scale) == (True, "gaussian", "sigma")
    plain = runs.plan(RunSettings("ae-burgess-z10", "digits", {"seed": 3}))
    assert (plain.train.objective, plain.model.scale) == ("ae", "none")
    assert plain.folder == tmp_path / "digits-ae-burgess-z10-s3"
    conditional = runs.plan(RunSettings("cvae-mlp-z2", "digits", {"beta": 4.0}, {"latent_dim": 5}))
    assert conditional.model.classes == 10
    assert conditional.folder.name == "digits-cvae-mlp-z2-z5-b4-s0"
    systems = SYSTEMS | LINEAR
    assert len({runs.plan(RunSettings(name, "digits")).folder for name in systems}) == len(systems)
    with pytest.raises(UnknownName):
        runs.plan(RunSettings("mlp-z2", "imagenet"))
    with pytest.raises(InvalidSetting, match="letters, digits"):
        runs.plan(RunSettings("mlp-z2", "digits"), tmp_path / "bad name!")
    assert list(tmp_path.iterdir()) == []
