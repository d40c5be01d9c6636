"""Epochs are judged by images that nothing is trained on and no score is of; the best of them can be kept."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from tests.commands import TRAIN, answered
from vae_explorer import checkpoints, models, runs
from vae_explorer.checkpoints import STATE
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.datasets.images import ImageSet
from vae_explorer.errors import InvalidSetting
from vae_explorer.run_settings import RunSettings
from vae_explorer.runs import run_images
from vae_explorer.training.best_epoch import BestEpoch
from vae_explorer.training.image_batches import ImageBatches
from vae_explorer.training.validation import Parts, parts
from vae_explorer.training.watched_images import Figures, WatchedImages

MLP = ModelConfig("mlp", (1, 28, 28), 2, (16,))
FIGURES = Figures(0.0, 5.0, 5.0, 0.0, 0.0)


def each(images: ImageSet) -> list[bytes]:
    return [image.tobytes() for image in images.images[:]]


def test_what_is_held_out_is_neither_trained_on_nor_of_the_test_split(digits, digits_train):
    found = parts(digits_train, digits_train, digits, 0.05)
    assert (len(found.train), len(found.watched), found.split) == (1365, 72, "validation")
    held = set(each(found.watched))
    assert not held & {*each(found.train), *each(digits)}
    assert held <= set(each(digits_train))
    assert each(found.watched) == each(parts(digits_train, digits_train, digits, 0.05).watched)


def test_where_nothing_is_chosen_all_are_trained_on_and_some_test_images_watched(digits, digits_train):
    found = parts(digits_train, digits_train, digits, 0.0)
    assert found == Parts(digits_train, found.watched, "test")
    assert each(found.watched) == each(digits)[:71]


@pytest.mark.parametrize("change", [{}, {"scale": "none"}, {"multi_rate": "0.25,16"}, {"classes": 10}], ids=str)
def test_figures_are_those_of_all_images_however_many_at_a_time(digits, change, monkeypatch):
    model = models.build(replace(MLP, **change)).eval()
    whole = WatchedImages(model, digits).figures(model)
    monkeypatch.setattr("vae_explorer.training.watched_images.AT_A_TIME", 100)
    parted = WatchedImages(model, digits).figures(model)
    assert parted._replace(rate=0.0) == pytest.approx(whole._replace(rate=0.0), rel=1e-3)
    assert (whole.rate is None) == ("scale" in change)


def seen(best: BestEpoch, model: models.VAE, scores: list[float], beta: float = 1.0, after: int = 0) -> None:
    for epoch, score in enumerate(scores, after + 1):
        best.look(model, FIGURES._replace(nll=score), epoch, beta)


def test_patience_lasts_from_the_best_epoch_and_begins_anew_with_another_beta():
    config, model = TrainConfig(validation=0.1, patience=2, keep="best"), models.build(MLP)
    best = BestEpoch(config)
    seen(best, model, [10.0, 8.0, 9.0])
    assert (best.epoch, best.given_up(3), best.given_up(4)) == (2, False, True)
    again = BestEpoch(config)
    again.resume(best.state())
    assert again.state().keys() == best.state().keys()
    assert (again.epoch, again.given_up(4)) == (2, True)
    again.begin(4)
    assert not again.given_up(5)
    seen(best, model, [9.0], 2.0, after=3)
    assert (best.epoch, best.given_up(5)) == (4, False)


def test_beta_weighs_the_rate_where_it_does_so_in_the_loss():
    model = models.build(MLP)
    for objective, epoch in (("beta-vae", 2), ("beta-tcvae", 1)):
        best = BestEpoch(TrainConfig(validation=0.1, objective=objective, beta=4.0))
        for at, (nll, rate) in enumerate([(80.0, 20.0), (95.0, 9.0)], 1):
            best.look(model, Figures(nll, rate, rate, 0.0, 0.0), at, 4.0)
        assert best.epoch == epoch


@pytest.fixture
def scripted(monkeypatch):
    """Scores of the epochs, the first of the untrained model, in place of those that would be measured."""

    def script(*nlls: float) -> None:
        left = iter(nlls)
        monkeypatch.setattr(WatchedImages, "figures", lambda self, model: FIGURES._replace(nll=next(left)))

    return script


def test_the_best_epoch_is_kept_and_training_ends_when_patience_does(tmp_path, scripted):
    settings = (*TRAIN, "--schedule", "constant", "--validation", "0.05")
    scripted(300.0, 290.0, 280.0)
    answered(*settings, "--epochs", "2", "--out", str(tmp_path / "two"))
    scripted(300.0, 290.0, 280.0, 285.0, 284.0)
    chosen = ("--epochs", "6", "--keep", "best", "--patience", "2")
    told = answered(*settings, *chosen, "--out", str(tmp_path / "six"))
    best = "epoch 2, the best on validation images, is kept."
    assert told["ended"] == f"Ended early after epoch 4 of 6: none of the last 2 was better; {best}"
    assert (told["epochs"], told["kept_epoch"], told["validation"]["nll"]) == (4, 2, 280.0)
    two, six = (checkpoints.open_checkpoint(tmp_path / name) for name in ("two", "six"))
    assert (six.recipe.epoch, six.recipe.ended, STATE in six.files) == (2, 4, False)
    assert len(checkpoints.read_history(six)) == 4
    weights = checkpoints.read_weights(six)
    assert all(np.array_equal(value, weights[name]) for name, value in checkpoints.read_weights(two).items())
    assert six.recipe.kin == replace(six.recipe, epoch=3).kin


def test_a_choice_holds_images_out_by_itself_and_without_them_there_is_none():
    assert RunSettings("mlp-z2", "digits", {"patience": 3}).train.validation == 0.05
    assert RunSettings("mlp-z2", "digits", {"keep": "best", "validation": 0.2}).train.validation == 0.2
    assert RunSettings("mlp-z2", "digits").train.validation == 0
    with pytest.raises(InvalidSetting, match="give validation a share"):
        RunSettings("mlp-z2", "digits", {"keep": "best", "validation": 0.0})


def test_pixels_are_drawn_anew_for_training_alone(mnist_test):
    settings = RunSettings("mlp-z2", "mnist-binarised", {"redraw": True, "validation": 0.01})
    found = run_images.load(runs.plan(settings), mnist_test, None)
    assert set(np.unique(found.watched.images[:])) == {0, 255}
    some, generator = found.train.select(slice(2000)), torch.Generator().manual_seed(0)
    batches, rows = ImageBatches(some, torch.device("cpu"), redrawn=True), torch.arange(2000)
    first, second = (batches.seen(rows, generator) for _ in range(2))
    assert set(first.unique().tolist()) == {0.0, 1.0}
    assert 0 < float((first != second).float().mean()) < 0.1
    assert float(first.mean()) == pytest.approx(some.images[:].mean() / 255, rel=0.01)
    with pytest.raises(InvalidSetting, match="take mnist-binarised"):
        RunSettings("mlp-z2", "mnist", {"redraw": True})
