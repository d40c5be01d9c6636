"""The checkpoints that are shipped: whole, measured as they say, and small."""

import json
from dataclasses import replace

import numpy as np
import pytest

from vae_explorer import checkpoints, coding, datasets
from vae_explorer.checkpoints import beta_views, catalogue
from vae_explorer.latents.beta_latents import curve
from vae_explorer.metrics.evaluation import evaluation
from vae_explorer.metrics.scores import SCORES
from vae_explorer.ui.page_table import PAGES

pytestmark = pytest.mark.thorough

SHIPPED = tuple(sorted(path.name for path in (catalogue.HOME / "pretrained").iterdir()))
MULTI_RATE = ("mnist-conv-64-multi", "mnist-z2-multi", "sprites-tcvae-multi")
SPRITES = [name for name in SHIPPED if name.startswith("sprites-") and name not in MULTI_RATE]
FAMILY = [name for name in SHIPPED if name.startswith("mnist-conv-64-b")]
LIMIT = 80_000_000
SEEN = 512
"""Images that are encoded anew: whole rounds of PyTorch's draws, which are other ones in a last, shorter one."""
BUDGET = {"batch_size": 64, "epochs": 3, "lr": 1e-3, "schedule": "constant", "start": "plain"}


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_checkpoint_opens_and_decodes_without_a_data_set(name):
    checkpoint = checkpoints.open_checkpoint(catalogue.HOME / "pretrained" / name)
    latents = checkpoints.read_latents(checkpoint)
    assert len(latents.label) == (360 if name.startswith("digits") else 10_000)
    assert latents.split == "test"
    classes = latents.label[:3] if checkpoint.recipe.model.classes else None
    pictures = coding.decode(catalogue.MODELS.get(checkpoint), latents.mu[:3], classes)
    assert pictures.shape == (3, *checkpoint.recipe.model.image_shape)
    assert pictures.std() > 0.1
    history = checkpoints.read_history(checkpoint)
    assert [line["epoch"] for line in history] == list(range(1, checkpoint.recipe.epoch + 1))


