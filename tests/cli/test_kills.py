"""Runs that are killed at any moment: what is on disk is whole, and goes on to the same weights."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from tests.commands import ROOT, TRAIN, answered
from tests.warm_starts import CLIENT
from vae_explorer import checkpoints
from vae_explorer.checkpoints import HISTORY, WEIGHTS

pytestmark = pytest.mark.process
SETTINGS = ("--batch-size", "240", "--epochs", "12", "--prior", "vamp", "--components", "20")
KILLS = 3


@contextmanager
def started(*words: str, python: tuple[str, ...] = (sys.executable,)) -> Iterator[subprocess.Popen[str]]:
    """A process that can be interrupted, wherever the tests were started from, and that ends with its test."""
    with subprocess.Popen(
        [*python, "-m", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def losses(folder: Path) -> list[tuple]:
    lines = [json.loads(line) for line in (folder / HISTORY).read_text().splitlines()]
    return [(line["epoch"], line["loss"], line["nll"], line["rate"], line["images"]) for line in lines]


def test_a_run_killed_again_and_again_ends_as_if_nothing_had_happened(tmp_path, warm_starts):
    whole, folder = tmp_path / "whole", tmp_path / "killed"
    warm = (sys.executable, "-I", "-S", str(CLIENT), str(warm_starts))
    with started("tests.killing", str(folder), "4", str(KILLS), *SETTINGS, python=warm) as killing:
        answer, said = killing.communicate(timeout=300)
    assert killing.returncode == 0, said
    reached = json.loads(answer.splitlines()[-1])
    assert len(reached) == KILLS
    assert reached == sorted(set(reached)), "every life went on from what the one before had saved"
    answered(*TRAIN, *SETTINGS, "--out", str(whole))
    assert (folder / WEIGHTS).read_bytes() == (whole / WEIGHTS).read_bytes()
    assert losses(folder) == losses(whole)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def first_epochs(process: subprocess.Popen[str], count: int) -> None:
    """Wait until so many epochs have been reported."""
    assert process.stderr is not None
    for _ in range(count):
        line = process.stderr.readline()
        assert line.startswith("epoch "), line


def test_a_process_that_is_interrupted_leaves_the_last_whole_epoch(tmp_path):
    folder = tmp_path / "run"
    with started("vae_explorer", *TRAIN, "--epochs", "100000", "--out", str(folder)) as process:
        first_epochs(process, 3)
        process.send_signal(signal.SIGINT)
        said = process.communicate(timeout=120)[1]
    assert process.returncode == 130
    assert said.splitlines()[-1] == "stopped; what was saved whole before is kept."
    opened = checkpoints.open_checkpoint(folder)
    assert opened.recipe.epoch >= 3
    assert len(checkpoints.read_history(opened)) == opened.recipe.epoch
