"""The trainer: every objective learns, runs repeat themselves, and what cannot go well stops or is refused."""

import dataclasses
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from vae_explorer import coding, models
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.datasets.images import ImageSet
from vae_explorer.errors import Diverged, InvalidSetting
from vae_explorer.losses import LOSSES
from vae_explorer.metrics.evaluation import evaluation
from vae_explorer.models.priors import Vamp
from vae_explorer.models.starts import SEEN_AT_START
from vae_explorer.objectives import require_fit
from vae_explorer.training.progress import Progress
from vae_explorer.training.trainer import Trainer

pytestmark = pytest.mark.thorough

MLP = ModelConfig("mlp", (1, 28, 28), 2, (32,))
CONV = ModelConfig("conv", (1, 28, 28), 3, (16,), (4, 8))
OBJECTIVE_SETTINGS = {
    "beta-vae": {},
    "capacity": {"beta": 10.0, "capacity": 5.0},
    "free-bits": {"free_nats": 0.5},
    "beta-tcvae": {"beta": 4.0},
    "factor-vae": {"beta": 4.0},
    "iwae": {"importance_samples": 3},
    "ae": {},
}
SOLVED = {name for name, row in LOSSES.items() if row.closed_form}
LINEAR = ModelConfig("linear", (1, 28, 28), 2, (), scale="none", likelihood="gaussian")
MULTI_RATE = replace(MLP, multi_rate="0.25,16")
MODELS = {
    "multi-rate": MULTI_RATE,
    "mlp": MLP,
    "conv": CONV,
    "burgess": ModelConfig("burgess", (1, 28, 28), 3, (32,), (8, 8, 16, 16)),
    "conditional": replace(MLP, classes=10),
    "conditional-conv": replace(CONV, classes=10),
    "sigma": replace(MLP, scale="sigma"),
    "gaussian": replace(MLP, likelihood="gaussian"),
    "gaussian-learned": replace(MLP, likelihood="gaussian-learned"),
    "mixture": replace(MLP, prior="mixture", components=4),
    "vamp": replace(MLP, prior="vamp", components=4),
}


def run(images: ImageSet, model: ModelConfig = MLP, **settings) -> tuple[models.VAE, list[Progress]]:
    trained = models.build(model, seed=0)
    chosen: dict[str, Any] = {"batch_size": 64, "epochs": 2} | settings
    return trained, list(Trainer(trained, images, TrainConfig.of(**chosen)).epochs())


def rate(progress: Progress) -> float:
    assert progress.rate is not None
    return progress.rate


def falls(progress: list[Progress]) -> bool:
    return all(math.isfinite(one.loss) for one in progress) and progress[-1].loss < progress[0].loss


def test_every_objective_is_tried():
    assert set(OBJECTIVE_SETTINGS) == set(LOSSES) - SOLVED


@pytest.mark.parametrize("name", OBJECTIVE_SETTINGS)
def test_every_objective_lowers_its_own_loss(name, digits, small_critic):
    model = replace(MLP, scale="none") if name == "ae" else MLP
    progress = run(digits, model, objective=name, epochs=6, **OBJECTIVE_SETTINGS[name])[1]
    assert falls(progress)
    assert (progress[-1].rate is None) == (name == "ae")


@pytest.mark.parametrize("name", MODELS)
def test_every_kind_of_model_learns(name, digits):
    assert falls(run(digits, MODELS[name], epochs=4)[1])


@pytest.mark.parametrize("prior", ["mixture", "vamp"])
@pytest.mark.parametrize("name", ["capacity", "beta-tcvae", "iwae", "factor-vae"])
def test_learned_priors_go_with_every_objective_that_draws(name, prior, digits, small_critic):
    assert falls(run(digits, MODELS[prior], objective=name, epochs=4, **OBJECTIVE_SETTINGS[name])[1])


@pytest.mark.parametrize("model", [MLP, CONV], ids=["mlp", "conv"])
def test_half_precision_learns_as_well(model, digits):
    rough, exact = (run(digits, model, precision=precision, epochs=4)[1] for precision in ("bf16", "fp32"))
    assert falls(rough)
    assert rough[-1].loss == pytest.approx(exact[-1].loss, rel=0.02)
    assert rough[-1].loss != exact[-1].loss


