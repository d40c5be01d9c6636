"""import: a file to a run, told in one JSON line; refusals name what to say."""

import re

import pytest
import torch

from tests.commands import answered
from tests.importers.networks import Kind, state, trained
from vae_explorer import checkpoints
from vae_explorer.checkpoints import catalogue


@pytest.fixture
def file(tmp_path):
    torch.save({"state_dict": state(trained(Kind()))}, tmp_path / "vae 1.pth")
    return tmp_path / "vae 1.pth"


def test_a_file_becomes_a_run_that_the_app_opens(file, tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path / "runs"))
    told = answered("import", str(file), "--dataset", "digits")
    assert told["run"] == str(tmp_path / "runs" / "digits-vae-1")
    assert told["layout"] == "pytorch-examples"
    assert told["decided"] == {
        "activation": "relu",
        "before-heads": "yes",
        "input": "unit",
        "output": "sigmoid",
        "second-head": "log-variance",
    }
    assert told["alike"] == ["leaky-0.01"]
    assert told["margin"] > 0.4
    assert told["runner_up"]
    assert 0 < told["error"] < 0.03
    entry = catalogue.find("digits-vae-1")
    assert entry.recipe.imported is not None
    assert entry.recipe.imported.file == "vae 1.pth"
    assert checkpoints.read_latents(entry).mu.shape == (360, 6)
    again = answered(
        "import", str(file), "--dataset", "digits", "--activation", "leaky-0.01", "--second-head", "log-sigma"
    )
    assert again["run"].endswith("digits-vae-1-2")
    assert (again["decided"]["activation"], again["decided"]["second-head"]) == ("leaky-0.01", "log-sigma")
    assert again["head_margin"] is None
    evaluated = answered("embed", again["run"])
    assert evaluated["seed"] is None


REFUSALS = {
    (): "pytorch-examples, 6 units; activation, before-heads, input, output, second-head must be measured; name",
    ("--dataset", "letters"): "no data set “letters”",
    ("--dataset", "digits", "--layout", "vgg"): "no layout “vgg”; known are pytorch-examples",
    ("--dataset", "digits", "--layout", "lyeoni"): "are not named as in the layout lyeoni: they begin with fc1.weight",
    ("--dataset", "digits", "--activation", "step"): "no activation “step”; known are relu",
    ("--dataset", "digits", "--order", "mu-first"): "leave no choice of --order; leave it out",
    ("--dataset", "digits", "--out", "a b"): "must be at most 80 letters",
    (
        "--dataset",
        "digits",
        "--input",
        "signed",
        "--output",
        "tanh",
    ): "no better than their mean; name the data set",
    (
        "--dataset",
        "sprites",
    ): "takes 784 pixels, the images of the data set have 1,024; name the data set it was trained",
}


@pytest.mark.parametrize("words", REFUSALS, ids=str)
def test_refusals_say_what_to_do(words, file, refused):
    assert re.search(REFUSALS[words], refused("import", str(file), *words))
