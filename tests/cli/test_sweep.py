"""A sweep: processes side by side, one thread each, and one JSON line at the end."""

import json
import signal
import subprocess
import sys

import pytest

from tests.commands import ROOT
from vae_explorer import checkpoints
from vae_explorer.cli import main
from vae_explorer.engines import worker
from vae_explorer.jobs import housekeeping, sweeps

WORDS = ("sweep", "--preset", "mlp-small-z2", "--dataset", "digits", "--batch-size", "64", "--epochs", "2")


@pytest.fixture(autouse=True)
def runs(tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path / "runs"))
    return tmp_path / "runs"


@pytest.mark.process
@pytest.mark.usefixtures("warm_children")
def test_two_betas_leave_two_runs_of_one_thread_each(runs, capsys):
    assert main((*WORDS, "--betas", "1,4", "--seeds", "3")) == 0
    answer, said = capsys.readouterr()
    assert answer.count("\n") == 1
    found = json.loads(answer)["runs"]
    names = ["digits-mlp-small-z2-b1-s3", "digits-mlp-small-z2-b4-s3"]
    assert [one["run"] for one in found] == [str(runs / name) for name in names]
    assert [one["threads"] for one in found] == [1, 1]
    for name, beta in zip(names, (1.0, 4.0), strict=True):
        recipe = checkpoints.open_checkpoint(runs / name).recipe
        assert (recipe.train.beta, recipe.train.seed, recipe.threads, recipe.epoch) == (beta, 3, 1, 2)
        assert said.count(f"β {beta:g}, seed 3: epoch ") == 2
    assert main((*WORDS[:-1], "1", "--betas", "4", "--seeds", "3")) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["note"] == f"{names[1]} is the name of another run; this one is called {names[1]}-2."
    assert [one["run"] for one in found["runs"]] == [str(runs / f"{names[1]}-2")]
    assert checkpoints.open_checkpoint(runs / names[1]).recipe.epoch == 2, "and the other stays"


@pytest.mark.process
@pytest.mark.usefixtures("warm_children")
def test_asked_for_again_a_sweep_goes_on_where_it_stopped_and_trains_nothing_twice(runs, capsys):
    words = (*WORDS[:-1], "1", "--betas", "1,4", "--seeds", "3")
    names = ["digits-mlp-small-z2-b1-s3", "digits-mlp-small-z2-b4-s3"]
    assert main(words) == 0
    first = json.loads(capsys.readouterr().out)
    assert main(words) == 0
    again, said = capsys.readouterr()
    assert (json.loads(again), said) == (first, "")
    housekeeping.delete(names[1])
    assert main(words) == 0
    third, said = capsys.readouterr()
    assert [one["nll"] for one in json.loads(third)["runs"]] == [one["nll"] for one in first["runs"]]
    assert "β 4, seed 3: epoch 1/1" in said
    assert "β 1, seed 3" not in said
    assert main((*words[:-4], "--betas", "1", "--seeds", "3", "--replace")) == 0
    assert "β 1, seed 3: epoch 1/1" in capsys.readouterr().err
    assert {path.name for path in runs.iterdir()} == {".jobs", *names}
    (wide, narrow) = (len(sweep.runs) for sweep in sorted(sweeps.every(), key=lambda one: -len(one.runs)))
    assert (wide, narrow) == (2, 1), "the page shows both"


@pytest.mark.process
@pytest.mark.usefixtures("warm_children")
def test_a_run_that_fails_does_not_stop_the_others(runs, capsys):
    """β 10,000 at this rate leaves the numbers; β 0 stays among them."""
    words = (*WORDS, "--betas", "10000,0", "--lr", "0.1", "--schedule", "constant", "--start", "plain")
    assert main(words) == 2
    answer, said = capsys.readouterr()
    assert answer.count("\n") == 1
    assert "β 10000, seed 0: error: The loss became non-finite" in said
    assert said.splitlines()[-1] == "error: 1 of 2 runs did not finish; their lines above say why."
    (found,) = json.loads(answer)["runs"]
    assert found["run"] == str(runs / "digits-mlp-small-z2-b0-s0")
    assert checkpoints.open_checkpoint(runs / "digits-mlp-small-z2-b0-s0").recipe.epoch == 2


def test_betas_that_share_a_name_are_refused_before_anything_is_trained(runs, capsys):
    """Names round β to six digits; two runs must not write one folder."""
    assert main((*WORDS, "--betas", "1,1.0000001")) == 2
    assert "digits-mlp-small-z2-b1-s0" in capsys.readouterr().err
    assert not runs.exists()


def test_every_setting_reaches_the_runs(capsys, monkeypatch):
    """The words that a sweep hands on, read by the command that gets them."""
    from vae_explorer.cli import _parser

    words = [*WORDS, "--prior", "mixture", "--components", "5", "--objective", "iwae", "--importance-samples", "7"]
    words += ["--lr", "0.001", "--held-out", "3", "--replace", "--data-dir", "/data"]
    handed = []
    monkeypatch.setattr(worker, "attempt", lambda folder, number, given, *rest: handed.append(given) or "not today.")
    assert main(words) == 2
    assert "β 1, seed 0: error: not today." in capsys.readouterr().err
    read = vars(_parser().parse_args(handed[0]))
    expected = {"prior": "mixture", "components": 5, "objective": "iwae", "importance_samples": 7, "lr": 0.001}
    expected |= {"held_out": 3, "threads": 1, "beta": 1.0, "seed": 0, "epochs": 2, "batch_size": 64}
    assert {name: read[name] for name in expected} == expected
    assert (str(read["data_dir"]), read["preset"], read["dataset"]) == ("/data", "mlp-small-z2", "digits")


@pytest.mark.process
def test_an_interrupted_sweep_ends_its_runs(runs):
    """The signal reaches the sweep alone; its run would go on for hours."""
    words = (*WORDS[:-1], "100000", "--betas", "1", "--jobs", "1")
    command = [sys.executable, "-m", "vae_explorer", *words]
    sweep = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert sweep.stderr is not None
    assert "epoch 1/" in sweep.stderr.readline()
    sweep.send_signal(signal.SIGINT)
    sweep.communicate(timeout=60)
    assert sweep.returncode == 130
    opened = checkpoints.open_checkpoint(runs / "digits-mlp-small-z2-b1-s0")
    assert checkpoints.STATE in opened.files
