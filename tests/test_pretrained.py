"""The checkpoints that are shipped: whole, measured as they say, and small."""

import json

import numpy as np
import pytest

from vae_explorer import checkpoints, coding, datasets
from vae_explorer.checkpoints import catalogue
from vae_explorer.metrics.evaluation import evaluation
from vae_explorer.metrics.scores import SCORES
from vae_explorer.ui.page_table import PAGES

SPRITES = sorted(path.name for path in (catalogue.HOME / "pretrained").glob("sprites-*"))
SHIPPED = ("mnist-mlp-z2", "mnist-conv-z10-b1", "mnist-conv-z10-b4", "digits-mlp-z2", *SPRITES)
LIMIT = 60_000_000
BUDGET = {"batch_size": 64, "epochs": 3, "lr": 1e-3, "schedule": "constant", "start": "plain"}


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_checkpoint_opens_and_decodes_without_a_data_set(name):
    checkpoint = checkpoints.open_checkpoint(catalogue.HOME / "pretrained" / name)
    latents = checkpoints.read_latents(checkpoint)
    assert len(latents.label) == (360 if name.startswith("digits") else 10_000)
    assert latents.split == "test"
    pictures = coding.decode(catalogue.MODELS.get(checkpoint), latents.mu[:3])
    assert pictures.shape == (3, *checkpoint.recipe.model.image_shape)
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
    assert stored["rate"] == (None if measured.rate is None else pytest.approx(measured.rate, rel=1e-4))
    assert stored["active_units"] == measured.active_units
    assert json.loads(json.dumps(measured.to_dict())).keys() == stored.keys() - {"results"}
    np.testing.assert_allclose(checkpoints.read_latents(checkpoint).mu, encoded.mu, atol=1e-3)


def test_beta_4_trades_nll_for_rate():
    def figures(name):
        return json.loads((catalogue.HOME / "pretrained" / name / checkpoints.METRICS).read_text())

    one, four = figures("mnist-conv-z10-b1"), figures("mnist-conv-z10-b4")
    assert 0.4 < four["rate"] / one["rate"] < 0.75
    assert 8 < four["nll"] - one["nll"] < 40


@pytest.mark.parametrize("name", SPRITES)
def test_models_of_sprites_share_one_net_and_one_budget_and_bring_every_score(name):
    checkpoint = checkpoints.open_checkpoint(catalogue.HOME / "pretrained" / name)
    recipe = checkpoint.recipe
    assert (recipe.model.architecture, recipe.model.hidden, recipe.model.latent_dim) == ("mlp", (256, 256), 10)
    assert {key: getattr(recipe.train, key) for key in BUDGET} == BUDGET
    assert {value.dtype for value in checkpoints.read_weights(checkpoint).values()} == {np.dtype(np.float16)}
    brought = {result.metric for result in checkpoints.read_measurements(checkpoint).results}
    assert set(SCORES) <= brought


def test_the_model_that_disentangle_opens_with_has_the_best_mig_of_its_kind():
    def mig(name: str) -> float:
        results = checkpoints.read_measurements(
            checkpoints.open_checkpoint(catalogue.HOME / "pretrained" / name)
        ).results
        return next(result.value["value"] for result in results if result.metric == "mig-chen")

    of_its_kind = {name: mig(name) for name in SPRITES if "tcvae" in name}
    assert PAGES["disentangle"].model == max(of_its_kind, key=of_its_kind.__getitem__)
    assert max(of_its_kind.values()) >= 0.4
