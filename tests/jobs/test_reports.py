"""How runs stand, from whatever lies in their folders: whole, half-written, or nonsense."""

import json
from dataclasses import replace

import pytest

from tests.conftest import save_tiny
from vae_explorer import checkpoints, folders
from vae_explorer.config import TrainConfig
from vae_explorer.errors import InvalidSetting, StorageError
from vae_explorer.jobs import desk, endings, keeper, lives, records, reports
from vae_explorer.jobs.endings import Ended
from vae_explorer.jobs.records import Job
from vae_explorer.jobs.reports import RunState
from vae_explorer.run_settings import RunSettings, training_names

EPOCH = {"epoch": 2, "loss": 3.0, "nll": 2.0, "rate": 1.0, "seconds": 4.0, "images": 1000}


@pytest.fixture
def job(runs_root) -> Job:
    """A run that was asked for, and that nothing has been done about."""
    settings = {name: value for name, value in TrainConfig(epochs=6).to_dict().items() if name in training_names()}
    made = Job("run", RunSettings("mlp-small-z2", "digits", settings, {"latent_dim": 2}), 1)
    records.write(made)
    return made


def lived(job: Job, **of) -> None:
    lives.write(records.job_folder(job.name), replace(lives.own(1), **of))


def history(job: Job, text: str) -> None:
    folders.write_folder(records.run_folder(job.name), {checkpoints.HISTORY: text.encode()})


def log(job: Job, text: str) -> None:
    (records.job_folder(job.name) / keeper.LOG).write_text(text)


GONE = {"started": "1"}
"""What makes of this process another one, which is not there."""


@pytest.mark.parametrize(
    ("wanted", "life", "state"),
    [
        (True, {"attempt": 0}, RunState.QUEUED),
        (False, {"attempt": 0}, RunState.STOPPED),
        (True, {}, RunState.RUNNING),
        (False, {}, RunState.RUNNING),
        (True, {"code": 0}, RunState.LOST),
        (True, {"code": 130}, RunState.STOPPED),
        (True, {"code": -2}, RunState.STOPPED),
        (False, {"code": -9}, RunState.STOPPED),
        (True, {"code": -9}, RunState.FAILED),
        (True, {"code": 2}, RunState.FAILED),
        (True, GONE, RunState.LOST),
        (False, GONE, RunState.STOPPED),
        (True, {"boot": "before"}, RunState.LOST),
    ],
)
def test_the_state_follows_from_what_was_asked_and_what_became_of_it(job, wanted, life, state):
    records.write(replace(job, wanted=wanted))
    lived(job, **life)
    status = reports.report(records.read("run"))
    assert (status.state, status.resumable) == (state, state in (RunState.STOPPED, RunState.FAILED, RunState.LOST))
    assert ("checkpoint is gone" in status.sentence) == (life == {"code": 0})
    assert bool(status.sentence) == (
        state in (RunState.FAILED, RunState.LOST) or (state == RunState.RUNNING and not wanted)
    )
    assert ("restarted" in status.sentence) == ("boot" in life)


@pytest.mark.parametrize("life", [{"code": 0}, {"code": 130}, {"code": -9}, GONE])
def test_a_finished_checkpoint_is_finished_however_its_process_ended(job, life, digits):
    lived(job, **life)
    records.write(replace(job, wanted=False))
    save_tiny(records.run_folder("run"), digits)
    assert desk.status("run").state == RunState.FINISHED
    with pytest.raises(InvalidSetting, match="run is finished"):
        desk.resume("run")


def test_lines_that_are_not_whole_are_not_read(job):
    lived(job)
    whole = json.dumps(EPOCH) + "\n"
    for rest in (
        "",
        '{"epoch": 3, "lo',
        json.dumps(EPOCH | {"epoch": 3}),
        "[]\n",
        "\udcff\n".encode(errors="replace").decode(),
    ):
        history(job, whole + rest)
        status = reports.report(job)
        assert (status.epoch, status.last, status.seconds) == (2, EPOCH, 4.0)
        assert (status.images_per_second, status.eta) == (250.0, 8.0)
    for nonsense in (
        "",
        "{}\n",
        '{"epoch": NaN, "seconds": 1, "images": 1}\n',
        '{"epoch": 0, "seconds": 1, "images": 1}\n',
    ):
        history(job, nonsense)
        assert (reports.report(job).epoch, reports.report(job).eta) == (0, None)
    history(job, whole * 100_000)
    assert reports.report(job).last == EPOCH
    log(job, "epoch 1/6\nepoch 2/6\nepoch 3/")
    assert reports.log("run") == ["epoch 1/6", "epoch 2/6"]