@pytest.mark.parametrize("annealing", ["warm-up", "cyclical"])
def test_annealing_begins_without_the_rate(annealing, digits):
    """The first epoch of eight: β is on its way up, and the rate is freer than at the full β."""
    settings = {"epochs": 8, "beta": 20.0}
    annealed, full = run(digits, annealing=annealing, **settings)[1], run(digits, **settings)[1]
    assert rate(annealed[0]) > rate(full[0])
    assert annealed[0].loss < annealed[0].nll + 20 * rate(annealed[0])
    assert annealed[-1].loss == pytest.approx(annealed[-1].nll + 20 * rate(annealed[-1]), rel=1e-3)


def test_training_beats_the_mean_image(digits_train, digits):
    model, progress = run(digits_train, epochs=15)
    assert [one.epoch for one in progress] == list(range(1, 16))
    measured = evaluation(coding.encode_set(model.eval().requires_grad_(False), digits))
    mean = np.clip(digits_train.images.mean(0) / 255, 1e-3, 1 - 1e-3)
    x = digits.images / 255
    mean_nll = -(x * np.log(mean) + (1 - x) * np.log(1 - mean)).sum((1, 2, 3)).mean()
    assert measured.rate is not None
    assert measured.nll + measured.rate < mean_nll


def test_progress_counts_whole_batches(digits):
    progress = run(digits, batch_size=100, epochs=3)[1]
    assert [one.images for one in progress] == [300, 600, 900]
    assert 0 < progress[0].seconds < progress[1].seconds < progress[2].seconds


def test_the_same_seed_gives_the_same_run_and_another_does_not(digits):
    torch.manual_seed(1)
    first = run(digits)[1]
    torch.manual_seed(2)
    before = torch.random.get_rng_state()
    second, third = run(digits)[1], run(digits, seed=1)[1]
    assert torch.equal(before, torch.random.get_rng_state())
    assert [one.loss for one in first] == [one.loss for one in second]
    assert first[-1].loss != third[-1].loss


def test_beta_weighs_the_rate(digits):
    low, high = run(digits, epochs=15)[1][-1], run(digits, epochs=15, beta=10.0)[1][-1]
    assert rate(high) < rate(low)
    assert high.nll > low.nll
    assert high.loss == pytest.approx(high.nll + 10 * rate(high), rel=1e-4)


def test_capacity_holds_the_rate(digits_train):
    settings = {"objective": "capacity", "beta": 50.0, "epochs": 20, "schedule": "constant"}
    rates = [run(digits_train, capacity=c, **settings)[1][-1].rate for c in (1.0, 4.0)]
    assert rates == pytest.approx([1.0, 4.0], abs=0.5)


def test_a_loss_per_pixel_is_reported_as_such(digits):
    whole, shared = run(digits)[1][0], run(digits, per_pixel=True)[1][0]
    assert shared.loss == pytest.approx(whole.loss / 784, rel=0.05)
    assert shared.nll == pytest.approx(whole.nll, rel=0.05)


def test_a_held_out_class_is_not_seen(digits):
    without = digits.without(3)
    assert set(without.labels) == set(range(10)) - {3}
    assert len(without) == (digits.labels != 3).sum()
    assert (without.classes, without.image_shape) == (digits.classes, digits.image_shape)
    kept = [image.tobytes() for image, label in zip(digits.images, digits.labels, strict=True) if label != 3]
    assert [image.tobytes() for image in without.images] == kept
    for stranger in (-1, 10):
        with pytest.raises(InvalidSetting, match="from 0 to 9"):
            digits.without(stranger)


def test_a_prepared_vamp_prior_starts_from_the_images(digits):
    model = models.build(MODELS["vamp"])
    trainer = Trainer(model, digits, TrainConfig(epochs=1, batch_size=360, lr=1e-9))
    next(trainer.epochs())
    assert isinstance(model.prior, Vamp)
    images = torch.from_numpy(digits.images[:4]).float() / 255
    found = model.prior.pseudo_logits.detach().sigmoid()
    torch.testing.assert_close(found, images.clamp(0.05, 0.95), atol=1e-4, rtol=0)


