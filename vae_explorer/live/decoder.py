"""Requests that wait together are decoded, or encoded, together, in slices, in one worker thread off the event loop.

Turns alternate: the request with the fewest images left, then the oldest one. So one picture under a moving hand
overtakes a grid of 1024, and the grid still advances at every other turn.
"""

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from vae_explorer.errors import BadRequest, ExplorerError
from vae_explorer.live.batch import codes, pictures, reconstructions
from vae_explorer.live.incidents import incident

LOG = logging.getLogger(__name__)
Work = Callable[[str, np.ndarray, np.ndarray | None], np.ndarray]
SLICE = 32
"""Images a turn: as fast per image as any (0.11 ms by the conv preset, and 64 at once 0.15 ms), and over in 4 ms."""


@dataclass(eq=False)
class _Job:
    work: Work
    model: str
    rows: np.ndarray
    """Codes to decode, images to encode, or indices of encoded images."""
    y: np.ndarray | None
    future: "asyncio.Future[np.ndarray]"
    parts: list[np.ndarray] = field(default_factory=list)
    done: int = 0

    @property
    def left(self) -> int:
        return len(self.rows) - self.done

    @property
    def key(self) -> tuple[Work, str, tuple[int, ...], tuple[int, ...] | None]:
        return self.work, self.model, self.rows.shape[1:], None if self.y is None else self.y.shape[1:]

    def add(self, part: np.ndarray) -> None:
        self.parts.append(part)
        self.done += len(part)


class Decoder:
    """One worker thread and what waits for it; cancelling a caller takes its request out."""

    def __init__(self, decode: Work = pictures, encode: Work = codes) -> None:
        self._decode, self._encode = decode, encode
        self._jobs: list[_Job] = []
        self._changed = threading.Condition()
        self._worker: threading.Thread | None = None
        self._oldest_next = False

    async def decode(self, model: str, z: np.ndarray, y: np.ndarray | None = None) -> np.ndarray:
        """uint8 images [n, C, H, W] of codes z [n, D], of a conditional model as classes y [n] or shares [n, K].

        Raises:
            ExplorerError: with one sentence, for this request or the batch it was in.
        """
        return await self._done(self._decode, model, z, y)

    async def reconstruct(self, model: str, indices: np.ndarray, y: np.ndarray | None = None) -> np.ndarray:
        """uint8 images [n, C, H, W] that the mu of encoded images [n] decode as; otherwise as `decode`."""
        return await self._done(reconstructions, model, indices, y)

    async def encode(self, model: str, images: np.ndarray, y: np.ndarray | None = None) -> np.ndarray:
        """mu [n, D] of uint8 images [n, C, H, W]; otherwise as `decode`."""
        return await self._done(self._encode, model, images, y)

    async def _done(self, work: Work, model: str, rows: np.ndarray, y: np.ndarray | None) -> np.ndarray:
        job = _Job(work, model, rows, y, asyncio.get_running_loop().create_future())
        with self._changed:
            self._jobs.append(job)
            self._ensure_worker()
            self._changed.notify()
        return await job.future

    def _ensure_worker(self) -> None:
        if self._worker is None:
            self._worker = threading.Thread(target=self._work, name="decoder", daemon=True)
            self._worker.start()

    def _work(self) -> None:
        while True:
            try:
                self._turn(self._next_batch())
            except Exception:
                LOG.exception("A turn of the decoder failed")

    def _next_batch(self) -> list[tuple[_Job, int]]:
        with self._changed:
            while not self._waiting():
                self._changed.wait()
            self._oldest_next = not self._oldest_next
            return choose(self._jobs, oldest=not self._oldest_next)

    def _waiting(self) -> bool:
        self._jobs = [job for job in self._jobs if job.left and not job.future.done()]
        return bool(self._jobs)

    def _turn(self, batch: list[tuple[_Job, int]]) -> None:
        work, model = batch[0][0].work, batch[0][0].model
        try:
            _deal(batch, work(model, *_joined(batch)))
        except BadRequest as error:
            self._refuse(batch, error)
        except ExplorerError as error:
            self._fail(batch, error)
        except Exception:
            self._fail(batch, incident(f"a batch of {model[:60]!r}"))

    def _refuse(self, batch: list[tuple[_Job, int]], error: BadRequest) -> None:
        """One request may be to blame alone: those that were decoded with it are decoded again, each by itself."""
        if len(batch) == 1:
            self._fail(batch, error)
            return
        for one in batch:
            self._turn([one])

    def _fail(self, batch: list[tuple[_Job, int]], error: ExplorerError) -> None:
        failed = {job for job, _ in batch}
        with self._changed:
            self._jobs = [job for job in self._jobs if job not in failed]
        for job in failed:
            _settle(job, error)


def choose(jobs: list[_Job], *, oldest: bool) -> list[tuple[_Job, int]]:
    """The next batch: the leading job's slice, filled up by whole small jobs of its kind; (job, images) pairs."""
    lead = jobs[0] if oldest else min(jobs, key=lambda job: job.left)
    batch = [(lead, min(lead.left, SLICE))]
    room = SLICE - batch[0][1]
    others = [job for job in jobs if room and job is not lead and job.left <= room and job.key == lead.key]
    for job in sorted(others, key=lambda job: job.left):
        if job.left > room:
            break
        batch.append((job, job.left))
        room -= job.left
    return batch


def _joined(batch: list[tuple[_Job, int]]) -> tuple[np.ndarray, np.ndarray | None]:
    rows = np.concatenate([job.rows[job.done : job.done + share] for job, share in batch])
    classes = [job.y[job.done : job.done + share] for job, share in batch if job.y is not None]
    return rows, np.concatenate(classes) if classes else None


def _deal(batch: list[tuple[_Job, int]], results: np.ndarray) -> None:
    start = 0
    for job, share in batch:
        job.add(results[start : start + share])
        start += share
        if not job.left:
            _settle(job, np.concatenate(job.parts))


def _settle(job: _Job, outcome: np.ndarray | ExplorerError) -> None:
    with contextlib.suppress(RuntimeError):  # the loop closed: nobody waits any more
        job.future.get_loop().call_soon_threadsafe(_resolve, job.future, outcome)


def _resolve(future: "asyncio.Future[np.ndarray]", outcome: np.ndarray | ExplorerError) -> None:
    if future.done():
        return
    if isinstance(outcome, ExplorerError):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)
