"""bring: functions of a notebook become a model and a data set, or are refused and leave nothing."""

import numpy as np
import pytest
import torch

import vae_explorer
from tests.importers.networks import Kind, images, trained
from vae_explorer import checkpoints, coding, datasets
from vae_explorer.checkpoints import catalogue
from vae_explorer.datasets import own
from vae_explorer.errors import ExplorerError

pytestmark = pytest.mark.thorough


@pytest.fixture(autouse=True)
def places(tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path / "runs"))
    monkeypatch.setenv("VAE_EXPLORER_DATA", str(tmp_path / "data"))


def test_two_functions_and_their_images_become_a_model_that_answers_as_they_do():
    vae, x = trained(Kind()), images()
    words = np.array(["even", "odd"])[np.arange(len(x)) % 2]
    folder = vae_explorer.bring(vae.encode, vae.picture, x[:, 0], words, "mine")
    found = checkpoints.open_checkpoint(folder)
    assert catalogue.find("mine").version == found.version
    seen = datasets.load(found.recipe.dataset, "test")
    assert seen.classes == ("even", "odd")
    mu, _ = vae.encode(torch.from_numpy(np.asarray(seen.images, np.float32) / 255))
    np.testing.assert_allclose(checkpoints.read_latents(found).mu, mu, atol=1e-5)
    np.testing.assert_allclose(coding.decode(catalogue.MODELS.get(found), mu.numpy()), vae.picture(mu), atol=1e-6)
    again = vae_explorer.bring(lambda x: vae.encode(x)[0], vae.picture, "digits", name="mine")
    assert again.name == "mine-2"
    assert checkpoints.open_checkpoint(again).recipe.model.plain


BAD = {
    "drawn at random": (lambda x: torch.randn(len(x), 6), lambda z: z @ torch.ones(6, 784), "draws? at random"),
    "three of them": (lambda x: (x, x, x), lambda z: z, "encode must give a tensor mu, or the pair"),
    "no images": (lambda x: x.flatten(1)[:, :6], lambda z: z, r"decode must give images \[2, 1, 28, 28\] for codes"),
    "other images": (lambda x: x.flatten(1)[:, :6], lambda z: z @ torch.ones(6, 784), "reconstructs such images"),
    "no graph": (
        lambda x: torch.tensor(x.flatten(1)[:, :6].tolist()),
        lambda z: z @ torch.ones(6, 784),
        "PyTorch cannot write encode as a graph",
    ),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_vae_of_the_images_is_refused_and_leaves_nothing(what):
    encode, decode, told = BAD[what]
    with pytest.raises(ExplorerError, match=told):
        vae_explorer.bring(encode, decode, images(), name="mine")
    assert not own.sets(datasets.data_root())
    assert not catalogue.roots()[1].exists() or not list(catalogue.roots()[1].iterdir())
