"""How long a look at Explore and at Train takes with many runs beside the shipped models."""

import gc
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from streamlit.testing.v1 import AppTest

from bench.figure import Figure, median
from vae_explorer.cli import main
from vae_explorer.jobs import desk, lives, records
from vae_explorer.jobs.lives import Life
from vae_explorer.run_settings import RunSettings
from vae_explorer.ui.page_table import PAGES

ROOT = Path(__file__).parents[1]
GOAL, ROUNDS = 80.0, 15
COUNTS = (10, 300, 1_000)
PRESET, DATASET, EPOCH = "mlp-small-z2", "digits", {"epochs": 1}


class Look(NamedTuple):
    """How long a rerun took, in ms, and of that on a processor, which others may have held meanwhile."""

    took: float
    processor: float


def run() -> Iterator[Figure]:
    """Explore and Train with ten runs, with 300 and with 1,000; the first look, which checks every file, is apart."""
    with tempfile.TemporaryDirectory() as place:
        trained = Path(place) / "trained"
        main(["train", f"--preset={PRESET}", f"--dataset={DATASET}", "--epochs=1", f"--out={trained}"])
        for count in COUNTS:
            os.environ["VAE_EXPLORER_RUNS"] = str(Path(place) / str(count))
            _fill(trained, count)
            for page in ("explore", "train"):
                yield from _figures(page, count)


def _figures(page: str, count: int) -> Iterator[Figure]:
    script = str(ROOT / "vae_explorer" / "ui" / "pages" / "main.py")
    app = AppTest.from_file(script, default_timeout=600)
    app.switch_page(str(PAGES[page].script))
    first, again = _looked(app), [_looked(app) for _ in range(ROUNDS)]
    yield Figure(f"{page}, {count:,} runs: first look", first.took, "ms")
    what = f"{page}, {count:,} runs: another look, median of {ROUNDS}"
    yield Figure(what, median([look.took for look in again]), "ms")
    yield Figure(f"{what}, of the processor", median([look.processor for look in again]), "ms", GOAL)


def _looked(app: AppTest) -> Look:
    """One rerun; what it leaves behind is collected before the next, as the server does."""
    gc.collect()
    started, busy = time.perf_counter(), time.process_time()
    app.run()
    if app.exception or app.error:
        sys.exit(f"The page shows an error: {[*app.exception, *app.error]}")
    return Look(1000 * (time.perf_counter() - started), 1000 * (time.process_time() - busy))


def _fill(trained: Path, count: int) -> None:
    """So many finished runs, each with a job: the files of one, linked, for a folder is what is listed."""
    records.root().mkdir()
    job = desk.job_of(RunSettings(PRESET, DATASET, EPOCH), "", 1)
    for place in range(count):
        one = replace(job, name=f"run-{place:04}", ticket=place + 1)
        shutil.copytree(trained, records.run_folder(one.name), copy_function=os.link)
        records.write(one)
        lives.write(records.job_folder(one.name), Life(1, 4, "1", "elsewhere", 0))
