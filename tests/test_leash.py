"""However a process ends, those it started end with it, and their temporary folders are gone."""

import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.jobs.conftest import until
from vae_explorer import child_folder
from vae_explorer.jobs import lives

ROOT = Path(__file__).parents[1]
ASKER = """
import sys, time
import numpy as np
from vae_explorer.jobs import estimates
from vae_explorer.projections import desk
from vae_explorer.projections.settings import Settings
from vae_explorer.run_settings import RunSettings

def estimate():
    words = estimates.words(RunSettings("mlp-z2", "digits", {"batch_size": 64}))
    return estimates.QUEUE, estimates.Question(words)

def map():
    mu = np.random.default_rng(0).normal(size=(20_000, 10)).astype(np.float32)
    return desk.QUEUE, desk.MapTask("0" * 32, order=desk.fitted_map("0" * 32, mu, Settings("tsne")))

queue, task = {"estimate": estimate, "map": map}[sys.argv[1]]()
queue.ask(task)
while task.process is None:
    time.sleep(0.01)
print(task.process.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.process
@pytest.mark.parametrize(
    ("work", "number"),
    [("estimate", signal.SIGKILL), ("estimate", signal.SIGTERM), ("estimate", signal.SIGINT), ("map", signal.SIGKILL)],
)
def test_what_was_asked_for_ends_with_whoever_asked(work, number, tmp_path):
    own = {"TMPDIR": str(tmp_path), "VAE_EXPLORER_CACHE": str(tmp_path / "cache")}
    command, pipe, nothing = [sys.executable, "-c", ASKER, work], subprocess.PIPE, subprocess.DEVNULL
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | own, stdout=pipe, stderr=nothing, text=True) as asker:
        assert asker.stdout is not None
        child = int(asker.stdout.readline())
        assert list(tmp_path.glob(f"{child_folder.PREFIX}*"))
        asker.send_signal(number)
    until(lambda: not lives.started(child))
    assert not list(tmp_path.glob(f"{child_folder.PREFIX}*"))


def test_a_folder_that_nobody_holds_is_swept_and_no_other(tmp_path):
    names = "vae-explorer-a", "vae-explorer-b", "vae-explorer-c", "d"
    left, held, young, other = (tmp_path / name for name in names)
    for folder in (left, held, young, other):
        folder.mkdir()
    (tmp_path / "vae-explorer-link").symlink_to(other)
    for folder in (left, held, other):
        (folder / child_folder.LOCK).touch()
    with (held / child_folder.LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        child_folder.sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["d", held.name, young.name, "vae-explorer-link"]
