"""Who asks for a map: each is fitted once, one at a time, in a child process that can be watched and stopped."""

import contextlib
import json
import logging
import subprocess
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np

from vae_explorer.projections import process, store
from vae_explorer.projections.settings import Settings

LOG = logging.getLogger(__name__)
MOST = 64
WAITING, RUNNING, DONE, FAILED, STOPPED = "waiting", "running", "done", "failed", "stopped"


class Order(NamedTuple):
    """What is asked for."""

    target: Path
    """The file that it comes to lie in."""
    words: Callable[[Path], list[str]]
    """Writes into a folder what the process needs to know; gives the process's arguments."""


def fitted_map(key: str, mu: np.ndarray, chosen: Settings) -> Order:
    """The map of latents mu [N, D], kept by its key."""
    target = store.cache_root() / f"{key}.npz"
    return Order(target, lambda folder: process.ask(folder, mu, chosen, target))


@dataclass
class Job:
    """One map on its way; read by those who asked, written by the desk."""

    key: str
    order: Order
    state: str = WAITING
    share: float = 0.0
    doing: str = "Waiting for the map before it"
    sentence: str = ""
    """What went wrong, if anything did."""
    askers: set[str] = field(default_factory=set)
    process: "subprocess.Popen[str] | None" = None
    over: threading.Event = field(default_factory=threading.Event)

    @property
    def lost(self) -> bool:
        """Whether its map was there and has vanished since."""
        return self.state == DONE and not self.order.target.is_file()


class Desk:
    """The jobs of this process by key, and one thread that works them off."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._turn = threading.Lock()

    def ask(self, key: str, order: Order, asker: str = "") -> Job:
        """The job of this key, started if there is none yet or its map is gone; who asks for the same joins it."""
        with self._lock:
            if key not in self._jobs or self._jobs[key].lost:
                self._jobs[key] = Job(key, order)
                threading.Thread(target=self._work, args=(self._jobs[key],), name="projection", daemon=True).start()
                self._forget_oldest()
            self._jobs[key].askers.add(asker)
            return self._jobs[key]

    def leave(self, key: str, asker: str) -> None:
        """Ask no longer; a job that nobody asks for is stopped and forgotten."""
        with self._lock:
            job = self._jobs.get(key)
            if job is None or asker not in job.askers:
                return
            job.askers.discard(asker)
            if not job.askers and not job.over.is_set():
                del self._jobs[key]
                _stop(job)

    def stop(self, key: str) -> None:
        """Stop a job, running or waiting; what it had done is lost."""
        with self._lock:
            job = self._jobs.get(key)
            if job is not None and not job.over.is_set():
                _stop(job)

    def forget(self, key: str) -> None:
        """Forget a job that is over, so that it can be asked for again."""
        with self._lock:
            if key in self._jobs and self._jobs[key].over.is_set():
                del self._jobs[key]

    def _forget_oldest(self) -> None:
        over = [key for key, job in self._jobs.items() if job.over.is_set()]
        for key in over[: max(0, len(self._jobs) - MOST)]:
            del self._jobs[key]

    def _work(self, job: Job) -> None:
        try:
            with self._turn, tempfile.TemporaryDirectory(prefix="vae-explorer-") as folder:
                self._run(job, Path(folder))
        except Exception as error:
            LOG.exception("The map %s could not be started", job.key)
            job.state, job.sentence = FAILED, f"The map’s process could not be started: {error}."
        finally:
            job.over.set()

    def _run(self, job: Job, folder: Path) -> None:
        command = job.order.words(folder)
        with (folder / "diary").open("w+") as diary:
            with self._lock:
                if job.state == STOPPED:
                    return
                job.state, pipe = RUNNING, subprocess.PIPE
                job.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=diary, text=True, cwd=_home())
            with job.process as process:
                assert process.stdout is not None
                _watch(job, process.stdout)
            if job.state == RUNNING:
                self._conclude(job, process.returncode, diary)

    def _conclude(self, job: Job, code: int, diary: IO[str]) -> None:
        if code == 0 and job.order.target.is_file():
            job.state, job.share = DONE, 1.0
            return
        diary.seek(0)
        LOG.error("The map %s ended with %s: %s", job.key, code, diary.read()[-2000:])
        job.state, job.sentence = FAILED, f"The map’s process ended before it was done (exit {code}); try again."


def _stop(job: Job) -> None:
    job.state = STOPPED
    if job.process is None:
        job.over.set()
    else:
        job.process.kill()


def _watch(job: Job, lines: IO[str]) -> None:
    for line in lines:
        with contextlib.suppress(ValueError, KeyError):
            told = json.loads(line)
            if "error" in told:
                job.state, job.sentence = FAILED, told["error"]
                continue
            job.share, job.doing = float(told["share"]), str(told["doing"])


def _home() -> Path:
    return Path(__file__).parents[2]


DESK = Desk()
