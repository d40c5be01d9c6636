"""The checkpoints that are shipped: whole, measured as they say, and small."""

import json

import numpy as np
import pytest

from vae_explorer import checkpoints, coding, datasets
from vae_explorer.checkpoints import catalogue
from vae_explorer.metrics.evaluation import evaluation

SHIPPED = ("mnist-mlp-z2", "mnist-conv-z10-b1", "mnist-conv-z10-b4", "digits-mlp-z2")
LIMIT = 25_000_000


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_checkpoint_opens_and_decodes_without_a_data_set(name):
    checkpoint = checkpoints.open_checkpoint(catalogue.HOME / "pretrained" / name)
    latents = checkpoints.read_latents(checkpoint)
    assert len(latents.label) == (360 if name.startswith("digits") else 10_000)
    assert latents.split == "test"
    pictures = coding.decode(catalogue.MODELS.get(checkpoint), latents.mu[:3])
    assert pictures.shape == (3, 1, 28, 28)
    assert pictures.std() > 0.1
    history = checkpoints.read_history(checkpoint)
    assert [line["epoch"] for line in history] == list(range(1, checkpoint.recipe.epoch + 1))


def test_together_they_stay_small():
    files = [path for path in (catalogue.HOME / "pretrained").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < LIMIT


@pytest.mark.parametrize("name", SHIPPED)
def test_the_figures_are_those_that_are_measured(name, request):
    checkpoint = checkpoints.open_checkpoint(catalogue.HOME / "pretrained" / name)
    if checkpoint.recipe.dataset == "mnist":
        request.getfixturevalue("mnist_test")
    images = datasets.load(checkpoint.recipe.dataset, "test")
    encoded = coding.encode_set(catalogue.MODELS.get(checkpoint), images)
    measured, stored = evaluation(encoded), json.loads((checkpoint.folder / checkpoints.METRICS).read_text())
    assert stored["nll"] == pytest.approx(measured.nll, rel=1e-4)
    assert stored["rate"] == pytest.approx(measured.rate, rel=1e-4)
    assert stored["active_units"] == measured.active_units
    assert json.loads(json.dumps(measured.to_dict())).keys() == stored.keys()
    np.testing.assert_allclose(checkpoints.read_latents(checkpoint).mu, encoded.mu, atol=1e-3)


def test_beta_4_trades_nll_for_rate():
    def figures(name):
        return json.loads((catalogue.HOME / "pretrained" / name / checkpoints.METRICS).read_text())

    one, four = figures("mnist-conv-z10-b1"), figures("mnist-conv-z10-b4")
    assert 0.4 < four["rate"] / one["rate"] < 0.75
    assert 8 < four["nll"] - one["nll"] < 40
