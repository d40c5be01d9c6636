"""project: a fitted map beside the checkpoint's files, found by the app under the same key."""

from pathlib import Path

import pytest

from tests.commands import answered
from vae_explorer import checkpoints
from vae_explorer.checkpoints import catalogue
from vae_explorer.errors import UnknownName
from vae_explorer.projections.settings import Settings, key


def test_a_map_is_shipped_with_its_checkpoint(run):
    told = answered("project", str(run), "--method", "tsne", "--perplexity", "12", "--seed", "3")
    checkpoint = checkpoints.open_checkpoint(run)
    name = key(checkpoints.read_latents(checkpoint).mu, Settings("tsne", perplexity=12.0, seed=3))
    found = catalogue.projection(checkpoint, name)
    assert Path(told["file"]) == run / "projections" / f"{name}.npz"
    assert (told["trustworthiness"], told["sampled"]) == (found.trustworthiness, 360)
    assert (told["method"], told["perplexity"], told["seed"]) == ("tsne", 12.0, 3)
    with pytest.raises(UnknownName):
        catalogue.projection(checkpoint, name[::-1])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--method", "pca"), "fitted map"),
        (("--n-neighbors", "1"), "n_neighbors"),
        (("--min-dist", "nan"), "min_dist"),
        (("--metric", "hamming"), "metric"),
        (("--metric", "correlation"), "3 latent units"),
        (("--seed", "-1"), "seed"),
    ],
)
def test_a_bad_setting_is_refused(refused, run, words, said):
    assert said in refused("project", str(run), *words)
    assert not [path for path in (run / "projections").glob("*") if path.name.startswith(".")]


def test_a_checkpoint_that_is_none_is_refused(refused, tmp_path):
    assert "config.json is missing" in refused("project", str(tmp_path))
