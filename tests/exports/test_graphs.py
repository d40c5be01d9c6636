"""The two files: what onnxruntime makes of them is what the model does, and they come back as the same model."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from tests.kinds import KINDS, save_kind
from vae_explorer import coding
from vae_explorer.checkpoints import beta_views, catalogue
from vae_explorer.exports.graphs import graphs

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[2]
SEEN = ("cvae", "ae", "multi-rate")


@pytest.fixture(params=[kind for kind in KINDS if kind in SEEN])
def checkpoint(request, tmp_path):
    saved = save_kind(tmp_path / "model", KINDS[request.param])
    return beta_views.at_beta(saved, 2.0) if request.param == "multi-rate" else saved


def test_the_files_compute_what_the_model_does_for_any_batch(checkpoint):
    model, files = catalogue.MODELS.get(checkpoint), graphs(checkpoint)
    config = model.config
    label = {"label": np.arange(5) % config.classes} if config.classes else {}
    y = torch.from_numpy(label["label"]) if label else None
    x = torch.rand(5, *config.image_shape, generator=torch.Generator().manual_seed(0))
    encoder, decoder = (onnxruntime.InferenceSession(files[f"{part}.onnx"]) for part in ("encoder", "decoder"))
    (moments,) = encoder.run(["latent_parameters"], {"sample": x.numpy(), **label})
    mu, logvar = model.encode(x, y)
    np.testing.assert_allclose(np.asarray(moments), mu if logvar is None else torch.cat((mu, logvar), 1), atol=1e-5)
    (pixels,) = decoder.run(["sample"], {"latent_sample": mu.numpy(), **label})
    wanted = coding.decode(model, mu.numpy(), label.get("label"))
    np.testing.assert_allclose(np.asarray(pixels), wanted, atol=1e-6)
    notes = {one.key: one.value for one in onnx.load_model_from_string(files["encoder.onnx"]).metadata_props}
    assert notes == {"vae_explorer.second_head": "none" if config.plain else "log-variance"}


RUN = """
from vae_explorer.checkpoints import catalogue
from vae_explorer.exports.graphs import graphs
from vae_explorer.models import graph_file
from vae_explorer.models.graph import Graph
Graph(graph_file.read(graphs(catalogue.find("digits-mlp-z2"))["decoder.onnx"], "decoder.onnx"))
"""


@pytest.mark.process
def test_nothing_is_reported_of_what_is_exported_and_run(tmp_path):
    """A report has an identity of this machine in its head, which onnxruntime writes down in the home folder."""
    quiet = {"ORT_DISABLE_TELEMETRY", "CI", "XDG_CACHE_HOME"}
    asked = {name: value for name, value in os.environ.items() if name not in quiet} | {"HOME": str(tmp_path)}
    subprocess.run([sys.executable, "-c", RUN], env=asked, cwd=ROOT, check=True)
    assert not [path for path in tmp_path.rglob("*") if path.name == "deviceid"]
