"""The process that keeps a run: one attempt each, a bounded log, an end within the grace."""

import os
import signal
import subprocess
from dataclasses import replace

import pytest

from tests.jobs.conftest import end_all, until
from vae_explorer.jobs import keeper, lives
from vae_explorer.jobs.lives import Life


@pytest.fixture
def folder(tmp_path):
    yield tmp_path
    end_all(tmp_path)


def begun(folder, attempt: int, *words: str) -> subprocess.CompletedProcess[bytes]:
    """Start a keeper; it is back as soon as it has written its life down."""
    pipe, both = subprocess.PIPE, subprocess.STDOUT
    return subprocess.run(
        keeper.command(folder, attempt, [*words]), cwd=keeper.HOME, stdout=pipe, stderr=both, check=True
    )


@pytest.mark.process
def test_an_attempt_is_made_once_and_its_code_is_told(folder):
    assert begun(folder, 1, "nonsense").stdout == b""
    until(lambda: lives.read(folder).code is not None)
    first = lives.read(folder)
    assert (first.attempt, first.code) == (1, 2)
    assert b"invalid choice: 'nonsense'" in (folder / keeper.LOG).read_bytes()
    until(lambda: lives.free(folder))
    assert begun(folder, 1, "nonsense").stdout == b""
    assert lives.read(folder) == first
    assert lives.free(folder)


@pytest.mark.process
def test_nothing_is_tried_while_a_process_of_another_attempt_is_there(folder):
    held = lives.claimed(folder / lives.LOCK)
    assert held is not None
    assert begun(folder, 1, "nonsense").stdout == keeper.BUSY.encode()
    assert lives.read(folder) == Life()
    os.close(held)


def test_the_log_stays_bounded_and_keeps_its_end(tmp_path):
    bounds = keeper.LogBounds(log=2000, line=100)
    lines = b"".join(b"line %d\n" % number for number in range(5000))
    for said, most in ((lines, 2000), (b"x" * 100_000, bounds.recent * 100)):
        (tmp_path / "said").write_bytes(said)
        with (tmp_path / "said").open("rb") as source, (tmp_path / "log").open("wb", buffering=0) as log:
            keeper._copy(source, log, lambda: None, bounds)
        kept = (tmp_path / "log").read_bytes()
        assert 400 <= len(kept) <= most
        assert said.endswith(kept)


def test_a_trainer_that_does_not_end_is_killed_after_the_grace():
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM)}
    deaf = subprocess.Popen(
        ["sh", "-c", "trap '' INT; echo ready; while :; do sleep 0.1; done"], stdout=subprocess.PIPE
    )
    assert deaf.stdout is not None
    assert deaf.stdout.readline() == b"ready\n"
    try:
        keeper._end_when_told(deaf, grace=1)
        os.kill(os.getpid(), signal.SIGTERM)
        assert deaf.poll() is None
        assert deaf.wait(30) == -signal.SIGKILL
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        deaf.stdout.close()


def test_a_recycled_pid_and_a_zombie_are_not_ours(tmp_path):
    mine = lives.own(1)
    assert lives.alive(mine, tmp_path)
    strangers = (
        replace(mine, started="1"),
        replace(mine, started=""),
        replace(mine, boot="another start of the machine"),
        replace(mine, code=0),
        replace(mine, pid=0),
    )
    for stranger in strangers:
        assert not lives.alive(stranger, tmp_path)
        lives.write(tmp_path, stranger)
        with lives.locked(tmp_path / lives.LOCK):
            lives.end(tmp_path)  # would end this process
            lives.end_orphans(stranger)
    lives.write(tmp_path, mine)
    lives.end(tmp_path)  # the lock is free, so whoever wrote this was no keeper
    child = subprocess.Popen(["sleep", "60"])
    life = Life(1, child.pid, lives.started(child.pid), lives.boot())
    assert lives.alive(life, tmp_path)
    os.kill(child.pid, signal.SIGKILL)
    until(lambda: not lives.alive(life, tmp_path))
    assert child.poll() == -signal.SIGKILL
    assert lives.started(child.pid) == ""


def test_ps_tells_the_same_of_a_process_where_there_is_no_proc(monkeypatch, tmp_path):
    monkeypatch.setattr(lives, "STAT", tmp_path / "nothing")
    mine = lives.own(1)
    assert mine.started
    assert lives.alive(mine, tmp_path)
    child = subprocess.Popen(["true"])
    until(lambda: not lives.started(child.pid))
    assert not lives.alive(replace(mine, pid=child.pid), tmp_path), "a zombie"
    child.wait()
    assert lives.started(child.pid) == ""


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "[[1]]", "{}x", '{"pid": "1"}', '{"attempt": 1.5}', '{"other": 1}', "null"]
)
def test_a_life_that_cannot_be_read_never_was(text, tmp_path):
    (tmp_path / lives.LIFE).write_text(text)
    assert lives.read(tmp_path) == Life()
