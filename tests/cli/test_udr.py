"""UDR by the command: of models that differ in their seed alone, kept beside each."""

import json
from pathlib import Path

import pytest

from tests.commands import TRAIN, answered
from vae_explorer import checkpoints
from vae_explorer.cli import main
from vae_explorer.metrics.udr_row import UDR


@pytest.fixture(scope="module")
def seeds(tmp_path_factory) -> list[str]:
    """Three models of one recipe, and one of another β."""
    root = tmp_path_factory.mktemp("runs")
    named = [(f"s{seed}", seed, "1") for seed in range(3)] + [("b2", 3, "2")]
    for name, seed, beta in named:
        answered(*TRAIN, "--epochs", "2", "--seed", str(seed), "--beta", beta, "--out", str(root / name))
    return [str(root / name) for name, _, _ in named]


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("VAE_EXPLORER_CACHE", str(tmp_path))


def told(capsys, *folders: str) -> list[dict]:
    assert main(("metrics", *folders, "--scores", "udr")) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_each_seed_is_compared_with_the_others_and_with_no_other_model(seeds, capsys):
    first, *_ = told(capsys, *seeds[:3])
    value = first["scores"][UDR]
    assert 0 < value["value"] <= 1
    assert set(value["parts"]) == {"s1", "s2"}
    again, *_, other = (json.loads(line) for line in _all(capsys, seeds))
    assert again["scores"][UDR] == value
    assert other["scores"][UDR] is None
    kept = {result.metric: result.value for result in checkpoints.read_measurements(_opened(seeds[0])).results}
    assert kept[UDR] == value


def _all(capsys, folders: list[str]) -> list[str]:
    assert main(("metrics", *folders, "--scores", "udr,mig")) == 0
    return capsys.readouterr().out.splitlines()


def _opened(folder: str) -> checkpoints.Checkpoint:

    return checkpoints.open_checkpoint(Path(folder))


def test_fewer_than_three_are_refused(seeds, capsys):
    assert main(("metrics", *seeds[:2], "--scores", "udr")) == 2
    assert "three models at least" in capsys.readouterr().err
