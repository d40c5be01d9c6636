"""What tests of the command line share."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

from vae_explorer.cli import main

ROOT = Path(__file__).parents[1]
TRAIN = ("train", "--preset", "mlp-small-z2", "--dataset", "digits", "--batch-size", "64", "--threads", "1")


def answered(*words: str) -> dict[str, Any]:
    """The JSON object that a command ends with."""
    said, answer = io.StringIO(), io.StringIO()
    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(answer):
        code = main(words)
    assert code == 0, said.getvalue()
    return json.loads(answer.getvalue().splitlines()[-1])
