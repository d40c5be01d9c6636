"""Train in a read-only app: whatever a run does, it can be looked at and taken along, and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.jobs.conftest import over, recorded
from tests.ui.test_pages import fine
from vae_explorer.jobs import lives, records
from vae_explorer.read_only import VARIABLE

RUNS: dict[str, Callable[[str], object]] = {
    "halted": lambda name: recorded(name, 2, wanted=False),
    "queued": lambda name: recorded(name, 3),
    "working": lambda name: (recorded(name, 4), lives.write(records.job_folder(name), lives.own(1))),
    "lost": lambda name: (
        recorded(name, 6),
        lives.write(records.job_folder(name), replace(lives.own(1), boot="other")),
    ),
    "damaged": lambda name: (recorded(name, 5), (records.job_folder(name) / records.JOB).write_text("{")),
}
HARMLESS = {"Watch", "Open in Explore", "Download zip"}


@pytest.fixture
def runs_here(tmp_path, digits, monkeypatch) -> Path:
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path / "runs"))
    over("over", digits, 1)
    for name, make in RUNS.items():
        make(name)
    monkeypatch.setenv(VARIABLE, "1")
    return tmp_path / "runs"


def test_what_lies_on_the_disk_is_not_told(open_page, runs_here):
    at = open_page("library")
    assert fine(at)
    assert not any("Storage" in caption.value for caption in at.caption)


@pytest.mark.parametrize("name", ["over", *RUNS])
def test_nothing_of_a_run_can_be_changed(open_page, runs_here, name):
    at = open_page("train", run=name)
    assert fine(at)
    assert {button.label for button in [*at.button, *at.get("download_button")]} <= HARMLESS
    assert not [*at.number_input, *at.text_input, *at.text_area, *at.get("popover")]
    assert any(name in block.value for block in at.markdown)
    told = [caption.value.replace("\\", "") for caption in at.caption]
    assert not any("Resume" in words for words in told)
    assert name != "lost" or "Training was cut off: the machine was restarted." in told
