"""Runs that leave the range in which figures mean anything stop; those that only learn badly do not."""

import pytest
import torch

from vae_explorer import checkpoints, models, runs
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.errors import Diverged
from vae_explorer.presets import PRESETS
from vae_explorer.run_settings import RunSettings
from vae_explorer.texts import figure
from vae_explorer.training.divergence import Watch
from vae_explorer.training.watched_images import WatchedImages

pytestmark = pytest.mark.thorough

MLP = ModelConfig("mlp", (1, 28, 28), 2, (32,))


def watch(digits, config: ModelConfig = MLP, **settings) -> tuple[models.VAE, Watch]:
    model = models.build(config)
    images = WatchedImages(model, digits.select(slice(71)))
    return model, Watch(model, TrainConfig.of(epochs=10, **settings), images)


@torch.no_grad()
def shift(model: models.VAE, what: str, by: float) -> None:
    """Weights as they are after a step too far."""
    d = model.config.latent_dim
    places = {"mu": slice(0, d), "logvar": slice(d, 2 * d)}
    if what == "nll":
        model.ends().last.bias += by  # type: ignore[operator]
    else:
        model.moments.bias[places[what]] += by


KINDS = {
    "vae": MLP,
    "conv": PRESETS["conv-z10"].model((1, 28, 28), 10),
    "autoencoder": ModelConfig("mlp", (1, 28, 28), 2, (32,), scale="none"),
    "sigma": ModelConfig("mlp", (1, 28, 28), 2, (32,), scale="sigma"),
    "gaussian": ModelConfig("mlp", (1, 28, 28), 2, (32,), likelihood="gaussian-learned"),
    "mixture": ModelConfig("mlp", (1, 28, 28), 2, (32,), prior="mixture", components=4),
}
FAR = [
    ("vae", "mu", 1e4, "rate is 1e+08 nats on unseen images, far beyond"),
    ("conv", "mu", 1e4, "rate is "),
    ("mixture", "mu", 1e4, "rate is "),
    ("gaussian", "mu", 1e4, "rate is "),
    ("vae", "logvar", 31.0, "log σ² has risen to 31"),
    ("sigma", "logvar", 1e7, "log σ² has risen to 32"),
    ("autoencoder", "mu", 1e7, "codes lie as far out as 1e"),
    ("vae", "nll", 100.0, "nll is "),
    ("vae", "mu", float("nan"), "codes lie as far out as nan"),
]


@pytest.mark.parametrize(("kind", "what", "by", "told"), FAR)
def test_figures_that_mean_nothing_end_a_run_at_once(digits, kind, what, by, told):
    model, seen = watch(digits, KINDS[kind])
    seen.look(model, 1, 0)
    shift(model, what, by)
    with pytest.raises(Diverged, match="Training diverged in epoch 2: ") as stopped:
        seen.look(model, 2, 1)
    assert told in str(stopped.value)
    assert "epoch 1 is kept. Resume it with a lower lr" in str(stopped.value)


def test_a_rate_that_nothing_holds_down_may_grow_until_log_variances_mean_nothing(digits):
    model, seen = watch(digits, beta=0.0)
    with torch.no_grad():
        model.ends().last.weight.zero_()  # type: ignore[operator]
    shift(model, "mu", 300.0)
    seen.look(model, 1, 0)
    shift(model, "logvar", 31.0)
    with pytest.raises(Diverged):
        seen.look(model, 2, 1)


def test_one_bad_epoch_is_doubted_and_two_in_a_row_or_the_last_end_the_run(digits):
    model, seen = watch(digits)
    shift(model, "nll", 1.5)
    for epoch in (1, 3):
        seen.look(model, epoch, 0)
        assert seen.doubtful
        shift(model, "nll", -1.5)
        seen.look(model, epoch + 1, 0)
        assert not seen.doubtful
        shift(model, "nll", 1.5)
    seen.look(model, 5, 4)
    with pytest.raises(Diverged, match="epoch 4 is kept"):
        seen.look(model, 6, 4)
    model, seen = watch(digits)
    shift(model, "nll", 1.5)
    with pytest.raises(Diverged):
        seen.look(model, 10, 9)


ENDS = {
    "an explosion": ({"epochs": 20, "beta": 1e4, "lr": 0.3, "batch_size": 64}, "diverged in epoch 1: "),
    "a collapse": ({"beta": 100.0}, ""),
    "an autoencoder in all but name": ({"beta": 0.0, "lr": 1e-2}, ""),
    "hardly any steps": ({"lr": 1e-6, "start": "plain"}, ""),
    "a high rate of learning": ({"lr": 0.03}, ""),
    "one network for every β": ({"shape": {"multi_rate": "0.25,16"}}, ""),
    "total correlation": ({"objective": "beta-tcvae", "beta": 4.0}, ""),
    "no weight at first": ({"annealing": "cyclical", "beta": 4.0}, ""),
}


@pytest.mark.parametrize("name", ENDS)
def test_only_what_exploded_is_said_to(tmp_path, name):
    given, told = ENDS[name]
    shape = given.get("shape", {})
    training = {name: value for name, value in given.items() if name != "shape"}
    settings = RunSettings("mlp-small-z2", "digits", {"epochs": 3, **training}, shape)
    planned = runs.plan(settings, tmp_path / "run")
    if not told:
        assert runs.execute(planned, None, lambda *_: None)[0].recipe.diverged is None
        return
    with pytest.raises(Diverged, match=told):
        runs.execute(planned, None, lambda *_: None)


@pytest.mark.parametrize(
    ("broken", "told", "seen"),
    [(3, "epoch 2 is kept", [1, 2, 3]), (2, "in epoch 3; the last whole epoch is kept", [1, 2])],
    ids=["figures that mean nothing", "a loss that is no number"],
)
def test_the_last_good_epoch_is_kept_measured_and_marked(broken, told, seen, tmp_path, monkeypatch):
    """broken: the look that finds the model a step too far, or that leaves it there."""
    looks, trained, look = [], [], Watch.look

    def one_step_too_far(self, model, epoch, kept):
        looks.append(epoch)
        trained.append(model)
        if epoch == broken == 3:
            shift(model, "mu", 1e6)
        return look(self, model, epoch, kept)

    def report(progress, epochs):
        if progress.epoch == broken == 2:
            shift(trained[0], "mu", float("nan"))

    monkeypatch.setattr(Watch, "look", one_step_too_far)
    planned = runs.plan(RunSettings("mlp-small-z2", "digits", {"epochs": 5}), tmp_path / "run")
    with pytest.raises(Diverged, match=told):
        runs.execute(planned, None, report)
    assert looks == seen
    kept = checkpoints.open_checkpoint(tmp_path / "run")
    assert (kept.recipe.epoch, kept.recipe.diverged) == (2, 3)
    measured = checkpoints.read_measurements(kept).evaluation
    assert measured is not None
    assert measured.nll < 400
    assert checkpoints.read_latents(kept).mu.shape == (360, 2)


@pytest.mark.parametrize(
    ("value", "told"), [(0.004, "0.00"), (131.644, "131.64"), (-999_999, "-999999.00"), (4.5386823e22, "4.54e+22")]
)
def test_a_figure_is_told_at_any_magnitude(value, told):
    assert figure(value) == told
