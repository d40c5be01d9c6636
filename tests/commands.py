"""What tests of the command line share."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import pytest

from vae_explorer import checkpoints
from vae_explorer.cli import main

ROOT = Path(__file__).parents[1]
TRAIN = ("train", "--preset", "mlp-small-z2", "--dataset", "digits", "--batch-size", "64", "--threads", "1")
ONE_EPOCH = (*TRAIN, "--epochs", "1")


def answered(*words: str) -> dict[str, Any]:
    """The JSON object that a command ends with."""
    said, answer = io.StringIO(), io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(answer):
        code = main(words)
    assert code == 0, said.getvalue()
    return json.loads(answer.getvalue().splitlines()[-1])


def interrupted(*words: str) -> None:
    """A run that is stopped by hand when its first epoch has been saved."""

    def stop(progress: object, epochs: int) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vae_explorer.cli.train._report", stop)
        assert main(words) == 130


def whole(folder: Path) -> bool:
    """Opened, finished, and nothing else beside it."""
    opened = checkpoints.open_checkpoint(folder)
    return checkpoints.STATE not in opened.files and [path.name for path in folder.parent.iterdir()] == [folder.name]