def test_a_history_is_found_while_its_folder_is_replaced(job):
    history(job, json.dumps(EPOCH) + "\n")
    folder = records.run_folder("run")
    folder.rename(folder.with_name(".run.old"))
    assert reports.report(job).last == EPOCH


@pytest.mark.parametrize(
    ("code", "said", "batch_size", "kept", "told"),
    [
        (2, "epoch 1/6\nerror: lr is too high.", 64, True, "lr is too high."),
        (
            2,
            "error: run cannot be written: No space left on device.",
            64,
            True,
            "The disk is full; the last whole epoch is kept. Make room, then resume.",
        ),
        (
            1,
            "RuntimeError: [enforce fail at alloc_cpu.cpp:117] DefaultCPUAllocator: can't allocate memory: you tried",
            64,
            False,
            "Memory ran out at batch size 64; there is no whole epoch to keep. Start again with batch size 32.",
        ),
        (
            1,
            "torch.OutOfMemoryError: CUDA out of memory.",
            1,
            True,
            "Memory ran out at batch size 1; the last whole epoch is kept. Start again with a smaller model.",
        ),
        (
            2,
            "error: Memory ran out at batch size 1,400; it fits at 350.",
            1400,
            True,
            "Memory ran out at batch size 1,400; it fits at 350.",
        ),
        (-11, "", 64, True, "Training was killed by signal 11 (SIGSEGV); the last whole epoch is kept."),
        (-99, "", 64, True, "Training was killed by signal 99 (unknown); the last whole epoch is kept."),
        (1, "ValueError: surprise", 64, True, "Training ended with exit code 1; its log tells more."),
    ],
)
def test_an_ending_is_told_in_one_sentence(code, said, batch_size, kept, told):
    assert endings.sentence(Ended(code, said, batch_size, kept)) == told


@pytest.mark.parametrize(
    "change",
    [
        {"preset": "other"},
        {"dataset": ["digits"]},
        {"training": {"epochs": "--out=/"}},
        {"training": {"epochs": 3, "out": "/"}},
        {"training": 3},
        {"shape": {"hidden": [3]}},
        {"shape": {"latent_dim": [3]}},
        {"threads": 0},
        {"ticket": "1"},
        {"created": {}},
        {"engine": 1},
        {"name": "other"},
        {"more": 1},
    ],
)
def test_settings_that_somebody_else_wrote_are_not_run(job, change):
    path = records.job_folder("run") / records.JOB
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(StorageError, match="settings of run cannot be read"):
        records.read("run")
    assert (desk.board(), desk.pump()) == ([], 0)


@pytest.mark.process
def test_what_cannot_be_started_fails_and_leaves_the_queue(job, monkeypatch):
    monkeypatch.setattr(keeper, "HOME", keeper.HOME / "tests")
    assert desk.pump() == 0
    status = desk.status("run")
    assert status.state == RunState.FAILED
    assert status.sentence == "Training ended with exit code 1; its log tells more."
    assert "No module named" in reports.log("run")[-1]


def test_the_queue_is_in_the_order_of_asking_whatever_the_clock_says(job):
    for name, ticket, created in (("a", 3, "2001-01-01T00:00:00"), ("b", 2, "2099-01-01T00:00:00")):
        records.write(replace(job, name=name, ticket=ticket, created=created))
    assert [waiting.name for waiting in records.queue()] == ["run", "b", "a"]
    lived(job)
    records.write(replace(job, name="c", wanted=False, ticket=9))
    assert [waiting.name for waiting in records.queue()] == ["b", "a"]
    assert [reports.report(one).position for one in records.every()] == [0, 1, 2, 0]


def test_a_runs_folder_that_cannot_be_written_is_one_sentence(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("VAE_EXPLORER_RUNS", str(tmp_path / "file" / "runs"))
    with pytest.raises(StorageError, match="runs cannot be written: Not a directory"):
        desk.start(RunSettings("mlp-small-z2", "digits"))
    assert desk.board() == []
