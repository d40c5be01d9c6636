"""What goes wrong with a run is one clear line on the Train page; the page, other runs and all else stay the same."""

import json
import os
import resource
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from streamlit.testing.v1 import AppTest

from tests.cli.test_disk import full_disk
from tests.conftest import save_tiny
from tests.jobs.conftest import ENDLESS, PATIENCE, asked, at_epoch, over, recorded, trainer, until
from tests.jobs.conftest import runs_root as runs_root
from tests.live.test_journals import snapshot
from tests.serving import served
from tests.ui.train.test_page import labels, more, press
from vae_explorer import checkpoints, folders
from vae_explorer.checkpoints import catalogue
from vae_explorer.errors import StorageError
from vae_explorer.jobs import desk, lives, records, slot
from vae_explorer.jobs.records import Job
from vae_explorer.journal import snapshots
from vae_explorer.ui.page_table import PAGES
from vae_explorer.ui.train import form_values
from vae_explorer.ui.train.run_states import WORDS
from vae_explorer.ui.words import literal

pytestmark = pytest.mark.thorough

PROMPT = 5.0
"""Seconds from the end of a trainer to the page that says so."""
FORM = {"dataset": "digits", "preset": "mlp-small-z2", "epochs": ENDLESS, "batch_size": 64}
GONE = 1_000_000_000
"""Seconds that a clock jumps."""


class Fault(NamedTuple):
    """Something that goes wrong with the run called `run`, and what is then said of it."""

    happen: Callable[[Path], object]
    told: str
    state: str
    patience: float = PATIENCE


def trainer_killed(root: Path) -> None:
    asked("run", ENDLESS)
    at_epoch("run")
    os.kill(trainer("run"), signal.SIGKILL)


def keeper_killed(root: Path) -> None:
    asked("run", ENDLESS)
    at_epoch("run")
    os.killpg(lives.read(records.job_folder("run")).pid, signal.SIGKILL)


def disk_full(root: Path) -> None:
    with full_disk(100_000):
        asked("run")


def memory_gone(root: Path) -> None:
    asked("run", ENDLESS)
    at_epoch("run")
    _, hard = resource.prlimit(trainer("run"), resource.RLIMIT_AS)
    resource.prlimit(trainer("run"), resource.RLIMIT_AS, (1 << 20, hard))


def line_half_written(root: Path) -> None:
    stopped(root)
    with (root / "run" / checkpoints.HISTORY).open("a") as file:
        file.write('{"epoch": 999, "loss": 2.0, "seco')


def settings_damaged(root: Path) -> None:
    stopped(root)
    (records.job_folder("run") / records.JOB).write_text('{"preset": "mlp-sm')


def link_to_settings(root: Path) -> None:
    stopped(root)
    notes = records.job_folder("run") / records.NOTES
    notes.symlink_to(root.parent / "outside" / "mine")


def link_to_snapshots(root: Path) -> None:
    stopped(root)
    (records.journal("run")).mkdir()
    (records.journal("run") / "snapshots").symlink_to(root.parent / "outside")


def link_to_run(root: Path) -> None:
    stopped(root)
    (root / "run").rename(root / "moved")
    (root / "run").symlink_to(root.parent / "outside")


def stopped(root: Path) -> None:
    recorded("run", 2, wanted=False)
    lives.write(records.job_folder("run"), replace(lives.own(1), code=130))
    lines = [json.dumps({"epoch": epoch, "loss": 9.0, "seconds": epoch, "images": 1437}) for epoch in (1, 2)]
    folders.write_folder(root / "run", {checkpoints.HISTORY: ("\n".join(lines) + "\n").encode()})


def clock_jumped(root: Path) -> None:
    """What the run has written seems to be of the far past and of the future, and itself asked for in the future."""
    asked("run", ENDLESS)
    at_epoch("run")
    records.write(replace(records.read("run"), created="2099-01-01T00:00:00"))
    for number, path in enumerate([*records.job_folder("run").iterdir(), *(root / "run").iterdir()]):
        with suppress(FileNotFoundError):  # an epoch ended meanwhile
            os.utime(path, (time.time() + GONE * (-1) ** number,) * 2)


