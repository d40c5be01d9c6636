"""Weights of tutorials become checkpoints: by names, by shapes, and by what is measured."""

import json

import pytest
import torch

from tests.importers.networks import NAMINGS, Kind, Planes, chunked, images, state, trained
from vae_explorer import checkpoints, models
from vae_explorer.errors import CheckpointError, ExplorerError, InvalidSetting
from vae_explorer.importers import intake

pytestmark = pytest.mark.thorough

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


NO_VAES = {
    "a classifier": {"features.0.weight": (8, 1, 3, 3), "classifier.0.weight": (10, 8)},
    "a diffusion network": {"down_blocks.0.resnets.0.weight": (8, 8, 3, 3), "time_embedding.linear_1.weight": (8, 8)},
    "a transformer": {"blocks.0.attn.qkv.weight": (8, 8), "head.weight": (8, 8)},
    "known here: its weights begin with a.weight": {"a.weight": (3, 4), "b.weight": (3, 3)},
}


@pytest.mark.parametrize("what", NO_VAES)
def test_what_is_no_vae_is_told_what_it_is(what, tmp_path):
    torch.save({name: torch.zeros(shape) for name, shape in NO_VAES[what].items()}, tmp_path / "other.pth")
    with pytest.raises(CheckpointError, match=what):
        intake.known(tmp_path / "other.pth", SHAPE)


@pytest.mark.parametrize("name", FILES)
def test_a_network_opens_by_itself_and_answers_as_it_did(name, digits, tmp_path):
    network, weights = FILES[name]()
    torch.save(weights, tmp_path / "vae.pth")
    brought = intake.bring(intake.known(tmp_path / "vae.pth", SHAPE), digits, tmp_path / "run")
    model = models.restore(brought.checkpoint.recipe.model, checkpoints.read_weights(brought.checkpoint))
    x = images("test")[:64]
    mu, _ = network.encode(x)
    found = model.encode(x)
    torch.testing.assert_close(found.mu, mu, atol=1e-6, rtol=1e-6)
    torch.testing.assert_close(model.decode(mu).sigmoid(), network.picture(mu), atol=1e-6, rtol=0)


def test_a_network_that_was_hardly_trained_is_asked_about_and_opens_when_all_is_said(digits, tmp_path):
    network = trained(Kind(), steps=60)
    torch.save(network.state_dict(), tmp_path / "vae.pth")
    with pytest.raises(InvalidSetting, match="say --"):
        intake.bring(intake.known(tmp_path / "vae.pth", SHAPE), digits, tmp_path / "run")
    assert not (tmp_path / "run").exists()
    said = {
        "activation": "relu",
        "before-heads": "yes",
        "input": "unit",
        "output": "sigmoid",
        "second-head": "log-variance",
    }
    brought = intake.bring(intake.known(tmp_path / "vae.pth", SHAPE, chosen=said), digits, tmp_path / "run")
    imported = brought.checkpoint.recipe.imported
    assert imported is not None
    assert dict(imported.decided) == said
    assert imported.runner_up == ()


PYTHAE = {
    "fc1": "encoder.layers.0.0",
    "fc21": "encoder.embedding",
    "fc22": "encoder.log_var",
    "fc3": "decoder.layers.0.0",
    "fc4": "decoder.layers.1.0",
}
OWN = {"uses_default_encoder": True, "uses_default_decoder": True, "latent_dim": 6, "input_dim": [1, 28, 28]}


@pytest.mark.parametrize(
    ("note", "refusal"),
    [
        (json.dumps(OWN), ""),
        (json.dumps(OWN | {"latent_dim": 16}), "tells of 16 latent units, the weights beside it have 6"),
        (json.dumps(OWN | {"input_dim": [3, 64, 64]}), "tells of images .3, 64, 64., the data set has .1, 28, 28."),
        (json.dumps(OWN | {"input_dim": ["a"]}), "tells of images"),
        ("[1]", "holds no JSON object"),
        ('{"latent_dim": NaN}', "holds no JSON object"),
        ("{" * 5000, "holds no JSON object"),
        (" " * (1 << 20) + "{}", "larger than the 1,048,576 bytes"),
    ],
)
def test_what_a_source_notes_beside_its_weights_is_certain_or_refused(note, refusal, tmp_path):
    torch.save({"model_state_dict": state(trained(Kind()), **PYTHAE)}, tmp_path / "model.pt")
    assert set(intake.known(tmp_path, SHAPE).subject.open) == {"activation", "before-heads"}
    (tmp_path / "model_config.json").write_text(note)
    if refusal:
        with pytest.raises(ExplorerError, match=refusal):
            intake.known(tmp_path, SHAPE)
    else:
        assert not intake.known(tmp_path, SHAPE).subject.open
        overruled = intake.known(tmp_path, SHAPE, chosen={"activation": "elu"}).subject.known
        assert (overruled["activation"], overruled["before-heads"]) == ("elu", "yes")


def test_weights_of_other_images_are_refused(digits, tmp_path):
    turned = {**trained(Kind()).state_dict()}
    turned["fc4.bias"] = -turned["fc4.bias"]
    turned["fc4.weight"] = -turned["fc4.weight"]
    torch.save(turned, tmp_path / "vae.pth")
    with pytest.raises(CheckpointError, match="no better than their mean; name the data set"):
        intake.bring(intake.known(tmp_path / "vae.pth", SHAPE), digits, tmp_path / "run")
    assert not (tmp_path / "run").exists()