def test_together_they_stay_small():
    files = [path for path in (catalogue.HOME / "pretrained").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < LIMIT


@pytest.mark.parametrize("name", SHIPPED)
def test_the_figures_are_those_that_are_measured(name, request):
    """Of all images by the stored codes, which are those of the weights."""
    checkpoint = checkpoints.open_checkpoint(catalogue.HOME / "pretrained" / name)
    if checkpoint.recipe.dataset == "mnist":
        request.getfixturevalue("mnist_test")
    kept, stored = checkpoints.read_latents(checkpoint), checkpoints.read_measurements(checkpoint).evaluation
    measured = evaluation(kept)
    assert stored is not None
    assert measured.n == stored.n == len(datasets.load(checkpoint.recipe.dataset, "test"))
    assert measured.nll == pytest.approx(stored.nll, rel=1e-4)
    assert measured.rate == (None if stored.rate is None else pytest.approx(stored.rate, rel=1e-4))
    assert measured.active_units == stored.active_units
    images = datasets.load(checkpoint.recipe.dataset, "test").select(slice(SEEN))
    encoded = coding.encode_set(catalogue.MODELS.get(checkpoint), images)
    np.testing.assert_allclose(kept.mu[:SEEN], encoded.mu, atol=1e-3)
    np.testing.assert_allclose(kept.nll[:SEEN], encoded.nll, rtol=2e-3)
    if kept.rate is not None and encoded.rate is not None:
        np.testing.assert_allclose(kept.rate[:SEEN], encoded.rate, rtol=2e-3)


def test_beta_4_trades_nll_for_rate():
    def figures(name):
        return json.loads((catalogue.HOME / "pretrained" / name / checkpoints.METRICS).read_text())

    one, four = figures("mnist-conv-z10-b1"), figures("mnist-conv-z10-b4")
    assert 0.4 < four["rate"] / one["rate"] < 0.75
    assert 8 < four["nll"] - one["nll"] < 40


def _shipped(name: str) -> checkpoints.Checkpoint:
    return checkpoints.open_checkpoint(catalogue.HOME / "pretrained" / name)


def _cost(checkpoint: checkpoints.Checkpoint, beta: float) -> float:
    """nll + β · rate, nats per image."""
    figures = catalogue.EVALUATIONS.get(checkpoint)
    assert figures.rate is not None
    return figures.nll + beta * figures.rate


def test_the_family_differs_in_beta_and_seed_alone_and_the_network_has_its_budget_four_times():
    recipes = [_shipped(name).recipe for name in FAMILY]
    assert sorted((recipe.beta, recipe.train.seed) for recipe in recipes) == [
        *((beta, 0) for beta in (0.5, 1, 2)),
        *((4, seed) for seed in (0, 1, 2)),
        (8, 0),
        (16, 0),
    ]
    alike = {(recipe.model, recipe.preset, replace(recipe.train, beta=1.0, seed=0)) for recipe in recipes}
    network = _shipped("mnist-conv-64-multi").recipe
    (model, preset, train) = alike.pop()
    assert not alike
    assert (replace(network.model, multi_rate=""), network.preset) == (model, preset)
    assert replace(network.train, epochs=train.epochs) == train
    assert network.train.epochs == 4 * train.epochs


@pytest.mark.parametrize("beta", [0.5, 1.0, 2.0, 4.0, 8.0])
def test_one_network_is_as_good_as_one_trained_for_a_beta_alone(beta):
    """Bae et al. 2022; by at most 3 % more nats, every seed of the other."""
    network = beta_views.at_beta(_shipped("mnist-conv-64-multi"), beta)
    alone = [one for one in map(_shipped, FAMILY) if one.recipe.beta == beta]
    assert alone
    assert all(_cost(network, beta) <= 1.03 * _cost(one, beta) for one in alone)


@pytest.mark.parametrize("beta", [1.0, 2.0, 4.0, 8.0])
def test_one_network_of_sprites_is_disentangled_at_every_beta(beta):
    """Bae et al. 2022, figure 8: where a network for one β has its best, one for all of them keeps it."""
    stored = checkpoints.read_measurements(_shipped("sprites-tcvae-multi")).results
    (found,) = [one for one in stored if one.metric == "mig-chen" and one.beta == beta]
    assert found.value["value"] >= 0.35


def test_its_curve_spans_twenty_nats_of_rate():
    """A replication whose loss weighed the two terms in other units collapsed, and would not."""
    found = curve(catalogue.STOPS.get(_shipped("mnist-conv-64-multi")))
    assert found.rate[0] - found.rate[-1] >= 20
    assert (np.diff(found.rate) < 0).all()


@pytest.mark.parametrize("name", MULTI_RATE)
def test_a_stop_is_what_the_network_measures_there(name, request):
    checkpoint = beta_views.at_beta(_shipped(name), 4.0)
    if checkpoint.recipe.dataset == "mnist":
        request.getfixturevalue("mnist_test")
    images = datasets.load(checkpoint.recipe.dataset, "test").select(slice(500))
    encoded, stored = coding.encode_set(catalogue.MODELS.get(checkpoint), images), catalogue.LATENTS.get(checkpoint)
    np.testing.assert_allclose(stored.mu[:500], encoded.mu, atol=5e-3)
    assert stored.densities().rate[:500].mean() == pytest.approx(encoded.densities().rate.mean(), abs=0.05)


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
        results = checkpoints.read_measurements(_shipped(name)).results
        return next(result.value["value"] for result in results if result.metric == "mig-chen")

    of_its_kind = {name: mig(name) for name in SPRITES if "tcvae" in name}
    assert PAGES["disentangle"].model == max(of_its_kind, key=of_its_kind.__getitem__)
    assert max(of_its_kind.values()) >= 0.4
