"""Runs elsewhere: known by their heartbeat, stopped by what is written down, ended with whoever holds the leash."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.jobs.conftest import ENDLESS, end_all, recorded, until
from vae_explorer.errors import InvalidSetting
from vae_explorer.jobs import desk, heartbeat, housekeeping, keeper, lives, overview, records
from vae_explorer.jobs.lives import Life
from vae_explorer.jobs.reports import POLITE, RunState

ELSEWHERE = Life(1, 4, "1", "another start", host="node7")


def test_a_run_on_another_machine_is_alive_while_its_heart_beats(runs_root, monkeypatch):
    job = recorded("run")
    records.write(replace(job, engine="ray"))
    folder = records.job_folder("run")
    lives.write(folder, ELSEWHERE)
    (folder / heartbeat.FILE).touch()
    status = desk.status("run")
    assert (status.state, status.engine, status.host) == (RunState.RUNNING, "ray", "node7")
    assert overview.at_work() == 0, "the slot of this machine is free"
    for act in (lambda: housekeeping.delete("run"), lambda: housekeeping.rename("run", "other")):
        with pytest.raises(InvalidSetting, match="run is at work; stop it first"):
            act()
    desk.stop("run")
    assert desk.status("run").sentence == "It is being stopped."
    records.write(replace(job, engine="ray"))
    monkeypatch.setattr(heartbeat, "STALE", 0.0)
    lost = desk.status("run")
    assert (lost.state, lost.resumable) == (RunState.LOST, True)
    assert lost.sentence == "Training was cut off: nothing is heard of it from node7 any more. Resume it."


def leashed(folder: Path, attempt: int) -> subprocess.Popen[bytes]:
    """A keeper whose trainer is at work, on a leash."""
    words = ["train", "--dataset=digits", "--preset=mlp-small-z2", f"--epochs={ENDLESS}", f"--out={folder / 'run'}"]
    command = keeper.command(folder, attempt, words, leashed=True)
    process = subprocess.Popen(command, cwd=keeper.HOME, stdin=subprocess.PIPE, start_new_session=True)
    until(lambda: (folder / heartbeat.FILE).exists())
    assert lives.alive(lives.read(folder), folder)
    return process


@pytest.mark.process
def test_a_run_on_a_leash_ends_with_whoever_holds_it_and_one_that_is_not_wanted_any_more_is_interrupted(tmp_path):
    (tmp_path / heartbeat.JOB).write_text(json.dumps({"wanted": True}))
    try:
        with leashed(tmp_path, 1) as cut:
            assert cut.stdin is not None
            cut.stdin.close()
            cut.wait(60)
        life = lives.read(tmp_path)
        assert (life.attempt, life.code, life.host) == (1, None, lives.host()), "nobody was left to tell"
        assert lives.free(tmp_path)
        with leashed(tmp_path, 2) as unwanted:
            (tmp_path / heartbeat.JOB).write_text(json.dumps({"wanted": False}))
            assert unwanted.wait(60) == 0
        life = lives.read(tmp_path)
        assert (life.attempt, life.code in POLITE) == (2, True)
        assert not (tmp_path / heartbeat.FILE).exists()
    finally:
        end_all(tmp_path)