def test_a_plain_start_is_pytorchs_own(digits):
    fresh = models.weights(models.build(MLP))
    for start, alike in (("plain", True), ("prepared", False)):
        model, _ = run(digits, epochs=1, batch_size=360, lr=1e-9, start=start)
        moved = np.abs(models.weights(model)["encoder.0.weight"] - fresh["encoder.0.weight"]).max()
        assert (moved < 1e-6) == alike


def test_a_start_looks_at_some_thousands_at_most(digits, monkeypatch):
    seen = []
    monkeypatch.setattr("vae_explorer.training.first_weights.prepare", lambda model, x, generator: seen.append(len(x)))
    many = dataclasses.replace(digits, images=np.tile(digits.images, (20, 1, 1, 1)), labels=np.tile(digits.labels, 20))
    next(Trainer(models.build(MLP), many, TrainConfig(batch_size=7200, epochs=1)).epochs())
    assert seen == [SEEN_AT_START]


def test_an_absurd_rate_stops_with_advice(digits):
    with pytest.raises(Diverged, match=r"Start again with a lower lr \(now 10\) or a lower beta \(now 10000\)"):
        run(digits, epochs=20, lr=10.0, beta=1e4)


def test_the_first_non_finite_loss_stops_at_once_and_teaches_nothing(digits):
    model = models.build(MLP)
    decode, calls, kept = model.decode, 0, {}

    def failing(z, y=None):
        nonlocal calls, kept
        calls += 1
        kept = models.weights(model) if calls == 8 else kept
        return decode(z, y) * (math.nan if calls >= 8 else 1)

    model.decode = failing
    epochs = Trainer(model, digits, TrainConfig(epochs=5, batch_size=90)).epochs()
    assert next(epochs).epoch == 1
    with pytest.raises(Diverged, match="in epoch 2; the last whole epoch is kept"):
        next(epochs)
    assert calls == 8  # 4 steps and a look at their outcome, then the third step of epoch 2
    assert all((models.weights(model)[name] == value).all() for name, value in kept.items())


def test_weights_ruined_by_an_epochs_last_step_are_not_reported_as_an_epoch(digits):
    """With one step per epoch, only the next loss would show it: a checkpoint would keep them as good."""
    model = models.build(MLP)
    trainer = Trainer(model, digits, TrainConfig(epochs=5, batch_size=360))
    model.moments.weight.register_hook(lambda slope: slope * math.nan)
    with pytest.raises(Diverged, match="in epoch 1; there is no good epoch to keep"):
        next(trainer.epochs())


MISFITS = {
    "at most the 360 training images, not 361": (MLP, {"batch_size": 361}),
    r"takes images of \[1, 8, 8\], not \[1, 28, 28\]": (replace(MLP, image_shape=(1, 8, 8)), {}),
    "ae belongs to a plain autoencoder": (MLP, {"objective": "ae"}),
    "and only ae does": (replace(MLP, scale="none"), {}),
    "only ae does": (replace(MLP, scale="none"), {"objective": "iwae", "importance_samples": 5}),
    "pca solves for a linear model": (replace(MLP, scale="none"), {"objective": "pca"}),
    "nothing else trains one": (LINEAR, {"objective": "ae"}),
    "and nothing else": (LINEAR, {}),
    "Free bits need the prior normal": (MODELS["vamp"], {"objective": "free-bits", "free_nats": 1.0}),
    "compares a batch with itself": (MLP, {"objective": "beta-tcvae", "batch_size": 1}),
    "takes 7 classes, the images have 10": (replace(MLP, classes=7), {}),
}


