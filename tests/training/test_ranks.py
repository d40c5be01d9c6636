"""Several processes train as one would: losses, weights, resumption, and what happens when one of them dies."""

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import torch

from tests.warm_starts import CLIENT
from vae_explorer import checkpoints, datasets, models
from vae_explorer.cli import main
from vae_explorer.errors import Diverged, InvalidSetting
from vae_explorer.losses import LOSSES
from vae_explorer.models.priors import PRIORS
from vae_explorer.run_settings import RunSettings
from vae_explorer.torchrun import LAUNCHED, Place, place
from vae_explorer.training.process import joined
from vae_explorer.training.ranks import ALONE, Ranks
from vae_explorer.training.trainer import Trainer

BATCH, EPOCHS = 60, 1
TRAINING = {"batch_size": BATCH, "epochs": EPOCHS, "lr": 1e-3}
SMALL = "mlp-small-z2"
PRESETS = {"ae": "ae-mlp-small-z2", "pca": "pca-z2"}


def settings() -> dict[str, RunSettings]:
    """A run for each loss and prior, and of the kinds of network that draw or see more than images."""
    losses = {
        name: (PRESETS.get(name, SMALL), {"objective": name} | {own.name: own.offered for own in row.settings}, {})
        for name, row in LOSSES.items()
    }
    priors = {name: (SMALL, {}, {"prior": name, "components": 20}) for name in PRIORS if name != "normal"}
    others = {
        "multi-rate": (SMALL, {}, {"multi_rate": "0.25,16"}),
        "classes": ("cvae-mlp-small-z2", {}, {}),
        "convolved": ("conv-z10", {}, {}),
    }
    table = losses | priors | others
    return {key: RunSettings(preset, "digits", TRAINING | own, shape) for key, (preset, own, shape) in table.items()}


def trained(ranks: Ranks) -> dict[str, list[float]]:
    """The last epoch's loss of each, its rate where it has one, and what its weights add up to."""
    images, found = datasets.load("digits", "train").select(slice(4 * BATCH)), {}
    for name, wanted in settings().items():
        trainer = Trainer(models.build(wanted.model), images, wanted.train, ranks=ranks)
        *_, last = trainer.epochs()
        weights = sum(float(one.double().abs().sum()) for one in trainer.model.state_dict().values())
        found[name] = [last.loss, last.rate or 0.0, weights]
    return found


class Beside(NamedTuple):
    """What one of two processes came to."""

    figures: dict[str, list[float]]
    refusal: str
    """Of a loss that only the second process finds to be no number."""


def beside() -> Beside:
    """The same as one of two processes."""
    torch.set_num_threads(1)
    with joined(place(), "cpu") as ranks:
        figures, row = trained(ranks), LOSSES["beta-vae"]
        odd = torch.tensor(float("nan") if ranks.index else 0.0)
        LOSSES["beta-vae"] = replace(row, minimised=lambda step, values: row.minimised(step, values) + odd)
        wanted, images = RunSettings(SMALL, "digits", TRAINING), datasets.load("digits", "train")
        with pytest.raises(Diverged) as refusal:
            list(Trainer(models.build(wanted.model), images, wanted.train, ranks=ranks).epochs())
        return Beside(figures, str(refusal.value))


