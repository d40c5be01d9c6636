"""A run at work that makes a step when a test says so: what `train` does, in a thread of the test's own process."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Semaphore, Thread

import pytest

from tests.test_runs import silent
from vae_explorer import runs
from vae_explorer.jobs import desk, lives, records
from vae_explorer.journal.recorder import Journal, Limits
from vae_explorer.run_settings import RunSettings
from vae_explorer.training.trainer import Trainer
from vae_explorer.training.validation import Validation

EPOCHS, BATCH = 8, 1437
"""Each epoch is one step, over all of the digits."""
EVERY_STEP = Limits(share=1e9, soon=0, pause=0, glance=0)


class SteppedJournal(Journal):
    """A journal that writes down every step, and lets none be made before it is asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, EVERY_STEP)
        self.turns = Semaphore(0)

    def look(self, trainer: Trainer, validation: Validation | None = None) -> None:
        """As any journal; the training waits here."""
        super().look(trainer, validation)
        self.turns.acquire()


class SteppedRun:
    """A run of the digits that the app sees at work, by this process, until it has finished."""

    def __init__(self) -> None:
        job = replace(desk.job_of(SETTINGS, "", threads=1), name=SETTINGS.name)
        records.write(job)
        self._folder, self._journal = records.job_folder(job.name), SteppedJournal(records.journal(job.name))
        lives.write(self._folder, lives.own(1))
        planned = runs.plan(SETTINGS, records.run_folder(job.name))
        self._thread = Thread(target=runs.execute, args=(planned, None, silent, self._journal))
        self._thread.start()

    def go_on(self, steps: int = 1) -> None:
        """Make so many steps, with a snapshot after each."""
        self._journal.turns.release(steps)

    def finish(self) -> None:
        """Make all steps that are left, measure the model and end."""
        self.go_on(EPOCHS + 1)
        self._thread.join()
        lives.write(self._folder, replace(lives.own(1), code=0))


SETTINGS = RunSettings("mlp-small-z2", "digits", {"epochs": EPOCHS, "batch_size": BATCH})


@contextmanager
def stepped_run(place: Path) -> Iterator[SteppedRun]:
    """Within the app's folder of runs, and gone at the end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VAE_EXPLORER_RUNS", str(place))
        run = SteppedRun()
        try:
            yield run
        finally:
            run.finish()
            for folder in (records.run_folder(SETTINGS.name), records.job_folder(SETTINGS.name)):
                shutil.rmtree(folder)
