"""The command line as a person meets it: in a process of its own."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from vae_explorer import checkpoints

ROOT = Path(__file__).parents[1]
TRAIN = ("train", "--preset", "mlp-small-z2", "--dataset", "digits", "--batch-size", "64")


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "vae_explorer", *arguments]


def call(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments), cwd=ROOT, capture_output=True, text=True, env=os.environ | environment, timeout=300
    )


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    folder = tmp_path_factory.mktemp("runs") / "one"
    return folder, call(*TRAIN, "--epochs", "3", "--beta", "2", "--latent-dim", "4", "--out", str(folder))


def test_training_ends_with_one_json_object(trained):
    folder, answer = trained
    assert answer.returncode == 0, answer.stderr
    assert answer.stderr.count("epoch ") == 3
    values = json.loads(answer.stdout.splitlines()[-1])
    assert {"run", "dataset", "epochs", "seconds", "images_per_second", "nll", "rate", "elbo", "active_units"} <= set(
        values
    )
    assert values["elbo"] == pytest.approx(-(values["nll"] + values["rate"]))
    assert (values["run"], values["dataset"], values["epochs"], values["n"]) == (str(folder), "digits", 3, 360)
    recipe = checkpoints.open_checkpoint(folder).recipe
    assert (recipe.train.beta, recipe.model.latent_dim) == (2.0, 4)


def test_evaluate_gives_the_same_figures(trained):
    folder, answer = trained
    values, again = json.loads(answer.stdout), json.loads(call("evaluate", str(folder)).stdout)
    assert {name: again[name] for name in ("nll", "rate", "elbo", "active_units", "n", "seed")} == {
        name: values[name] for name in ("nll", "rate", "elbo", "active_units", "n", "seed")
    }
    assert again["iw_bound"] > again["elbo"]
    assert again["iw_samples"] == 10
    assert again["bits_per_pixel"] == pytest.approx(-again["elbo"] / 784 / 0.6931472)
    assert len(again["aggregate_mean"]) == len(again["aggregate_covariance"]) == 4
    train = json.loads(call("evaluate", str(folder), "--split", "train", "--samples", "1").stdout)
    assert (train["split"], train["n"]) == ("train", 1437)


def test_embed_replaces_the_latents(trained):
    folder, _ = trained
    answer = call("embed", str(folder), "--split", "train")
    assert answer.returncode == 0, answer.stderr
    latents = checkpoints.read_latents(checkpoints.open_checkpoint(folder))
    assert (latents.split, len(latents.label)) == ("train", 1437)


def test_an_existing_run_is_kept_unless_replaced(trained):
    folder, _ = trained
    before = checkpoints.open_checkpoint(folder).version
    answer = call(*TRAIN, "--epochs", "1", "--out", str(folder))
    assert (answer.returncode, answer.stderr.count("\n")) == (2, 1)
    assert "--replace" in answer.stderr
    assert checkpoints.open_checkpoint(folder).version == before


BAD = {
    ("--preset", "mlp-z99"): "mlp-400-z20",
    ("--dataset", "imagenet"): "mnist, digits",
    ("--beta", "-1"): "beta must be",
    ("--beta", "nan"): "beta must be",
    ("--lr", "0"): "lr must be",
    ("--epochs", "0"): "epochs must be",
    ("--batch-size", "5000"): "1437 training images",
    ("--latent-dim", "0"): "latent_dim must be",
    ("--latent-dim", "1000000"): "latent_dim must be",
    ("--schedule", "sawtooth"): "constant, cosine",
    ("--out", "/proc/nowhere/run"): "cannot be written",
    ("--out", "bad name!"): "letters, digits",
}


@pytest.mark.parametrize(("option", "sentence"), BAD.items(), ids=lambda value: str(value)[:30])
def test_bad_settings_are_one_line_and_exit_code_2(option, sentence, tmp_path):
    answer = call(*TRAIN, "--epochs", "1", "--out", str(tmp_path / "run"), *option)
    assert answer.returncode == 2
    assert answer.stderr.splitlines()[-1].startswith("error: ")
    assert sentence in answer.stderr
    assert answer.stdout == ""
    assert not (tmp_path / "run").exists()


def test_absent_data_and_broken_checkpoints_are_one_line(tmp_path):
    answer = call(
        "train", "--preset", "mlp-z2", "--dataset", "mnist", "--out", str(tmp_path / "r"), "--data-dir", str(tmp_path)
    )
    assert (answer.returncode, answer.stderr.count("\n")) == (2, 1)
    assert "VAE_EXPLORER_DATA" in answer.stderr
    for name in ("evaluate", "embed"):
        answer = call(name, str(tmp_path / "nothing"))
        assert (answer.returncode, answer.stderr.count("\n")) == (2, 1)
        assert "config.json is missing" in answer.stderr


def test_ctrl_c_leaves_the_last_whole_epoch(tmp_path):
    folder = tmp_path / "run"
    process = subprocess.Popen(
        command(*TRAIN, "--epochs", "100000", "--out", str(folder)), cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    lines = [process.stderr.readline() for _ in range(3)]
    process.send_signal(signal.SIGINT)
    rest = process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert "saved whole before is kept" in rest
    opened = checkpoints.open_checkpoint(folder)
    assert opened.recipe.epoch >= 2
    assert len(checkpoints.read_history(opened)) == opened.recipe.epoch
    assert lines[2].startswith("epoch 3/")


def test_kill_9_leaves_a_whole_checkpoint(tmp_path):
    folder = tmp_path / "run"
    process = subprocess.Popen(
        command(*TRAIN, "--epochs", "100000", "--out", str(folder)), cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr is not None
    for _ in range(5):
        process.stderr.readline()
    process.kill()
    process.communicate(timeout=60)
    assert checkpoints.open_checkpoint(folder).recipe.epoch >= 4
