"""`python -m vae_explorer.jobs.keeper FOLDER ATTEMPT WORD…`: one attempt at a run, and the word on how it ended.

A process of its own between the app and the trainer: it outlives the app, so that somebody is there to take the
trainer's exit code, to keep its log short, and to kill it when it does not end within the grace. Imports nothing heavy.
It returns to whoever started it as soon as its life is written down: it closes its standard output then. With
`--leashed` before its words it stays with whoever started it, and ends with it.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import FrameType
from typing import IO, NamedTuple

from vae_explorer.errors import ExplorerError
from vae_explorer.jobs import lives
from vae_explorer.jobs.heartbeat import Heartbeat

LOG = "log.txt"
NICE = 10
GRACE = 8
"""Seconds from the trainer's interruption to its end."""
PATIENCE = 1.0
"""Seconds in which whoever only looks at the lock gives it back."""
HOME = Path(__file__).parents[2]
BUSY, LEASHED = "busy", "--leashed"


class LogBounds(NamedTuple):
    """How long a log may become."""

    log: int = 1 << 18
    """Bytes."""
    line: int = 1 << 12
    """Bytes."""
    recent: int = 50
    """Lines that stay when it has become too long."""


BOUNDS = LogBounds()


def command(folder: Path, attempt: int, words: list[str], leashed: bool = False) -> list[str]:
    """The arguments of the process that makes an attempt at `python -m vae_explorer` with these words."""
    return [sys.executable, "-m", __name__, *([LEASHED] if leashed else []), str(folder), str(attempt), *words]


def main(folder: Path, attempt: int, words: list[str]) -> None:
    """Leave the app's family, and make the attempt unless it was made already."""
    if os.fork():
        return
    os.setsid()
    keep(folder, attempt, words)


def keep(folder: Path, attempt: int, words: list[str], leashed: bool = False) -> None:
    """Make the attempt unless it was made already; leashed: it ends when standard input does."""
    os.nice(NICE)
    lock = _patiently(folder / lives.LOCK)
    if lock is None:
        os.write(1, BUSY.encode())
    elif lives.read(folder).attempt < attempt:
        _attempt(folder, attempt, words, lock, leashed)


def _attempt(folder: Path, attempt: int, words: list[str], lock: int, leashed: bool) -> None:
    train = [sys.executable, "-m", "vae_explorer", *words]
    (folder / LOG).unlink(missing_ok=True)
    with (folder / LOG).open("xb", buffering=0) as log:
        # a handler, where a SIG_IGN of the app's would be handed on to the trainer, who then could not be stopped
        signal.signal(signal.SIGINT, signal.default_int_handler)
        # the trainer holds the lock too: should the keeper be killed, nobody else trains here until it has ended
        nothing, pipe, both = subprocess.DEVNULL, subprocess.PIPE, subprocess.STDOUT
        process = subprocess.Popen(train, cwd=HOME, stdin=nothing, stdout=pipe, stderr=both, pass_fds=(lock,))
        _end_when_told(process)
        life = lives.own(attempt)
        try:
            lives.write(folder, life)
        except ExplorerError:
            process.kill()
            raise
        _close_output(leashed)
        heartbeat = Heartbeat(folder, process, leashed)
        heartbeat.start()
        assert process.stdout is not None
        _copy(process.stdout, log, partial(_end_if_deleted, process, folder))
        code = process.wait()
        heartbeat.stop()
        os.close(lock)  # before the code is told: whoever reads it may delete the folder or try again at once
        if (folder / LOG).exists() and not heartbeat.cut:
            lives.write(folder, replace(life, code=code))


def _patiently(path: Path) -> int | None:
    """The lock, once those who only look are gone; None when a trainer holds it."""
    until = time.monotonic() + PATIENCE
    while (lock := lives.claimed(path)) is None and time.monotonic() < until:
        time.sleep(0.02)
    return lock


def _end_when_told(process: subprocess.Popen[bytes], grace: int = GRACE) -> None:
    """At SIGTERM or SIGINT interrupt the trainer, which keeps its last whole epoch; after the grace kill it."""

    def told(number: int, frame: FrameType | None) -> None:
        for further in (signal.SIGTERM, signal.SIGINT):  # one interruption: another would meet it while it ends
            signal.signal(further, signal.SIG_IGN)
        process.send_signal(signal.SIGINT)
        signal.alarm(grace)

    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, told)
    signal.signal(signal.SIGALRM, lambda number, frame: process.kill())


def _close_output(leashed: bool) -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2) if leashed else (0, 1, 2):
        os.dup2(nothing, stream)
    os.close(nothing)


def _end_if_deleted(process: subprocess.Popen[bytes], folder: Path) -> None:
    """A trainer whose folder was deleted by hand could not be stopped by anybody any more."""
    if not (folder / LOG).exists():
        process.kill()


def _copy(said: IO[bytes], log: IO[bytes], look: Callable[[], None], most: LogBounds = BOUNDS) -> None:
    """What the trainer says, to the log, with a look at each line; a full disk loses the log, and not the run."""
    recent: deque[bytes] = deque(maxlen=most.recent)
    for line in iter(lambda: said.readline(most.line), b""):
        look()
        recent.append(line)
        with contextlib.suppress(OSError):
            if log.tell() + len(line) > most.log:
                log.seek(0)
                log.truncate()
                line = b"".join(recent)
            log.write(line)


if __name__ == "__main__":
    leashed = sys.argv[1] == LEASHED
    folder, attempt, *words = sys.argv[1 + leashed :]
    keep(Path(folder), int(attempt), words, leashed=True) if leashed else main(Path(folder), int(attempt), words)
