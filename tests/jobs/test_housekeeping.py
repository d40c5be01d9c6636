"""Names, notes and deletion: nothing outside the runs folder is touched, whatever a name says or a link points to."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import save_tiny
from tests.jobs.test_reports import job as job
from vae_explorer import checkpoints
from vae_explorer.errors import ExplorerError, InvalidSetting, StorageError, UnknownName
from vae_explorer.jobs import desk, housekeeping, lives, records
from vae_explorer.run_settings import RunSettings

HOSTILE = [
    "",
    ".",
    "..",
    "../out",
    "/etc",
    "a/b",
    "a\\b",
    ".jobs",
    ".lock",
    "a\0b",
    "a\n",
    "é",
    "x" * 81,
    "-rf",
    "~",
    "a b",
    3,
]


@pytest.fixture
def outside(tmp_path) -> Path:
    """A folder beside the runs, which must stay as it is."""
    place = tmp_path / "out"
    place.mkdir()
    (place / "config.json").write_text("mine")
    return place


@pytest.fixture
def run(job, digits):
    """A run that is over, with its checkpoint."""
    save_tiny(records.run_folder(job.name), digits)
    lives.write(records.job_folder(job.name), replace(lives.own(1), code=0))
    return job


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_refused(name, run, outside):
    before = sorted(run_files(outside.parent))
    for act in (
        desk.status,
        desk.stop,
        desk.resume,
        housekeeping.delete,
        housekeeping.noted,
        lambda name: housekeeping.note(name, "text"),
        lambda name: housekeeping.rename(name, "fine"),
        lambda name: housekeeping.rename("run", name),
    ):
        with pytest.raises(InvalidSetting, match="A run's name is at most 80 letters"):
            act(name)
    assert sorted(run_files(outside.parent)) == before


def run_files(place: Path) -> list[str]:
    return [str(path.relative_to(place)) for path in place.rglob("*") if path.name != records.DESK]


def test_links_are_refused_and_not_followed(run, outside):
    (records.root() / "link").symlink_to(outside)
    (records.jobs_root() / "jobs-link").symlink_to(outside)
    for name in ("link", "jobs-link"):
        for act in (housekeeping.delete, lambda name: housekeeping.note(name, "text")):
            with pytest.raises(InvalidSetting, match="is a link"):
                act(name)
    records.write(replace(run, name="led-away"))
    (records.root() / "led-away").symlink_to(outside)
    assert [status.name for status in desk.board()] == ["run"]
    notes = records.job_folder("run") / records.NOTES
    notes.symlink_to(outside / "config.json")
    with pytest.raises(InvalidSetting, match="holds a link"):
        housekeeping.note("run", "text")
    notes.unlink()
    (records.run_folder("run") / "projections").symlink_to(outside)
    housekeeping.delete("run")
    assert (outside / "config.json").read_text() == "mine"
    assert not (records.root() / "run").exists()


def test_a_link_in_the_place_of_all_jobs_is_refused(runs_root, outside):
    runs_root.mkdir()
    (runs_root / ".jobs").symlink_to(outside)
    with pytest.raises(InvalidSetting, match="is a link"):
        desk.start(RunSettings("mlp-small-z2", "digits"))
    assert [path.name for path in outside.iterdir()] == ["config.json"]


def test_a_run_is_deleted_with_all_that_a_kill_left_of_it(run):
    (records.root() / ".run.new").mkdir()
    (records.root() / ".run.old").mkdir()
    housekeeping.note("run", "text")
    housekeeping.delete("run")
    assert [path.name for path in records.root().iterdir()] == [".jobs"]
    assert [path.name for path in records.jobs_root().iterdir()] == [records.DESK]
    with pytest.raises(UnknownName):
        housekeeping.delete("run")


def test_a_folder_that_is_no_checkpoint_is_not_deleted(run):
    (records.run_folder("run") / "holiday.jpg").write_bytes(b"")
    with pytest.raises(InvalidSetting, match=r"holds \['holiday.jpg'\], which is no part of a checkpoint"):
        housekeeping.delete("run")
    checkpoints.open_checkpoint(records.run_folder("run"))


def test_a_waiting_run_is_deleted_and_not_renamed(job):
    with pytest.raises(InvalidSetting, match="run waits for its turn"):
        housekeeping.rename("run", "other")
    housekeeping.delete("run")
    assert records.names() == []


def test_a_run_is_renamed_with_its_note_and_no_name_is_taken_twice(run, digits):
    housekeeping.note("run", "Größer <b>als</b> 1\n")
    before = checkpoints.open_checkpoint(records.run_folder("run")).version
    save_tiny(records.root() / "other", digits)
    for taken in ("other", "run", "digits-mlp-z2"):
        with pytest.raises(InvalidSetting, match=f"{taken} exists already"):
            housekeeping.rename("run", taken)
    housekeeping.rename("run", "new")
    assert checkpoints.open_checkpoint(records.run_folder("new")).version == before
    assert desk.status("new").state == "finished"
    assert housekeeping.noted("new") == "Größer <b>als</b> 1\n"
    assert (records.names(), housekeeping.noted("run")) == (["new"], "")
    with pytest.raises(UnknownName):
        housekeeping.rename("run", "newer")


def test_a_run_of_the_command_line_has_a_note_and_a_name_too(runs_root, digits):
    save_tiny(runs_root / "plain", digits)
    housekeeping.note("plain", "from the shell")
    housekeeping.rename("plain", "renamed")
    assert housekeeping.noted("renamed") == "from the shell"
    assert desk.board() == []
    housekeeping.delete("renamed")
    assert checkpoints.NAME.fullmatch("renamed")
    assert [path.name for path in runs_root.iterdir()] == [".jobs"]


def test_notes_are_bounded_plain_text(run):
    housekeeping.note("run", "é" * 1000)
    for bad in ("x" * 1001, "a\0b", None, b"bytes"):
        with pytest.raises(InvalidSetting, match="plain text of at most 1,000 characters"):
            housekeeping.note("run", bad)  # type: ignore[arg-type]
    assert housekeeping.noted("run") == "é" * 1000
    housekeeping.note("run", "\udcff")
    assert housekeeping.noted("run") == "?"
    (records.job_folder("run") / records.NOTES).write_bytes(b"\xff" * 100_000)
    assert len(housekeeping.noted("run")) == 1000
    housekeeping.note("run", " \n")
    assert housekeeping.noted("run") == ""


def test_a_run_whose_settings_are_damaged_can_be_deleted(run):
    (records.job_folder("run") / records.JOB).write_text("{")
    for act in (desk.status, desk.resume):
        with pytest.raises(StorageError, match="delete the run"):
            act("run")
    housekeeping.delete("run")
    with pytest.raises(ExplorerError, match="no run"):
        desk.status("run")
