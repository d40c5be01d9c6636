"""Jobs of Slurm, by submitit: each attempt a job of one CPU. Partition, account and limits are those of sbatch.

sbatch takes them from its own variables, such as SBATCH_PARTITION and SBATCH_TIMELIMIT, which go before what is said
here.
"""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vae_explorer.engines import worker
from vae_explorer.engines.row import Crew, Task, WorkerLost
from vae_explorer.errors import StorageError, require
from vae_explorer.jobs import keeper

PATH = "PYTHONPATH"
"""By which workers find the project where it lies here, for as long as there are any; sbatch hands it on."""
MOST = 100
"""Jobs at a time, which Slurm queues."""
FOLDER = ".slurm"
"""Where submitit keeps what it hands over, in the folder of all jobs, for this person alone."""
MINUTES = 24 * 60
LAG = 5.0
"""Seconds in which the answer of a job that is over may still come."""


@contextmanager
def crew(address: str, cluster: str = "slurm") -> Iterator[Crew]:
    """Jobs that Slurm queues; those that are left when the sweep ends are cancelled.

    cluster: where submitit runs them; `local` is this machine, for tests.

    Raises:
        InvalidSetting: when Slurm is not installed here.
        StorageError: when its folder cannot be made.
    """
    there = cluster != "slurm" or shutil.which("sbatch") is not None
    require(there, "Slurm is not installed here: there is no `sbatch`; start the sweep on a machine that submits jobs.")
    import submitit
    from submitit.core.utils import FailedJobError

    executor = submitit.AutoExecutor(folder=_folder(), cluster=cluster)
    executor.update_parameters(name="vae-explorer", timeout_min=MINUTES, cpus_per_task=1)
    pending: list[_Pending] = []
    before = os.environ.get(PATH)
    os.environ[PATH] = os.pathsep.join(filter(None, (str(keeper.HOME), before)))

    def submit(task: Task) -> _Pending:
        job = executor.submit(worker.attempt, *task)
        pending.append(_Pending(FailedJobError, job))
        return pending[-1]

    try:
        yield Crew(submit, MOST)
    finally:
        for job in [one.job for one in pending if not one.done()]:
            with suppress(OSError):
                job.cancel()
        os.environ.pop(PATH) if before is None else os.environ.update({PATH: before})


@dataclass
class _Pending:
    """A job of Slurm; submitit itself would wait for the answer of one that has none."""

    failed: type[Exception]
    job: Any
    gone: float = 0.0
    """Since when it is over without an answer."""

    def done(self) -> bool:
        """Also an answer takes its time through a shared folder."""
        if self._answered():
            return True
        if self.job.done():
            self.gone = self.gone or time.monotonic()
        return bool(self.gone) and time.monotonic() - self.gone >= LAG

    def result(self) -> str:
        if not self._answered():
            raise WorkerLost(f"Slurm lost job {self.job.job_id}, which it calls {self.job.state}")
        try:
            return self.job.result()
        except self.failed as error:
            return f"A job of Slurm cannot run VAE Explorer: {str(error).splitlines()[-1][:300]}"

    def _answered(self) -> bool:
        return self.job.paths.result_pickle.exists()


def _folder() -> Path:
    """Made if it is missing; what lies there is loaded by workers, so nobody else may write it.

    Raises:
        StorageError: when it cannot be made, or is somebody else's.
    """
    from vae_explorer.jobs import records

    place = records.jobs_root() / FOLDER
    try:
        place.mkdir(parents=True, mode=0o700, exist_ok=True)
        found = place.lstat()
    except OSError as error:
        raise StorageError(f"{place} cannot be made: {error.strerror or error}.") from error
    if place.is_symlink() or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise StorageError(f"{place} is not yours alone, and workers load what lies there; remove it by hand.")
    return place
