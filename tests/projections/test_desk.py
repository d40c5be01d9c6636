"""Maps computed in real child processes: joined, waited for, stopped, killed, and never orphaned."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from vae_explorer.child_queue import ChildQueue, TaskState
from vae_explorer.projections import process, store
from vae_explorer.projections.desk import MapTask, fitted_map
from vae_explorer.projections.fit import fitted
from vae_explorer.projections.settings import Settings, key

pytestmark = [pytest.mark.process, pytest.mark.usefixtures("warm_children")]
ROOT = Path(__file__).parents[2]
TSNE = Settings("tsne", perplexity=5.0)


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("VAE_EXPLORER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def mu(rng) -> np.ndarray:
    return rng.normal(size=(40, 3)).astype(np.float32)


@pytest.fixture
def many(rng) -> np.ndarray:
    """So many that nobody waits for their end here."""
    return rng.normal(size=(6000, 10)).astype(np.float32)


@pytest.fixture
def busy() -> Iterator[ChildQueue[MapTask]]:
    """A queue whose processes do not outlive the test."""
    found = ChildQueue[MapTask]()
    yield found
    for task in found.tasks:
        found.stop(task.key)


def asked(at: ChildQueue[MapTask], mu: np.ndarray, chosen: Settings = TSNE, asker: str = "") -> MapTask:
    name = key(mu, chosen)
    return at.ask(MapTask(name, order=fitted_map(name, mu, chosen)), asker)


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, "it does not come to pass"
        time.sleep(0.02)


def ended(job: MapTask) -> MapTask:
    assert job.over.wait(120)
    return job


def test_a_map_made_by_the_process_is_the_map_made_here(busy, mu, cache):
    job = ended(asked(busy, mu))
    assert (job.state, job.sentence) == (TaskState.DONE, "")
    assert job.share == 1
    found = store.read(cache / f"{job.key}.npz", 40)
    assert np.array_equal(found.xy, fitted(mu, TSNE, lambda share, doing: None).xy)
    assert found.settings == TSNE


def test_progress_is_told(busy, many):
    job = asked(busy, many)
    until(lambda: job.share > 0)
    assert job.doing


def test_a_killed_process_is_said_and_can_be_asked_for_again(busy, many, mu, cache):
    job = asked(busy, many)
    until(lambda: job.share > 0)
    assert job.process is not None
    os.kill(job.process.pid, signal.SIGKILL)
    assert ended(job).state == TaskState.FAILED
    assert "ended before it was done" in job.sentence
    assert asked(busy, many) is job
    assert list(cache.glob("*")) == []
    busy.forget(job.key)
    again = asked(busy, many)
    assert again is not job
    until(lambda: again.share > 0)


def test_a_map_that_vanished_is_computed_again(busy, mu, cache):
    job = ended(asked(busy, mu))
    assert asked(busy, mu) is job
    (cache / f"{job.key}.npz").unlink()
    again = asked(busy, mu)
    assert again is not job
    assert ended(again).state == TaskState.DONE


def test_what_is_refused_is_told_in_its_own_words(busy):
    job = ended(asked(busy, np.ones((40, 3), np.float32)))
    assert job.state == TaskState.FAILED
    assert "the same latent" in job.sentence


def test_a_process_that_cannot_start_is_told(busy, mu, monkeypatch):
    monkeypatch.setattr(process, "ask", lambda *arguments: ["/nonexistent/python"])
    job = ended(asked(busy, mu))
    assert job.state == TaskState.FAILED
    assert "could not be started" in job.sentence


def test_a_cache_that_cannot_be_written_is_told(busy, mu, cache):
    cache.write_text("a file where a folder should be")
    job = ended(asked(busy, mu))
    assert job.state == TaskState.FAILED
    assert "cannot be written" in job.sentence


ASKER = """
import sys, time
import numpy as np
from vae_explorer.projections.desk import QUEUE, MapTask, fitted_map
from vae_explorer.projections.settings import Settings
mu = np.random.default_rng(0).normal(size=(6000, 10)).astype(np.float32)
job = QUEUE.ask(MapTask("one", order=fitted_map("one", mu, Settings("tsne"))))
while not job.share:
    time.sleep(0.02)
print(job.process.pid, flush=True)
time.sleep(600)
"""


def test_no_process_outlives_who_asked():
    with subprocess.Popen([sys.executable, "-c", ASKER], cwd=ROOT, stdout=subprocess.PIPE, text=True) as asker:
        assert asker.stdout is not None
        pid = int(asker.stdout.readline())
        assert _alive(pid)
        asker.kill()
    until(lambda: not _alive(pid))


def _alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/status")
    try:
        return "State:\tZ" not in status.read_text()
    except OSError:
        return False
