"""More seeds of a model: what it was trained with, from seeds that there are none of, and what they come to."""

import json

import pytest

from tests.jobs.conftest import asked, ended
from vae_explorer.checkpoints import catalogue
from vae_explorer.cli import main
from vae_explorer.errors import InvalidSetting
from vae_explorer.jobs import seeds
from vae_explorer.spread import spread
from vae_explorer.ui import seed_figures

pytestmark = pytest.mark.usefixtures("runs_root")


@pytest.mark.parametrize("name", ["digits-mlp-z2", "mnist-conv-z10-b4", "sprites-tcvae-b2-s0", "mnist-z2-multi"])
def test_a_shipped_model_is_asked_for_with_all_that_it_was_trained_with(name):
    checkpoint = catalogue.find(name)
    settings = seeds.settings_of(checkpoint)
    assert (settings.model, settings.train) == (checkpoint.recipe.model, checkpoint.recipe.train)


def test_seeds_that_there_are_already_are_left_out():
    found = catalogue.find("mnist-conv-64-b4-s1")
    assert seeds.free_seeds(found, 3) == (3, 4, 5), "0, 1 and 2 are shipped"
    with pytest.raises(InvalidSetting, match="from 1 to 50, not 0"):
        seeds.free_seeds(found, 0)


def test_what_is_solved_for_has_no_other_seed():
    with pytest.raises(InvalidSetting, match="mnist-z2-pca is solved for, and is the same from every seed"):
        seeds.settings_of(catalogue.find("mnist-z2-pca"))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Give --dataset as well, or --like a model."),
        (("--like", "mnist-z2-vae", "--epochs", "3"), "leave out --epochs."),
        (("--like", "mnist-z2-vae", "--betas", "3"), "leave out --betas."),
        (
            ("--like", "mnist-conv-64-b4-s1", "--seeds", "0,7"),
            "mnist-conv-64-b4-s0 is there already; leave out its seed.",
        ),
        (("--like", "nobody"), "There is no model “nobody”"),
    ],
)
def test_a_command_that_leaves_open_what_to_train_or_says_it_twice_is_refused(words, sentence, capsys):
    assert main(["sweep", *words]) == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.process
@pytest.mark.usefixtures("warm_children")
def test_more_seeds_are_trained_by_page_and_command_and_every_figure_gets_a_spread(capsys):
    first = asked(start="plain").name
    ended(first)
    model = catalogue.find(first)
    assert seed_figures.evaluated_words(model) == ""
    chosen = seeds.free_seeds(model, 2)
    sweep = seeds.start(model, chosen)
    assert set(seeds.free_seeds(model, 2)).isdisjoint(chosen), "what is asked for is not asked for again"
    for run in sweep.runs:
        ended(run)
    assert main(["sweep", "--like", first, "--seeds", "9"]) == 0
    assert json.loads(capsys.readouterr().out)["runs"][0]["seed"] == 9
    assert [run.rpartition("-")[0] for run in sweep.runs] == [first.rpartition("-")[0]] * 2, "as sisters are called"
    every = seed_figures.seeds_of(model)
    assert [one.recipe.seed for one in every] == [model.recipe.seed, *chosen, 9]
    nll = spread([catalogue.EVALUATIONS.get(one).nll for one in every])
    assert nll.sd > 0
    assert f"nll {nll.words('%.2f')}" in seed_figures.evaluated_words(model)
