"""Runs in real child processes: joined, queued, stopped, taken up again, and never lost with the app."""

import json
import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.cli.test_disk import full_disk
from tests.commands import ROOT
from tests.jobs.conftest import ENDLESS, asked, at_epoch, ended, freeze, trainer, until
from vae_explorer import checkpoints
from vae_explorer.checkpoints import catalogue
from vae_explorer.errors import InvalidSetting, UnknownName
from vae_explorer.jobs import desk, housekeeping, keeper, lives, records, reports
from vae_explorer.jobs.reports import RunState
from vae_explorer.run_settings import RunSettings

pytestmark = [pytest.mark.process, pytest.mark.usefixtures("runs_root")]
WARM = pytest.mark.usefixtures("warm_children")
APP = """
import json, signal, sys
from tests.jobs.conftest import asked
from vae_explorer.jobs import lives, records
signal.signal(signal.SIGINT, signal.SIG_IGN)  # as in a script's background, and handed on to children
job = asked(sys.argv[1], int(sys.argv[2]))
print(json.dumps(lives.read(records.job_folder(job.name)).pid), flush=True)
signal.pause() if len(sys.argv) > 3 else None
"""


def app(*words: str) -> subprocess.Popen[str]:
    """Another process that asks for a run."""
    return subprocess.Popen([sys.executable, "-c", APP, *words], cwd=ROOT, stdout=subprocess.PIPE, text=True)


@WARM
def test_a_run_whose_folders_are_deleted_by_hand_ends_and_comes_not_back(runs_root):
    asked("run", ENDLESS)
    at_epoch("run")
    pid = trainer("run")
    shutil.rmtree(records.job_folder("run"))
    until(lambda: not lives.started(pid))
    assert records.names() == []
    assert not (records.job_folder("run") / lives.LIFE).exists()


def test_a_run_is_started_joined_queued_and_finished():
    first, second, third = asked("first", 2), asked("second"), asked("third")
    assert asked("first", 2) == first, "the same settings join the run that is there"
    pid = lives.read(records.job_folder("first")).pid
    found = {status.name: (status.state, status.position) for status in desk.board()}
    assert found == {"first": (RunState.RUNNING, 0), "second": (RunState.QUEUED, 1), "third": (RunState.QUEUED, 2)}
    desk.stop("second")
    assert (desk.status("second").state, desk.status("third").position) == (RunState.STOPPED, 1)
    assert os.getpriority(os.PRIO_PROCESS, trainer("first")) == os.getpriority(os.PRIO_PROCESS, 0) + keeper.NICE
    assert os.getsid(trainer("first")) == pid != os.getsid(0)
    status = ended("first")
    assert (status.state, status.epoch, status.epochs, status.eta) == (RunState.FINISHED, 2, 2, None)
    history = checkpoints.read_history(catalogue.find("first"))
    assert status.last == history[-1]
    assert status.seconds == history[-1]["seconds"]
    assert status.images_per_second == pytest.approx(history[-1]["images"] / history[-1]["seconds"])
    assert lives.read(records.job_folder("first")).pid == pid
    with pytest.raises(InvalidSetting, match="first is finished"):
        desk.resume("first")
    until(lambda: lives.read(records.job_folder("third")).attempt)  # nobody asks, yet its turn comes
    desk.stop("third")
    assert ended("third").state == RunState.STOPPED, "whatever it was at"
    assert {first.name, second.name, third.name} & set(catalogue.usable()) == {first.name}


@WARM
def test_a_run_that_nobody_named_gets_a_number_where_its_name_is_that_of_other_settings():
    name = "digits-mlp-small-z2-b1-s0"
    assert [asked(epochs=epochs).name for epochs in (ENDLESS, 1, 2)] == [name, f"{name}-2", f"{name}-3"]
    assert asked(epochs=1).name == f"{name}-2", "the same settings join the run that is there"
    with pytest.raises(InvalidSetting, match="give this run another name"):
        asked(name, 2)
    assert len(records.names()) == 3


def test_what_is_asked_for_by_many_at_once_is_started_once():
    other = app("same", str(ENDLESS))
    with ThreadPoolExecutor(4) as pool:
        jobs = list(pool.map(lambda _: asked("same", ENDLESS), range(4)))
    pid = json.loads(other.communicate(timeout=60)[0])
    assert len({job.attempt for job in jobs}) == 1
    assert pid == lives.read(records.job_folder("same")).pid
    keepers = subprocess.run(["ps", "-ewwo", "args="], capture_output=True, text=True, check=True).stdout.splitlines()
    folder = str(records.job_folder("same"))
    assert sum(folder in words and keeper.__name__ in words for words in keepers) == 1


@WARM
def test_runs_that_are_asked_for_at_once_share_one_slot_and_no_place_in_the_queue():
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda name: asked(name, ENDLESS), "abcd"))
    found = desk.board()
    assert sorted(status.state for status in found) == [
        RunState.QUEUED,
        RunState.QUEUED,
        RunState.QUEUED,
        RunState.RUNNING,
    ]
    assert sorted(status.position for status in found) == [0, 1, 2, 3]
    assert sorted(job.ticket for job in records.every()) == [1, 2, 3, 4]