@pytest.mark.parametrize(("sentence", "misfit"), MISFITS.items(), ids=lambda v: v if isinstance(v, str) else "")
def test_what_does_not_fit_together_is_refused(sentence, misfit, digits):
    model, settings = misfit
    built = models.build(model)
    before = models.weights(built)
    with pytest.raises(InvalidSetting, match=sentence):
        Trainer(built, digits, TrainConfig.of(**{"batch_size": 64} | settings))
    assert all((models.weights(built)[name] == value).all() for name, value in before.items())


def test_a_table_that_fills_the_memory_is_refused(digits):
    wide = dataclasses.replace(digits, images=np.tile(digits.images, (20, 1, 1, 1)), labels=np.tile(digits.labels, 20))
    with pytest.raises(InvalidSetting, match=r"batch_size² · latent_dim must be at most 33,554,432"):
        Trainer(models.build(replace(MLP, latent_dim=16)), wide, TrainConfig(objective="beta-tcvae", batch_size=4097))


def test_images_too_large_to_solve_for_are_refused():
    large = ImageSet("made", "train", np.zeros((4, 3, 64, 64), np.uint8), np.zeros(4, np.int64), ("0",))
    model = models.outline(replace(LINEAR, image_shape=(3, 64, 64)))
    with pytest.raises(InvalidSetting, match=r"at most 4,096 pixels in all colours; a preset ae-… takes more"):
        require_fit(model, large, TrainConfig(objective="pca", batch_size=4))


def test_a_multi_rate_network_sees_every_image_at_a_beta_of_its_own(digits):
    model = models.build(MULTI_RATE, seed=0)
    seen = _watched_betas(Trainer(model, digits, TrainConfig(epochs=1, batch_size=64)))
    assert all(beta.shape == (64,) and len(beta.unique()) > 32 for beta in seen)
    logs = torch.cat(seen).log2()
    assert -2 <= logs.min() < -1.5
    assert 3.5 < logs.max() <= 4
    assert abs(logs.mean() - 1) < 0.3


def test_a_loss_that_compares_images_sees_a_batch_at_one_beta_from_the_upper_end_first(digits):
    model = models.build(MULTI_RATE, seed=0)
    config = TrainConfig(epochs=2, batch_size=64, objective="beta-tcvae", annealing="cool-down")
    seen = _watched_betas(Trainer(model, digits, config))
    assert all(len(beta.unique()) == 1 for beta in seen)
    first = [float(beta[0]) for beta in seen[: len(seen) // 10]]
    assert min(first) > 4


def test_gates_learn_and_a_resumed_multi_rate_run_goes_on_bit_for_bit(digits):
    def fresh() -> Trainer:
        model = models.build(MULTI_RATE, seed=0)
        return Trainer(model, digits, TrainConfig(epochs=2, batch_size=64))

    whole, first = fresh(), fresh()
    list(whole.epochs())
    next(first.epochs())
    second = fresh()
    second.model.load_state_dict(first.model.state_dict())
    second.resume(first.state())
    list(second.epochs())
    assert all(torch.equal(a, b) for a, b in zip(whole.model.parameters(), second.model.parameters(), strict=True))
    slopes = [value for name, value in whole.model.state_dict().items() if name.endswith("slope")]
    assert slopes
    assert all(slope.abs().max() > 0 for slope in slopes)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"objective": "iwae", "importance_samples": 5}, "trained by beta-vae or beta-tcvae"),
        ({"beta": 2.0}, "draws its βs"),
        ({"annealing": "warm-up"}, "none or cool-down"),
    ],
)
def test_what_a_multi_rate_network_cannot_be_trained_with_is_refused(digits, changes, sentence):
    model = models.build(MULTI_RATE, seed=0)
    with pytest.raises(InvalidSetting, match=sentence):
        Trainer(model, digits, TrainConfig.of(batch_size=64, **changes))


def _watched_betas(trainer: Trainer) -> list[torch.Tensor]:
    """What every step of a training weighs the rate with."""
    seen: list[torch.Tensor] = []
    row = trainer._loss_row

    def minimised(step, values):
        assert isinstance(step.beta, torch.Tensor)
        seen.append(step.beta)
        return row.minimised(step, values)

    trainer._loss_row = replace(row, minimised=minimised)
    list(trainer.epochs())
    return seen