def surroundings(index: int, port: int) -> dict[str, str]:
    """What torchrun tells a process."""
    here = {"RANK": index, "LOCAL_RANK": index, "WORLD_SIZE": 2, "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port}
    return {name: str(value) for name, value in here.items()} | {LAUNCHED: "a test"}


def free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Two:
    """Two processes side by side, as torchrun starts them, that have loaded PyTorch already."""

    def __init__(self, place: Path, *words: str) -> None:
        port, pipe = free_port(), subprocess.PIPE
        command = [sys.executable, "-I", "-S", str(CLIENT), str(place), "-m", *words]
        self.processes = [
            subprocess.Popen(command, env=os.environ | surroundings(i, port), stdout=pipe, stderr=pipe, text=True)
            for i in range(2)
        ]

    def answers(self) -> list[str]:
        """What they said, when they have come to a good end."""
        told = [one.communicate() for one in self.processes]
        assert [one.returncode for one in self.processes] == [0, 0], told
        return [answer for answer, _ in told]


@pytest.mark.process
def test_two_processes_make_the_steps_of_one_whatever_is_minimised(warm_starts):
    two = Two(warm_starts, __name__)
    alone = trained(ALONE)
    first, second = (Beside(*json.loads(answer)) for answer in two.answers())
    assert first.figures == second.figures, "both must hold the very same weights"
    assert first.refusal == second.refusal
    assert first.refusal.startswith("The loss became non-finite in epoch 1")
    assert first.figures.keys() == alone.keys()
    for name, figures in alone.items():
        assert first.figures[name] == pytest.approx(figures, rel=2e-5), name


WORDS = ["train", "--dataset=digits", f"--preset={SMALL}", f"--batch-size={BATCH}", "--lr=1e-3", "--start=plain"]
EPOCHS_OF_TWO = 10
COURSE = [f"--epochs={EPOCHS_OF_TWO}", "--threads=1"]


def by_torchrun(*words: str) -> dict[str, Any]:
    """The answer of two processes, which only one of them gives."""
    several = [
        sys.executable,
        "-m",
        "torch.distributed.run",
        "--nproc-per-node=2",
        f"--master-port={free_port()}",
        "-m",
        "--",
    ]
    told = subprocess.run([*several, "vae_explorer", *words], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert len(told.stdout.splitlines()) == 1
    return json.loads(told.stdout)


def losses(folder: Path) -> list[float]:
    return [line["loss"] for line in checkpoints.read_history(checkpoints.open_checkpoint(folder))]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, warm_starts: Path) -> Path:
    """A run of two processes from its start to its end."""
    folder = tmp_path_factory.mktemp("two") / "whole"
    words = (*WORDS, *COURSE, f"--out={folder}", f"--journal={folder.with_name('journal')}")
    answer, nothing = Two(warm_starts, "vae_explorer", *words).answers()
    assert (json.loads(answer)["processes"], nothing) == (2, "")
    return folder


@pytest.mark.process
def test_after_230_steps_two_processes_have_the_loss_of_one(whole, tmp_path, capsys):
    assert main([*WORDS, *COURSE, f"--out={tmp_path / 'alone'}"]) == 0
    assert losses(whole)[-1] == pytest.approx(losses(tmp_path / "alone")[-1], rel=1e-4)
    assert "processes" not in json.loads(capsys.readouterr().out.splitlines()[-1])
    assert list(whole.with_name("journal").iterdir())


@pytest.mark.process
def test_one_that_is_killed_ends_the_rest_and_both_go_on_bit_for_bit_from_the_last_whole_epoch(
    whole, tmp_path, warm_starts
):
    folder = tmp_path / "killed"
    first, second = Two(warm_starts, "vae_explorer", *WORDS, *COURSE, f"--out={folder}").processes
    assert first.stderr is not None
    next(line for line in first.stderr if line.startswith("epoch 2/"))
    second.kill()
    told = first.communicate()[1]
    second.communicate()
    assert (first.returncode, second.returncode) == (2, -signal.SIGKILL)
    assert told.splitlines()[-1] == (
        "error: Process 1 of 2 has lost another one, which ended or does not answer; the last whole epoch is kept. "
        "Go on with --resume."
    )
    assert 2 <= len(losses(folder)) < EPOCHS_OF_TWO
    assert by_torchrun("train", f"--resume={folder}")["processes"] == 2
    assert losses(folder) == losses(whole)
    kept, expected = (checkpoints.read_weights(checkpoints.open_checkpoint(place)) for place in (folder, whole))
    assert all((kept[name] == expected[name]).all() for name in expected)


def test_a_batch_must_divide_among_the_processes():
    three = Ranks()
    three.count = 3
    three.require_fit(96)
    with pytest.raises(InvalidSetting, match=r"batch_size 128 is that of all 3 processes together, .* take 126 or 129"):
        three.require_fit(128)


@pytest.mark.parametrize(("given", "expected"), [({}, Place()), (surroundings(1, 1), Place(1, 1, 2))])
def test_a_process_knows_its_place(given, expected, monkeypatch):
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert place() == expected


def test_other_commands_are_not_for_torchrun(monkeypatch, capsys):
    for name, value in surroundings(0, 1).items():
        monkeypatch.setenv(name, value)
    assert main(["evaluate", "anything"]) == 2
    assert capsys.readouterr().err == "error: torchrun is for train; start this command without it.\n"


if __name__ == "__main__":
    print(json.dumps(beside()))
