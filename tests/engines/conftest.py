"""What tests of engines share: a small sweep, and a hand that reaches into its runs meanwhile."""

import json
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.jobs.conftest import at_epoch, runs_root, until
from vae_explorer.cli import main
from vae_explorer.jobs import lives, records
from vae_explorer.jobs.reports import Status

__all__ = ["runs_root"]
WORDS = ("sweep", "--preset", "mlp-small-z2", "--dataset", "digits", "--batch-size", "64")
EPOCHS = 8
"""Long enough for a hand to reach in after the first."""


def swept(capsys, engine: str, betas: str, epochs: int) -> tuple[int, dict, str]:
    """The exit code of a sweep, its answer, and what it said."""
    code = main((*WORDS, "--on", engine, "--betas", betas, "--epochs", str(epochs)))
    answer, said = capsys.readouterr()
    return code, json.loads(answer.splitlines()[-1]) if answer else {}, said


def run_of(beta: int) -> str:
    return f"digits-mlp-small-z2-b{beta}-s0"


@contextmanager
def meanwhile(act: Callable[[], object]) -> Iterator[None]:
    """Do something beside a command that waits, and fail with it."""
    raised: list[BaseException] = []

    def acted() -> None:
        try:
            act()
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=acted, name="meanwhile")
    thread.start()
    yield
    thread.join()
    assert not raised, raised


def under_way(run: str) -> Status:
    """The status of a run that has had an epoch, once it was asked for."""
    until(lambda: run in records.names())
    return at_epoch(run)


def kill_worker(run: str) -> None:
    """Kill the process that a worker is, above the one that keeps the run."""
    keeper = lives.read(records.job_folder(run)).pid
    found = subprocess.run(["ps", "-o", "ppid=", "-p", str(keeper)], capture_output=True, text=True, check=True)
    assert int(found.stdout) > 1
    os.kill(int(found.stdout), signal.SIGKILL)


def attempts() -> dict[str, int]:
    return {job.name: job.attempt for job in records.every()}


def codes(root: Path) -> dict[str, int | None]:
    return {name: lives.read(root / ".jobs" / name).code for name in records.names()}