FAULTS = {
    "the trainer is killed": Fault(
        trainer_killed, "Training was killed by signal 9 (SIGKILL); the last whole epoch is kept.", "Failed", PROMPT
    ),
    "its keeper is killed": Fault(
        keeper_killed, "Training was cut off: its processes are gone without a word. Resume it.", "Cut off", PROMPT
    ),
    "the loss is no number": Fault(
        lambda root: asked("run", lr=10.0, schedule="constant"), "The loss became non-finite in epoch 1", "Diverged"
    ),
    "the disk is full": Fault(disk_full, "The disk is full; there is no whole epoch to keep. Make room", "Failed"),
    "memory runs out": Fault(memory_gone, "Memory ran out at batch size 64; the last whole epoch is kept.", "Failed"),
    "a line is half written": Fault(line_half_written, f"epoch 2 of {ENDLESS:,} · ", "Stopped"),
    "the settings are damaged": Fault(
        settings_damaged, "The settings of run cannot be read; delete the run", "Damaged"
    ),
    "a link among the settings": Fault(link_to_settings, "run holds a link where a file belongs", "Damaged"),
    "a link among the snapshots": Fault(link_to_snapshots, "run holds a link where a file belongs", "Damaged"),
    "a link for the run": Fault(link_to_run, "run is a link, and runs are folders; remove it by hand.", "Damaged"),
    "the clock jumps": Fault(clock_jumped, " left", "Training"),
}


