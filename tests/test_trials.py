"""Real steps, timed and tried: figures that were measured, and a batch size that fits where memory ran out."""

import json
import re
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from tests.commands import ROOT, TRAIN, answered
from tests.conftest import tiny_config
from vae_explorer import memory, models, trials
from vae_explorer.config import TrainConfig
from vae_explorer.errors import InvalidSetting
from vae_explorer.training import process

pytestmark = pytest.mark.thorough

ROOM = 200
"""MB in which 16 draws for each of 1,400 images are too many, and for some fewer are not; each block that is asked for
is so large that the small ones, which no library expects to be refused, are still to be had."""
LARGE = (*TRAIN[:5], "--threads", "1", "--epochs", "1", "--objective", "iwae", "--importance-samples", "16")
SMALL = TrainConfig(batch_size=64)


def limited(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.limited", str(ROOM), *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_pace_is_measured_and_hangs_together(digits, digits_train):
    found = trials.pace(tiny_config(), SMALL, digits_train, digits)
    assert found.parameters == models.parameters(tiny_config())
    assert found.steps >= 2
    assert min(found.seconds_per_epoch, found.saving_seconds, found.evaluation_seconds) > 0
    images = len(digits_train) // 64 * 64
    assert found.images_per_second * found.seconds_per_epoch == pytest.approx(images)


@pytest.mark.parametrize("objective", ["factor-vae", "beta-tcvae"])
def test_every_objective_is_timed_with_a_batch_as_large_as_the_images(objective, digits, digits_train):
    some = digits_train.select(slice(64))
    assert trials.pace(tiny_config(), replace(SMALL, objective=objective), some, digits).seconds_per_epoch > 0


def test_what_training_would_refuse_is_refused(digits, digits_train):
    with pytest.raises(InvalidSetting, match=f"at most the {len(digits_train)} training images"):
        trials.pace(tiny_config(), replace(SMALL, batch_size=2000), digits_train, digits)


def test_the_command_answers_with_the_whole_time():
    found = answered("estimate", *TRAIN[1:], "--epochs", "20")
    epoch = found["seconds_per_epoch"] + found["saving_seconds"]
    whole = found["start_seconds"] + 20 * epoch + found["evaluation_seconds"]
    assert found["seconds"] == pytest.approx(whole, abs=0.01)
    assert found["weights_mb"] == pytest.approx(4 * found["parameters"] / 1e6, abs=1e-3)
    assert found["threads"] == 1
    assert min(found["images_per_second"], found["steps"], found["peak_memory_mb"]) > 0


def test_the_command_refuses_what_train_refuses(refused):
    for words in (("--batch-size", "2000"), ("--threads", "10000"), ("--epochs", "0")):
        assert refused("estimate", *TRAIN[1:], *words).startswith("error: ")


def test_a_process_knows_its_age():
    worked = time.thread_time()
    assert worked > 0.3, "to import PyTorch alone takes longer"
    assert (process.age() >= worked) == process.STAT.exists()


@pytest.mark.process
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to a limit of its address space")
def test_where_memory_ran_out_the_batch_size_that_is_advised_was_tried_and_trains(tmp_path):
    place = ("--out", str(tmp_path / "run"))
    ended = limited(*LARGE, *place, "--batch-size", "1400")
    assert ended.returncode == 2, ended
    told = re.fullmatch(
        r"error: Memory ran out at batch size 1,400; there is no whole epoch to keep\. "
        r"Start again with batch size (\d+): steps of it were tried and fit\.",
        ended.stderr.splitlines()[-1],
    )
    assert told, ended.stderr
    assert int(told[1]) in (700, 350, 175, 87)
    again = limited(*LARGE, *place, "--batch-size", told[1])
    assert again.returncode == 0, again.stderr
    assert json.loads(again.stdout)["epochs"] == 1


def test_the_first_batch_size_that_fits_is_found_by_halving(monkeypatch, digits_train):
    tried = []

    def most(model, train, images, device):
        tried.append(train.batch_size)
        return train.batch_size <= 10

    monkeypatch.setattr(trials, "_fits", most)
    assert trials.fitting_batch(tiny_config(), SMALL, digits_train) == 8
    assert tried == [32, 16, 8]
    assert trials.fitting_batch(tiny_config(), replace(SMALL, batch_size=1), digits_train) is None


def test_only_a_lack_of_memory_is_taken_for_one():
    assert memory.ran_out(MemoryError())
    assert memory.ran_out(RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried"))
    assert not memory.ran_out(RuntimeError("shapes do not fit"))
    assert not memory.ran_out(ValueError("out of memory"))
    assert memory.peak() > 10
