"""python -m tests.killing FOLDER SEED KILLS OPTION…: a run, killed at random moments and taken up again.

Each life is a fork of this process, which has loaded what a run needs: so dozens of kills cost seconds. Ends with the
epochs found on disk after each kill, as JSON.
"""

import importlib
import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from tests.commands import TRAIN
from vae_explorer import checkpoints, datasets
from vae_explorer.cli import main

LONGEST = 0.1
"""Seconds between the first epoch that a life has saved and its end."""
PATIENCE = 60.0


def live(words: tuple[str, ...], folder: Path, seconds: float | None) -> bool:
    """One life, killed so many seconds after it first saved an epoch; whether it came to its own, good end."""
    before, child = stamp(folder), os.fork()
    if child == 0:
        os._exit(main(words))
    if seconds is not None:
        begun = time.monotonic()
        while stamp(folder) in (None, before) and time.monotonic() < begun + PATIENCE:
            time.sleep(0.001)
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    left = os.waitstatus_to_exitcode(status)
    if left not in (0, -signal.SIGKILL):
        raise SystemExit(f"a life ended with {left}")
    return left == 0


def stamp(folder: Path) -> int | None:
    """Names the folder that stands there now."""
    try:
        return folder.stat().st_ino
    except FileNotFoundError:
        return None


def killed(folder: Path, seed: int, kills: int, fresh: tuple[str, ...]) -> list[int]:
    """The epochs of the checkpoint after each kill."""
    dice, reached = random.Random(seed), []
    for _ in range(kills):
        if live(("train", "--resume", str(folder)) if reached else fresh, folder, dice.uniform(0, LONGEST)):
            raise SystemExit("the run ended before it could be killed")
        reached.append(checkpoints.open_checkpoint(folder).recipe.epoch)
    if not live(("train", "--resume", str(folder)), folder, None):
        raise SystemExit("the last life did not end")
    return reached


if __name__ == "__main__":
    datasets.load("digits", "test")
    importlib.import_module("vae_explorer.trials")  # and PyTorch with it
    place = Path(sys.argv[1])
    print(json.dumps(killed(place, int(sys.argv[2]), int(sys.argv[3]), (*TRAIN, *sys.argv[4:], "--out", str(place)))))
