"""Journals of runs in real child processes: kept, taken up after a kill, and heeding wishes."""

import os
import signal

import pytest

from tests.jobs.conftest import ENDLESS, asked, at_epoch, ended, trainer, until
from vae_explorer import checkpoints
from vae_explorer.checkpoints import catalogue
from vae_explorer.errors import InvalidSetting, UnknownName
from vae_explorer.jobs import desk, housekeeping, records, reports
from vae_explorer.jobs.reports import RunState
from vae_explorer.journal import snapshots, trace, wishes
from vae_explorer.journal.wishes import Wish

pytestmark = [pytest.mark.process, pytest.mark.usefixtures("runs_root", "warm_children")]
STEPS = 1437 // 64


def beta_of(name: str) -> float:
    lines = trace.read(records.journal(name))
    return lines[-1].beta if lines else -1.0


def test_a_killed_run_goes_on_with_its_journal_and_a_finished_one_keeps_it():
    asked("run", 40)
    journal = records.journal("run")
    at_epoch("run", 2)
    until(lambda: len(trace.read(journal)) > 2)
    os.kill(trainer("run"), signal.SIGKILL)
    assert ended("run").state == RunState.FAILED
    with (journal / trace.TRACE).open("a") as file:
        file.write('{"step": 9999')
    (journal / snapshots.FOLDER / ".000000007.npz.new").write_bytes(b"half")
    before = trace.read(journal)
    desk.resume("run")
    assert ended("run").state == RunState.FINISHED
    lines = trace.read(journal)
    assert lines[-1].step == 40 * STEPS
    assert [line.step for line in lines] == sorted({line.step for line in lines})
    assert lines[0] == before[0]
    assert {0, 40 * STEPS} <= set(snapshots.steps(journal))
    assert not list(journal.rglob(".*"))
    housekeeping.rename("run", "other")
    assert trace.read(records.journal("other")) == lines
    housekeeping.delete("other")
    assert not journal.exists()
    assert not records.journal("other").exists()


def test_beta_is_changed_while_it_trains_and_while_it_is_stopped():
    asked("run", ENDLESS)
    assert desk.change_beta("run", 4.0) == Wish(4.0, 1)
    until(lambda: beta_of("run") == 4.0)
    epoch = desk.status("run").epoch
    at_epoch("run", epoch + 2)
    desk.stop("run")
    assert ended("run").state == RunState.STOPPED
    kept = checkpoints.open_checkpoint(records.run_folder("run"))
    assert (kept.recipe.beta, kept.recipe.train.beta, len(kept.recipe.betas)) == (4.0, 1.0, 1)
    last = reports.report(records.read("run")).last
    assert last is not None
    assert last["beta"] == 4.0
    assert desk.change_beta("run", 0.5).number == 2
    desk.resume("run")
    until(lambda: beta_of("run") == 0.5)
    assert desk.status("run").state == RunState.RUNNING
    desk.stop("run")
    ended("run")


def test_changes_that_cannot_be_are_refused_and_nothing_is_written():
    asked("done")
    asked("bound", ENDLESS, objective="iwae", importance_samples=2)
    asked("waits", ENDLESS)
    for name, beta, sentence in (
        ("bound", 2.0, "The objective iwae has no beta to change"),
        ("waits", -1.0, "beta must be a number from 0 to 10000, not -1"),
        ("waits", float("nan"), "beta must be a number"),
        ("../waits", 2.0, "A run's name is at most 80 letters"),
    ):
        with pytest.raises(InvalidSetting, match=sentence):
            desk.change_beta(name, beta)
    with pytest.raises(UnknownName):
        desk.change_beta("nowhere", 2.0)
    assert ended("done").state == RunState.FINISHED
    with pytest.raises(InvalidSetting, match="done is finished"):
        desk.change_beta("done", 2.0)
    assert not any((records.journal(name) / wishes.WISH).exists() for name in records.names())
    assert catalogue.find("done").recipe.betas == ()
    desk.stop("waits")
    desk.stop("bound")
    ended("bound")


def test_a_damaged_wish_does_not_stand_in_the_way_of_the_next():
    asked("first", ENDLESS)
    asked("waits", ENDLESS)
    desk.change_beta("waits", 2.0)
    (records.journal("waits") / wishes.WISH).write_bytes(b"{")
    assert desk.change_beta("waits", 3.0) == Wish(3.0, 1)
    desk.stop("waits")
    desk.stop("first")
    ended("first")


def test_a_run_that_is_asked_for_anew_with_other_settings_forgets_the_wish():
    asked("nan", lr=10.0, schedule="constant")
    assert ended("nan").state == RunState.DIVERGED
    desk.change_beta("nan", 2.0)
    asked("nan", lr=1e-3)
    assert ended("nan").state == RunState.FINISHED
    opened = catalogue.find("nan")
    assert (opened.recipe.beta, opened.recipe.betas) == (1.0, ())
    assert wishes.read(records.journal("nan")) is None
