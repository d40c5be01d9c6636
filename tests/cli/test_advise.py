"""`advise`: sentences with their views, or the same as JSON."""

from dataclasses import replace

import pytest

from tests.advice.cases import silenced
from tests.commands import answered
from tests.conftest import save_tiny
from vae_explorer import checkpoints
from vae_explorer.checkpoints import Checkpoint
from vae_explorer.cli import main


@pytest.fixture
def silent(tmp_path, digits) -> Checkpoint:
    return silenced(save_tiny(tmp_path / "silent", digits))


def test_sentences_stand_behind_whom_they_are_about_and_above_where_they_are_seen(silent, capsys):
    assert main(("advise", str(silent.folder))) == 0
    said = capsys.readouterr().out
    assert "silent: 1 of 3 units is collapsed (unit 1): its KL is below 0.01 nats" in said
    assert "\n  see /traversals?model=silent\n" in said


def test_json_tells_numbers_kind_and_models(silent):
    told = answered("advise", str(silent.folder), str(silent.folder), "--json")
    assert told["checkpoints"] == ["silent"]
    (collapse,) = [one for one in told["findings"] if one["kind"] == "collapsed-units"]
    assert collapse["numbers"] == {"collapsed": 1, "units": 3}
    assert (collapse["view"], collapse["models"]) == ("/traversals?model=silent", ["silent"])


def test_models_that_differ_in_beta_alone_are_a_family(tmp_path, digits):
    folders = [str(save_tiny(tmp_path / f"b{beta:g}", digits, beta=beta).folder) for beta in (1.0, 4.0)]
    told = answered("advise", *folders, "--json")
    assert told["findings"][0]["kind"] == "knee"
    assert told["findings"][0]["models"] == ["b1", "b4"]


def test_a_folder_without_latents_is_refused_in_one_line(tiny, tmp_path, capsys):
    weights, history = checkpoints.read_weights(tiny), checkpoints.read_history(tiny)
    bare = checkpoints.save(tmp_path / "bare", replace(tiny.recipe), weights, history)
    assert main(("advise", str(bare.folder))) == 2
    assert "has no latents yet" in capsys.readouterr().err
