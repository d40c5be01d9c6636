"""Weights of tutorials become checkpoints: by names, by shapes, and by what is measured."""

import pytest
import torch

from tests.importers.networks import NAMINGS, Kind, Planes, chunked, images, state, trained
from vae_explorer import checkpoints, models
from vae_explorer.importers import intake

SHAPE = (1, 28, 28)
FILES = {
    **{
        name: (lambda names=names: (trained(Kind()), state(trained(Kind()), **names)))
        for name, names in NAMINGS.items()
    },
    "sequences of convolutions": lambda: (trained(Kind(), Planes), trained(Kind(), Planes).state_dict()),
    "chunked": lambda: (trained(Kind()), chunked(trained(Kind()))),
    "interleaved": lambda: (trained(Kind()), chunked(trained(Kind()), "interleaved")),
    "tanh": lambda: (
        trained(Kind("leaky-0.2", "signed", "tanh")),
        trained(Kind("leaky-0.2", "signed", "tanh")).state_dict(),
    ),
    "standardised": lambda: (
        trained(Kind("elu", "standardised", "none")),
        trained(Kind("elu", "standardised", "none")).state_dict(),
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_network_opens_by_itself_and_answers_as_it_did(name, digits, tmp_path):
    network, weights = FILES[name]()
    torch.save(weights, tmp_path / "vae.pth")
    brought = intake.bring(intake.known(tmp_path / "vae.pth", SHAPE), digits, tmp_path / "run")
    model = models.restore(brought.checkpoint.recipe.model, checkpoints.read_weights(brought.checkpoint))
    x = images("test")[:64]
    mu, _ = network.encode(x)
    found = model.encode(x)
    torch.testing.assert_close(found.mu, mu, atol=1e-5, rtol=1e-5)
    torch.testing.assert_close(model.decode(mu).sigmoid(), network.picture(mu), atol=1e-6, rtol=0)