def test_a_run_outlives_the_app_is_stopped_by_another_and_goes_on():
    starter = app("run", str(ENDLESS), "and wait")
    assert starter.stdout is not None
    pid = json.loads(starter.stdout.readline())
    starter.kill()
    starter.communicate()
    status = at_epoch("run")
    assert (status.state, lives.read(records.job_folder("run")).pid) == (RunState.RUNNING, pid)
    assert status.eta is not None
    assert status.eta == pytest.approx(status.seconds / status.epoch * (ENDLESS - status.epoch))
    with pytest.raises(InvalidSetting, match="other settings; give this run another name"):
        asked("run", 3)
    for act in (lambda: housekeeping.delete("run"), lambda: housekeeping.rename("run", "other")):
        with pytest.raises(InvalidSetting, match="run is at work; stop it first"):
            act()
    desk.stop("run")
    stopped = ended("run")
    assert (stopped.state, stopped.sentence, stopped.resumable) == (RunState.STOPPED, "", True)
    assert reports.log("run")[-1] == "stopped; what was saved whole before is kept."
    kept = checkpoints.open_checkpoint(records.run_folder("run"))
    assert kept.recipe.epoch == stopped.epoch >= status.epoch
    assert lives.free(records.job_folder("run"))
    desk.resume("run")
    assert at_epoch("run", stopped.epoch + 1).state == RunState.RUNNING
    os.kill(trainer("run"), signal.SIGKILL)
    failed = ended("run")
    assert (failed.state, failed.resumable) == (RunState.FAILED, True)
    assert failed.sentence == (
        "Training was killed by signal 9 (SIGKILL); the last whole epoch is kept. "
        "If memory ran out: Start again with batch size 32."
    )


@WARM
def test_a_trainer_whose_keeper_was_killed_is_ended_before_another_one_starts():
    asked("run", ENDLESS)
    at_epoch("run")
    orphan = trainer("run")
    freeze(orphan)
    os.kill(lives.read(records.job_folder("run")).pid, signal.SIGKILL)
    lost = ended("run")
    assert (lost.state, lost.resumable) == (RunState.LOST, True)
    assert lost.sentence == "Training was cut off: its processes are gone without a word. Resume it."
    with pytest.raises(InvalidSetting, match="at work"):
        housekeeping.delete("run")
    assert lives.started(orphan)
    desk.resume("run")
    until(lambda: desk.status("run").state == RunState.RUNNING)
    assert not lives.started(orphan)
    freeze(trainer("run"))
    desk.stop("run")
    assert desk.status("run").sentence == "It is being stopped."
    desk.stop("run")
    assert ended("run").state == RunState.STOPPED


@WARM
def test_a_loss_that_is_no_number_is_told_and_a_full_disk_too():
    asked("nan", lr=10.0, schedule="constant")
    failed = ended("nan")
    assert (failed.state, failed.resumable) == (RunState.DIVERGED, False)
    assert failed.sentence == (
        "The loss became non-finite in epoch 1; there is no good epoch to keep. "
        "Start again with a lower lr (now 10) or a lower beta (now 1)."
    )
    with full_disk(100_000):
        other = asked("nan", lr=1e-3)
    settings = other.settings.training
    assert (other.attempt, settings["lr"]) == (2, 1e-3), "it left nothing, so its name is free for other settings"
    full = ended("nan")
    assert full.state == RunState.FAILED
    assert full.sentence == "The disk is full; there is no whole epoch to keep. Make room, then resume."
    assert asked("nan", lr=1e-3).attempt == 3, "to ask for a run that failed is to take it up again"


def test_settings_and_names_are_refused_before_anything_is_written(runs_root):
    for training in ({"epochs": 0}, {"lr": 1e6}, {"per_pixel": True}, {"nothing": 1}):
        with pytest.raises(InvalidSetting):
            desk.start(RunSettings("mlp-small-z2", "digits", training))
    with pytest.raises(UnknownName):
        desk.start(RunSettings("mlp-small-z2", "imagenet"))
    with pytest.raises(InvalidSetting, match="threads must be from 1 to"):
        desk.start(RunSettings("mlp-small-z2", "digits"), threads=10_000)
    with pytest.raises(InvalidSetting, match="A run's model may be given"):
        desk.start(RunSettings("mlp-small-z2", "digits", shape={"hidden": (3,)}))
    with pytest.raises(InvalidSetting, match="digits-mlp-z2 exists already"):
        asked("digits-mlp-z2")
    assert records.names() == []
    assert {path.name for path in runs_root.iterdir()} == {".jobs"}
    for name in ("nowhere", "lock"):
        for act in (desk.status, desk.stop, desk.resume, housekeeping.delete):
            with pytest.raises(UnknownName):
                act(name)