@pytest.fixture
def place(runs_root, tmp_path, digits) -> Iterator[Path]:
    """A runs folder with a run in it that is over, and something beside the folder that is none of its business."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "mine").write_text("mine")
    over("other", digits)
    yield runs_root
    if (runs_root / "run").is_symlink():
        (runs_root / "run").unlink()


def contents(*places: Path) -> dict[Path, bytes]:
    files = [path for place in places for path in place.rglob("*") if path.is_file()]
    return {path: path.read_bytes() for path in files if path.name != lives.LOCK}


def told(at: AppTest) -> str:
    return " ".join(block.value for block in [*at.markdown, *at.caption, *at.error]).replace("\\", "")


def seen(at: AppTest, words: str, patience: float) -> None:
    """Look at the page until it says so."""
    end = time.monotonic() + patience
    while words not in told(at):
        assert time.monotonic() < end, told(at)
        at.run()


def come(state: str, name: str = "run") -> None:
    """Wait, without the cost of a page, until a run stands so."""
    until(lambda: WORDS[desk.status(name).state][0] == state)


@pytest.mark.process
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_one_clear_line_and_harms_nothing_else(fault, place, open_page, tmp_path):
    at = open_page("train", form=FORM)
    kept = (tmp_path / "outside", place / "other", records.job_folder("other"))
    before, beside = contents(*kept), sorted(path.name for path in tmp_path.iterdir())
    fault.happen(place)
    if fault.state != "Damaged":
        come(fault.state)
    seen(at, fault.told, fault.patience)
    seen(at, f"**run** · {fault.state}", fault.patience)
    assert told(at).count(fault.told) == 1
    assert "**other** · Finished" in told(at)
    usable(at)
    assert contents(*kept) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == beside


def usable(at: AppTest) -> None:
    """The form takes a value, nothing is reported broken, and the other run can be opened."""
    at.number_input(key=form_values.widget_key("epochs")).set_value(7).run()
    assert not at.exception
    assert not at.error
    assert not next(button for button in at.button if button.label == "Start").disabled
    assert "other" in catalogue.usable()
    assert "Open in Explore" in labels(at)


@pytest.mark.process
def test_what_was_cut_short_is_taken_up_on_the_page(runs_root, open_page):
    at = open_page("train", form=FORM)
    trainer_killed(runs_root)
    come("Failed")
    seen(at, "**run** · Failed", PATIENCE)
    before = desk.status("run").epoch
    at = press(at, "Resume")
    assert not at.exception
    until(lambda: desk.status("run").epoch > before)
    seen(at, "**run** · Training", PATIENCE)


def test_a_run_with_damaged_settings_is_deleted_on_the_page(place, open_page):
    settings_damaged(place)
    at = press(more(open_page("train"), "run"), "Delete")
    at = press(at, "Delete for good")
    assert not at.exception
    assert "**run**" not in told(at)
    assert not (place / "run").exists()
    assert records.names() == ["other"]


def test_a_run_whose_end_cannot_even_be_written_down_waits_and_makes_room(place, open_page, monkeypatch):
    def full(job: Job) -> None:
        raise StorageError("life.json cannot be written: No space left on device.")

    monkeypatch.setattr(slot, "_launch", full)
    recorded("run", 2)
    at = open_page("train")
    assert not at.error
    assert "life.json cannot be written: No space left on device. Make room, or delete this run" in told(at)
    assert "**other** · Finished" in told(at)
    at = press(press(more(at, "run"), "Delete"), "Delete for good")
    assert not at.exception
    assert records.names() == ["other"]


def test_a_damaged_snapshot_is_named_alone(place, open_page):
    for step in (0, 10, 25):
        snapshots.write(records.journal("other"), snapshot(step))
    folders.write_file(records.journal("other") / snapshots.FOLDER / "000000010.npz", b"PK half")
    at = open_page("train", run="other")
    assert not at.exception
    assert "The snapshot of step 10 is damaged; the others can still be seen." in told(at)


@pytest.mark.parametrize("folder", ["x" * 3_000, "file/runs"])
def test_a_runs_folder_that_cannot_be_is_said_where_it_is_wanted(folder, tmp_path, monkeypatch, open_page):
    (tmp_path / "file").touch()
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path / folder))
    for page in PAGES:
        assert not open_page(page).exception
    at = press(open_page("train", form=FORM), "Start")
    assert not at.exception
    assert any("cannot be written" in toast.value for toast in at.toast) or "cannot be written" in told(at)


def test_a_link_in_the_place_of_all_jobs_is_one_line(runs_root, tmp_path, open_page, digits):
    save_tiny(runs_root / "fine", digits)
    (runs_root / "broken").mkdir()
    (tmp_path / "outside").mkdir()
    (runs_root / ".jobs").symlink_to(tmp_path / "outside")
    at = open_page("train", form=FORM)
    assert not at.exception
    assert [error.value.replace("\\", "") for error in at.error] == [
        ".jobs is a link, and runs are folders; remove it by hand."
    ]
    assert "fine" in list(open_page("library").dataframe[0].value["Model"])
    at = press(at, "Start")
    assert not at.exception
    assert list((tmp_path / "outside").iterdir()) == []
    (runs_root / ".jobs").unlink()


@pytest.mark.process
def test_two_tabs_that_press_start_watch_one_run(runs_root, open_page):
    tabs = [open_page("train", form=FORM) for _ in range(2)]
    tabs = [press(tab, "Start") for tab in tabs]
    (name,) = records.names()
    at_epoch(name)
    for tab in tabs:
        assert not tab.exception
        assert not tab.error
        seen(tab, f"**{literal(name)}** · Training".replace("\\", ""), PATIENCE)
    assert lives.read(records.job_folder(name)).attempt == 1
    press(tabs[0], "Stop")
    come("Stopped", name)
    seen(tabs[1], "· Stopped", PATIENCE)


@pytest.mark.process
def test_a_run_outlives_its_app_and_a_second_one_shows_it(runs_root, tmp_path, open_page):
    """Nobody opens a page of the first app: it goes on with the queue that it finds."""
    recorded("run")
    with served(tmp_path / "log", {"VAE_EXPLORER_RUNS": str(runs_root)}) as app:
        until(lambda: lives.read(records.job_folder("run")).attempt)
        life = lives.read(records.job_folder("run"))
        app.process.kill()
        app.process.wait()
    before = at_epoch("run").epoch
    at_epoch("run", before + 1)
    at = open_page("train")
    seen(at, "**run** · Training", PATIENCE)
    assert lives.read(records.job_folder("run")) == life
    at = press(at, "Stop")
    come("Stopped")
    seen(at, "**run** · Stopped", PATIENCE)
