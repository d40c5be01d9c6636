import numpy as np
import pytest
import torch

from vae_explorer import coding, models
from vae_explorer.config import ModelConfig, TrainConfig
from vae_explorer.errors import InvalidSetting, TrainingStopped
from vae_explorer.latents import evaluation
from vae_explorer.training import train

CONFIG = ModelConfig("mlp", (1, 28, 28), 2, (32,))


def run(images, **settings):
    model = models.build(CONFIG, seed=0)
    return model, list(train(model, images, TrainConfig(batch_size=64, **settings)))


def test_training_lowers_the_loss_and_beats_the_mean_image(digits_train, digits):
    model, progress = run(digits_train, epochs=30)
    assert [one.epoch for one in progress] == list(range(1, 31))
    assert progress[-1].loss < progress[0].loss
    measured = evaluation(coding.encode_set(model, digits))
    mean = np.clip(digits_train.images.mean(0) / 255, 1e-3, 1 - 1e-3)
    x = digits.images / 255
    mean_nll = -(x * np.log(mean) + (1 - x) * np.log(1 - mean)).sum((1, 2, 3)).mean()
    assert measured.nll + measured.rate < mean_nll


def test_the_same_seed_gives_the_same_run_and_another_does_not(digits_train):
    torch.manual_seed(1)
    first = run(digits_train, epochs=2)[1]
    torch.manual_seed(2)
    second, third = run(digits_train, epochs=2)[1], run(digits_train, epochs=2, seed=1)[1]
    assert [one.loss for one in first] == [one.loss for one in second]
    assert first[-1].loss != third[-1].loss


def test_beta_weighs_the_rate(digits_train):
    low, high = run(digits_train, epochs=15)[1][-1], run(digits_train, epochs=15, beta=10.0)[1][-1]
    assert high.rate < low.rate
    assert high.nll > low.nll
    assert high.loss == pytest.approx(high.nll + 10 * high.rate, rel=1e-4)


def test_a_non_finite_loss_stops_with_advice(digits_train):
    with pytest.raises(TrainingStopped, match="Lower lr"):
        run(digits_train, epochs=20, lr=10.0, beta=1e4)


def test_a_batch_larger_than_the_data_is_refused(digits_train):
    with pytest.raises(InvalidSetting, match="1437"):
        list(train(models.build(CONFIG), digits_train, TrainConfig(batch_size=2000)))
