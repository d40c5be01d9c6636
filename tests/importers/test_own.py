"""State dicts that left here: read again without a question, and refused where their note lies."""

import json
from collections import OrderedDict
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.kinds import KINDS, Kind, save_kind
from vae_explorer import checkpoints, coding, models
from vae_explorer.checkpoints import beta_views, catalogue
from vae_explorer.errors import CheckpointError
from vae_explorer.exports.state_dict import state_dict
from vae_explorer.importers import intake

SHAPE = (1, 28, 28)
SHIPPED = Path(__file__).parents[2] / "pretrained" / "digits-mlp-z2"


def exported(checkpoint: checkpoints.Checkpoint, folder: Path) -> Path:
    (folder / "vae.pt").write_bytes(state_dict(checkpoint))
    return folder / "vae.pt"


def test_a_shipped_model_comes_back_as_it_went(digits, tmp_path):
    shipped = checkpoints.open_checkpoint(SHIPPED)
    brought = intake.bring(intake.known(exported(shipped, tmp_path), SHAPE), digits, tmp_path / "run")
    assert not brought.decision.answers
    assert brought.checkpoint.recipe.model == shipped.recipe.model
    stored = checkpoints.read_weights(shipped)
    for name, value in checkpoints.read_weights(brought.checkpoint).items():
        np.testing.assert_array_equal(value, stored[name].astype(np.float32))


@pytest.mark.parametrize("kind", ["ae", "mixed", "multi-rate", "gaussian"])
def test_every_kind_without_labels_is_certain(kind, tmp_path):
    checkpoint = save_kind(tmp_path / "it", {**KINDS, "gaussian": Kind(likelihood="gaussian-learned")}[kind])
    checkpoint = beta_views.at_beta(checkpoint, 4.0) if kind == "multi-rate" else checkpoint
    found = intake.known(exported(checkpoint, tmp_path), SHAPE).subject
    assert not found.open
    z = np.random.default_rng(0).normal(size=(4, 3))
    wanted = coding.decode(catalogue.MODELS.get(checkpoint), z)
    np.testing.assert_array_equal(coding.decode(models.restore(*found.network({})), z), wanted)


def test_one_that_takes_labels_is_refused(tmp_path):
    with pytest.raises(CheckpointError, match="takes labels"):
        intake.known(exported(save_kind(tmp_path / "it", KINDS["cvae"]), tmp_path), SHAPE)


LIES = {
    "no JSON": ("{", "tells of no model"),
    "no settings": ("[]", "tells of no model"),
    "an unknown setting": (json.dumps({"architecture": "mlp", "colour": 3}), "tells of no model"),
    "other weights": ({"hidden": [12]}, "do not fit"),
    "an unknown architecture": ({"architecture": "lstm"}, "tells of no model"),
    "graphs": ({"architecture": "onnx", "hidden": []}, "are no two ONNX files"),
    "other images": ({"image_shape": [3, 64, 64]}, "draws images .3, 64, 64., the data set has .1, 28, 28."),
    "a list": (["mlp"], "a plain autoencoder is not read here"),
    "200 KB": (" " * 200_000, "a plain autoencoder is not read here"),
}


@pytest.mark.parametrize("name", LIES)
def test_a_note_that_lies_is_refused_in_a_sentence(name, tmp_path):
    told, sentence = LIES[name]
    checkpoint = save_kind(tmp_path / "it", KINDS["ae"])
    if isinstance(told, dict):
        told = json.dumps(checkpoint.recipe.model.to_dict() | told)
    weights = OrderedDict(torch.load(exported(checkpoint, tmp_path), weights_only=True))
    vars(weights)["_metadata"] = {"": {models.NOTE: told}}
    torch.save(weights, tmp_path / "lie.pt")
    with pytest.raises(CheckpointError, match=sentence):
        intake.known(tmp_path / "lie.pt", SHAPE)
