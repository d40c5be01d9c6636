"""What tests of runs as child processes share: a runs folder of their own, and no process that outlives its test."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import save_tiny
from vae_explorer.config import TrainConfig
from vae_explorer.datasets.images import ImageSet
from vae_explorer.jobs import desk, lives, records
from vae_explorer.jobs.records import Job
from vae_explorer.jobs.reports import RunState, Status
from vae_explorer.run_settings import RunSettings, training_names

PATIENCE = 60.0
ENDLESS = 100_000


@pytest.fixture
def runs_root(tmp_path, monkeypatch) -> Iterator[Path]:
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path / "runs"))
    yield tmp_path / "runs"
    for path in (tmp_path / "runs" / ".jobs").glob(f"*/{records.JOB}"):
        path.unlink()
        end_all(path.parent)
    for thread in threading.enumerate():
        if thread.name == "runs":
            thread.join(PATIENCE)


def end_all(folder: Path) -> None:
    """Kill what a job's last attempt has left, if anything of it is there."""
    pid = lives.read(folder).pid
    if pid > 1 and not lives.free(folder):
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


def asked(name: str = "", epochs: int = 1, **training) -> Job:
    """A small run on the digits."""
    settings = {"epochs": epochs, "batch_size": 64, **training}
    return desk.start(RunSettings("mlp-small-z2", "digits", settings), name, threads=1)


def recorded(name: str, ticket: int = 1, wanted: bool = True, **training) -> Job:
    """A run that was asked for, and that nothing has been done about."""
    settings = TrainConfig(epochs=ENDLESS, batch_size=64).to_dict() | training
    settings = {key: settings[key] for key in training_names()}
    shape = {"latent_dim": 2, "likelihood": "bernoulli", "variance": 0.5, "prior": "normal", "components": 1}
    asked_for = RunSettings("mlp-small-z2", "digits", settings, shape)
    made = Job(name, asked_for, 1, ticket, wanted=wanted, created="2026-01-31T12:00:00")
    records.write(made)
    return made


def over(name: str, images: ImageSet, ticket: int = 1, **training) -> Job:
    """A run that is finished, as its folders tell; no process was ever needed."""
    made = recorded(name, ticket, **training)
    save_tiny(records.run_folder(name), images, latent_dim=ticket)
    lives.write(records.job_folder(name), replace(lives.own(1), code=0))
    return made


def until(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it does not come to pass"
        time.sleep(0.02)


def ended(name: str) -> Status:
    """The status of a run once it neither waits nor works."""
    until(lambda: desk.status(name).state not in (RunState.QUEUED, RunState.RUNNING))
    return desk.status(name)


def at_epoch(name: str, epoch: int = 1) -> Status:
    """The status of a run that works and has had so many epochs."""
    until(lambda: desk.status(name).epoch >= epoch)
    return desk.status(name)


def trainer(name: str) -> int:
    """The process that trains, below the one that keeps it."""
    keeper = lives.read(records.job_folder(name)).pid
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(keeper)], capture_output=True, text=True, check=True)
    return int(found.stdout)


def freeze(pid: int) -> None:
    """Stop a process for good: until it has stopped, an interruption can still end it while it starts."""
    os.kill(pid, signal.SIGSTOP)
    until(lambda: subprocess.check_output(["ps", "-o", "stat=", "-p", str(pid)], text=True).startswith("T"))
