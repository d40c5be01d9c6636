"""The two files: what onnxruntime makes of them is what the model does, and they come back as the same model."""

import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from tests.kinds import KINDS, save_kind
from vae_explorer import coding
from vae_explorer.checkpoints import beta_views, catalogue
from vae_explorer.exports.graphs import graphs

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
