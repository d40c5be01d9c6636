"""Pools and enlargements of planes, whose weights have the shapes of strides: told by measurement, or asked about."""

import pytest
import torch
from torch import nn

from tests.importers.networks import ACTIVATIONS, Aligned, Averaged, Kind, Network, Resized, images, trained
from vae_explorer import checkpoints, models
from vae_explorer.errors import CheckpointError
from vae_explorer.importers import IMPORTERS, intake, plan
from vae_explorer.importers.blueprint import Blueprint
from vae_explorer.importers.decision import Ambiguous, decide
from vae_explorer.importers.interpretation import network, readings
from vae_explorer.importers.layers import layers_of
from vae_explorer.importers.subject import of_weights, settled
from vae_explorer.models.vae import VAE

pytestmark = pytest.mark.thorough

GREY = (1, 28, 28)
NETWORKS = {
    "average and bilinear": (Averaged, Kind("elu", "standardised", "none")),
    "max and aligned corners": (Aligned, Kind("leaky-0.2", "signed", "tanh")),
}


def truth(made: type[Resized]) -> dict[str, str]:
    """What names and shapes leave open of its planes."""
    down, up = (" ".join([f"1,1,{name}"] * 2) for name in (made.pool, made.enlargement))
    return {"encoder-strides": down, "decoder-strides": up}


def blueprint(module: nn.Module) -> Blueprint:
    weights = {name: value.numpy() for name, value in module.state_dict().items() if value.is_floating_point()}
    return next(plan.fitting(IMPORTERS, layers_of(weights), GREY))


def assert_same(model: VAE, made: Network) -> None:
    """Codes and pictures, and that pictures can be followed back to codes."""
    x = images("test")[:16]
    mu, _ = made.encode(x)
    torch.testing.assert_close(model.encode(x).mu, mu, atol=1e-6, rtol=1e-6)
    z = mu.clone().requires_grad_(True)
    pictures = model.decode(z).sigmoid()
    torch.testing.assert_close(pictures.detach(), made.picture(mu), atol=1e-6, rtol=0)
    (slope,) = torch.autograd.grad(pictures.sum(), z)
    assert slope.abs().sum() > 0


@pytest.mark.parametrize("name", NETWORKS)
def test_a_network_that_pools_opens_by_itself_and_answers_as_it_did(name, digits, tmp_path):
    made, kind = NETWORKS[name]
    torch.save(trained(kind, made, steps=100).state_dict(), tmp_path / "vae.pth")
    brought = intake.bring(intake.known(tmp_path / "vae.pth", GREY), digits, tmp_path / "run")
    assert truth(made).items() <= brought.decision.answers.items()
    weights = checkpoints.read_weights(brought.checkpoint)
    assert_same(models.restore(brought.checkpoint.recipe.model, weights), trained(kind, made, steps=100))


def test_one_that_was_hardly_trained_is_asked_about_with_the_right_answer_among_them():
    made = trained(Kind(), Resized, steps=50)
    found = blueprint(made)
    with pytest.raises(Ambiguous) as asked:
        decide(of_weights(found), images("test").numpy())
    first, second = asked.value.readings
    assert first.keys() == second.keys()
    right = truth(Resized) | {"activation": "relu", "before-planes": "no", "before-heads": "yes", "input": "unit"}
    assert any(reading.items() <= (right | {"output": "sigmoid"}).items() for reading in (first, second))
    said = right | {"output": "sigmoid", "second-head": "log-variance"}
    (answers,) = readings(settled(found, {name: said[name] for name in found.open}))
    assert_same(models.restore(*network(found, answers)), made)


def conv(i: int, o: int) -> nn.Module:
    return nn.Conv2d(i, o, 3, padding=1)


ACT = ACTIVATIONS["relu"]
POOLED, STRIDED = ("1,1,max", "1,1,average"), "2,1"
TWICE = (f"{STRIDED} {STRIDED}", *(f"{pool} {pool}" for pool in POOLED))
ENCODERS = {
    "nothing between but a non-linearity": ([conv(1, 4), ACT(), conv(4, 8), ACT()], 8 * 49, TWICE[:1]),
    "something beside it": ([conv(1, 4), ACT(), nn.Dropout(), conv(4, 8), ACT()], 8 * 49, TWICE),
    "behind norms": ([conv(1, 4), nn.BatchNorm2d(4), ACT(), nn.MaxPool2d(2), conv(4, 8)], 8 * 49, TWICE),
    "once": (
        [conv(1, 4), ACT(), nn.MaxPool2d(2), conv(4, 8)],
        8 * 196,
        (f"{STRIDED} 1,1", f"1,1 {STRIDED}", *(f"{pool} 1,1" for pool in POOLED)),
    ),
}


@pytest.mark.parametrize("name", ENCODERS)
def test_a_pool_is_a_reading_where_names_leave_room_for_it(name):
    layers, features, readings = ENCODERS[name]
    made = nn.Module()
    made.encoder, made.fc_mu, made.fc_var = nn.Sequential(*layers), nn.Linear(features, 2), nn.Linear(features, 2)
    made.decoder = nn.Sequential(nn.Linear(2, 784))
    assert tuple(blueprint(made).encoders) == readings


def test_hundreds_of_convolutions_are_refused_at_once():
    made = nn.Module()
    made.encoder = nn.Sequential(*(conv(1 if i == 0 else 2, 2) for i in range(400)))
    made.fc_mu, made.fc_var, made.decoder = nn.Linear(98, 2), nn.Linear(98, 2), nn.Sequential(nn.Linear(2, 784))
    with pytest.raises(CheckpointError, match="400 convolutions are more than are read"):
        blueprint(made)
