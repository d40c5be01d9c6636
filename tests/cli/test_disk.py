"""A full disk: one clear line, and what was there stays whole."""

import resource
from contextlib import contextmanager

import pytest

from tests.commands import ONE_EPOCH, TRAIN, answered, interrupted, whole
from vae_explorer import checkpoints


@contextmanager
def full_disk(after: int):
    """No file may grow beyond so many bytes: the kernel refuses the write, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (after, hard))  # Python itself ignores the signal that comes with it
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("room", [0, 100, 100_000, 2_000_000])
def test_a_full_disk_leaves_the_old_checkpoint(room, run, refused):
    before = checkpoints.open_checkpoint(run)
    with full_disk(room):
        said = refused(*TRAIN, "--epochs", "3", "--seed", "1", "--out", str(run), "--replace")
    assert "run cannot be written: File too large" in said
    assert checkpoints.open_checkpoint(run) == before
    assert whole(run)


def test_a_full_disk_leaves_no_half_run_behind(refused, tmp_path):
    with full_disk(100_000):
        assert "run cannot be written" in refused(*ONE_EPOCH, "--out", str(tmp_path / "run"))
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_while_embedding_or_sampling_leaves_what_was_there(run, refused, tmp_path):
    before = checkpoints.open_checkpoint(run)
    picture = tmp_path / "sample.png"
    picture.write_bytes(b"an older picture")
    with full_disk(100):
        assert "run cannot be written" in refused("embed", str(run))
        assert "sample.png cannot be written" in refused("sample", str(run), "--out", str(picture))
    assert checkpoints.open_checkpoint(run) == before
    assert picture.read_bytes() == b"an older picture"
    assert [path.name for path in tmp_path.iterdir()] == ["sample.png"]


def test_a_run_that_met_a_full_disk_goes_on_when_there_is_room(refused, tmp_path):
    folder, words = tmp_path / "cut", (*TRAIN, "--epochs", "3")
    interrupted(*words, "--out", str(folder))
    before = checkpoints.open_checkpoint(folder)
    with full_disk(2_000_000):
        assert "cut cannot be written" in refused("train", "--resume", str(folder))
    assert checkpoints.open_checkpoint(folder) == before
    answered("train", "--resume", str(folder))
    answered(*words, "--out", str(tmp_path / "whole"))
    pair = [(tmp_path / name / checkpoints.WEIGHTS).read_bytes() for name in ("cut", "whole")]
    assert pair[0] == pair[1]
