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

pytestmark = pytest.mark.process
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


def test_a_second_request_joins_the_first(busy, many):
    first = asked(busy, many, asker="one")
    assert asked(busy, many, asker="two") is first
    until(lambda: first.process is not None)
    process = first.process
    assert asked(busy, many) is first
    assert first.process is process


def test_one_at_a_time(busy, many, mu):
    first = asked(busy, many)
    until(lambda: first.state == TaskState.RUNNING)
    second = asked(busy, mu)
    assert (second.state, second.process) == (TaskState.WAITING, None)
    busy.stop(first.key)
    assert ended(second).state == TaskState.DONE
    assert first.state == TaskState.STOPPED


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


def test_a_waiting_job_is_stopped_before_it_starts(busy, many, mu):
    first = asked(busy, many)
    until(lambda: first.state == TaskState.RUNNING)
    second = asked(busy, mu)
    busy.stop(second.key)
    assert (second.state, second.process, second.over.is_set()) == (TaskState.STOPPED, None, True)
    busy.forget(second.key)
    assert asked(busy, mu) is not second
    assert first.state == TaskState.RUNNING
    busy.stop(first.key)


def test_a_job_ends_with_the_last_who_asks_for_it(busy, many):
    job = asked(busy, many, asker="one")
    asked(busy, many, asker="two")
    until(lambda: job.process is not None)
    busy.leave(job.key, "one")
    busy.leave(job.key, "stranger")
    assert not job.over.is_set()
    busy.leave(job.key, "two")
    assert ended(job).state == TaskState.STOPPED
    assert asked(busy, many) is not job


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


def test_old_jobs_are_forgotten(monkeypatch):
    few = ChildQueue[MapTask](kept=2)
    monkeypatch.setattr(process, "ask", lambda *arguments: ["/nonexistent/python"])
    for n in range(6, 12):
        ended(asked(few, np.ones((n, 2), np.float32)))
    assert len(few.tasks) <= 3


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
