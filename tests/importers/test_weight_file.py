"""Untrusted files of weights: read as tensors, or refused in one sentence; nothing in them ever runs."""

import argparse
import io
import json
import os
import pickle
import zipfile
from collections import OrderedDict

import numpy as np
import pytest
import safetensors.torch
import torch
from torch import nn

from vae_explorer.errors import CheckpointError
from vae_explorer.importers import weight_file
from vae_explorer.importers.layers import layers_of
from vae_explorer.importers.weight_file import Limits, read

WEIGHTS = {"fc1.weight": torch.arange(6.0).reshape(2, 3), "fc1.bias": torch.ones(2)}
HALF = {name: value.half() for name, value in WEIGHTS.items()}
STEP = torch.tensor(3)


class Canary:
    """Writes a file when it is unpickled."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self):
        return os.mkdir, (self.path,)


WRAPPED = {
    "bare": WEIGHTS,
    "ordered": OrderedDict(WEIGHTS),
    "half": HALF,
    "double": {name: value.double() for name, value in WEIGHTS.items()},
    "parameters": {name: nn.Parameter(value) for name, value in WEIGHTS.items()},
    "state_dict": {"state_dict": WEIGHTS, "epoch": 3, "step": STEP},
    "model_state_dict": {
        "model_state_dict": WEIGHTS,
        "optimizer_state_dict": {"state": {0: {"exp_avg": torch.ones(2)}}},
    },
    "namespace": {"state_dict": WEIGHTS, "args": argparse.Namespace(lr=1e-3)},
    "deep": {"iter": 3, "model_states": {"net": WEIGHTS}, "optim_states": {"optim": {"state": {}, "param_groups": []}}},
    "lightning": {
        "epoch": 1,
        "pytorch-lightning_version": "2.0",
        "state_dict": {f"model.{name}": value for name, value in WEIGHTS.items()},
        "optimizer_states": [{"state": {0: {"exp_avg": torch.ones(2)}}, "param_groups": []}],
        "callbacks": {},
        "hyper_parameters": {"latent_dim": 2},
    },
    "module": {f"module.{name}": value for name, value in WEIGHTS.items()},
    "compiled": {f"_orig_mod.module.{name}": value for name, value in WEIGHTS.items()},
}


@pytest.mark.parametrize("kind", WRAPPED)
def test_weights_are_found_in_whatever_they_are_wrapped(kind, tmp_path):
    torch.save(WRAPPED[kind], tmp_path / "vae.pth")
    found = layers_of(read(tmp_path / "vae.pth"))
    assert list(found) == ["fc1"]
    assert {leaf: value.dtype for leaf, value in found["fc1"].tensors.items()} == dict.fromkeys(
        ("weight", "bias"), np.float32
    )
    np.testing.assert_array_equal(found["fc1"].weight, WEIGHTS["fc1.weight"].numpy())


def test_halves_that_were_saved_apart_are_joined(tmp_path):
    torch.save({"encoder": WEIGHTS, "decoder": WEIGHTS}, tmp_path / "vae.pth")
    assert list(layers_of(read(tmp_path / "vae.pth"))) == ["decoder.fc1", "encoder.fc1"]


@pytest.mark.parametrize("dtype", [torch.float32, torch.float16, torch.bfloat16])
def test_safetensors_and_old_files_and_folders_are_read(dtype, tmp_path):
    tensors = {name: value.to(dtype) for name, value in WEIGHTS.items()}
    safetensors.torch.save_file(tensors, tmp_path / "vae.safetensors")
    torch.save(tensors, tmp_path / "old", _use_new_zipfile_serialization=False)
    (tmp_path / "pythae").mkdir()
    torch.save({"model_state_dict": tensors}, tmp_path / "pythae" / "model.pt")
    (tmp_path / "pythae" / "encoder.pkl").write_bytes(pickle.dumps(Canary(str(tmp_path / "ran"))))
    for name in ("vae.safetensors", "old", "pythae"):
        np.testing.assert_array_equal(read(tmp_path / name)["fc1.weight"], WEIGHTS["fc1.weight"].numpy())
    assert not (tmp_path / "ran").exists()


def canary(folder):
    return {**WEIGHTS, "payload": Canary(str(folder / "ran"))}


def zipped(entries, compression=zipfile.ZIP_STORED):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return data.getvalue()


def saved(what, **options):
    data = io.BytesIO()
    torch.save(what, data, **options)
    return data.getvalue()


def header(**values):
    text = json.dumps(values).encode()
    return len(text).to_bytes(8, "little") + text


NAN = {"fc1.weight": torch.tensor([[float("nan")]])}
BAD = {
    "payload": (lambda folder: saved(canary(folder)), "never run here; write the weights alone: torch.save.model"),
    "old payload": (lambda folder: saved(canary(folder), _use_new_zipfile_serialization=False), "never run here"),
    "bare pickle": (lambda folder: pickle.dumps(Canary(str(folder / "ran"))), "never run here"),
    "whole module": (lambda folder: saved(nn.Linear(2, 2)), "whole pickled model .*model.state_dict"),
    "text": (lambda folder: b"hello", "no file of weights"),
    "empty": (lambda folder: b"", "no file of weights"),
    "truncated": (lambda folder: saved(WEIGHTS)[:-100], "truncated or damaged"),
    "old truncated": (
        lambda folder: saved(WEIGHTS, _use_new_zipfile_serialization=False)[:-20],
        "truncated or damaged",
    ),
    "nan": (lambda folder: saved(NAN), "fc1.weight that are not finite"),
    "optimiser": (
        lambda folder: saved(torch.optim.Adam([nn.Parameter(torch.ones(2))]).state_dict()),
        "optimiser and no model",
    ),
    "a list": (lambda folder: saved([torch.ones(2)]), "no weights by name"),
    "numbers": (lambda folder: saved({"lr": 1e-3}), "holds no weights"),
    "other archive": (lambda folder: zipped({"word/document.xml": b"x"}), "an archive without weights"),
    "bomb": (lambda folder: zipped({"a/data.pkl": bytes(1 << 22)}, zipfile.ZIP_DEFLATED), "would unpack to more"),
    "stretched": (
        lambda folder: saved({"fc1.weight": torch.ones(1).expand(1 << 20, 1 << 20)}),
        "more numbers than it can",
    ),
    "many": (lambda folder: saved({f"a{i}": torch.ones(1) for i in range(40)}), "more than 16 tensors"),
    "many safetensors": (lambda folder: header(**{f"a{i}": {} for i in range(40)}), "more than 16 tensors"),
    "lying length": (lambda folder: (1 << 60).to_bytes(8, "little") + b"{}", "header tells of other bytes"),
    "lying offsets": (
        lambda folder: header(a={"dtype": "F32", "shape": [4, 4], "data_offsets": [0, 1 << 40]}),
        "header tells of other bytes",
    ),
    "lying shape": (
        lambda folder: header(a={"dtype": "F32", "shape": [400], "data_offsets": [0, 4]}) + bytes(4),
        "header tells of other bytes",
    ),
    "no JSON": (lambda folder: (5).to_bytes(8, "little") + b"{oops", "header tells of other bytes"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_file_of_weights_is_refused_in_one_sentence(kind, tmp_path):
    made, sentence = BAD[kind]
    (tmp_path / "vae.pth").write_bytes(made(tmp_path))
    with pytest.raises(CheckpointError, match=sentence) as refused:
        read(tmp_path / "vae.pth", Limits(tensors=16))
    assert str(refused.value).count("\n") == 0
    assert str(refused.value).endswith(".")
    assert not (tmp_path / "ran").exists()


def test_what_is_too_large_is_refused_before_it_is_read(tmp_path):
    with (tmp_path / "vae.pth").open("wb") as file:
        file.truncate(5 << 30)
    with pytest.raises(CheckpointError, match="5,368,709,120 bytes; weights of at most 1,073,741,824"):
        read(tmp_path / "vae.pth")
    with pytest.raises(CheckpointError, match="cannot be read"):
        read(tmp_path / "absent")
    (tmp_path / "folder").mkdir()
    with pytest.raises(CheckpointError, match="holds none of"):
        read(tmp_path / "folder")


def test_the_reader_allows_nothing_but_tensors_and_options():
    """A canary for the reader itself: what it allows must stay a list of one harmless class."""
    assert [argparse.Namespace] == weight_file.ALLOWED
