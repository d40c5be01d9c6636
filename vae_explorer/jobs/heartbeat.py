"""Heartbeat: what tells of an attempt that it is alive where no process can be asked, on another machine.

A file in the job's folder, which all machines share, is touched every few seconds. Whoever looks goes by its own clock:
those of two machines may differ, and a shared folder may show a touch a minute late.
"""

import contextlib
import itertools
import os
import select
import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import NamedTuple

from vae_explorer import regular_files, strict_json
from vae_explorer.errors import StorageError
from vae_explorer.regular_files import Stamp

FILE, JOB = "beat", "job.json"
LOOK = 1.0
"""Seconds from one look at what is wanted to the next."""
LOOKS = 5
"""From one touch to the next."""
STALE = 120.0
"""Seconds without a touch after which an attempt is lost; shared folders keep what they saw for up to 60."""
MAX_BYTES = 1 << 16


class _Seen(NamedTuple):
    """A touch, and when it was first seen here."""

    stamp: Stamp
    since: float


_SEEN: dict[str, _Seen] = {}


def fresh(folder: Path | str) -> bool:
    """Whether the last touch is not older than STALE, as far as this process has seen: the first look knows no age."""
    place, stamp = str(folder), regular_files.stamp(f"{folder}/{FILE}")
    if stamp is None:
        _SEEN.pop(place, None)
        return False
    seen = _SEEN.get(place)
    if seen is None or seen.stamp != stamp:
        seen = _SEEN[place] = _Seen(stamp, time.monotonic())
    return time.monotonic() - seen.since < STALE


def wanted(folder: Path) -> bool:
    """Whether the run of a job's folder is to go on; what cannot be read stops nothing."""
    with contextlib.suppress(StorageError, ValueError):
        return strict_json.mapping(regular_files.read(folder / JOB, MAX_BYTES)).get("wanted") is not False
    return True


class Heartbeat(threading.Thread):
    """Beside a trainer: touches the file, and has its own process end the run that is no longer wanted.

    On a leash, which is standard input, it kills the trainer when that closes: whoever asked is gone.
    """

    def __init__(self, folder: Path, process: subprocess.Popen[bytes], leashed: bool) -> None:
        super().__init__(daemon=True)
        self._folder, self._process, self._leashed = folder, process, leashed
        self._lock, self._over = threading.Lock(), threading.Event()
        self.cut = False
        """Whether the leash was cut."""

    def run(self) -> None:
        """Until it is stopped, or the leash is cut."""
        told = False
        for look in itertools.count():
            if look % LOOKS == 0:
                self._touch()
            if not told and not wanted(self._folder):
                told = True
                os.kill(os.getpid(), signal.SIGTERM)
            self.cut = self._rest()
            if self.cut:
                self._process.kill()
            if self.cut or self._over.is_set():
                return

    def stop(self) -> None:
        """No touch comes after this, and the last one is taken away: the attempt is over."""
        with self._lock, contextlib.suppress(OSError):
            self._over.set()
            (self._folder / FILE).unlink(missing_ok=True)

    def _touch(self) -> None:
        with self._lock, contextlib.suppress(OSError):
            if not self._over.is_set():
                (self._folder / FILE).touch(mode=0o600)

    def _rest(self) -> bool:
        """Wait for the next look; whether the leash was cut meanwhile."""
        if not self._leashed:
            self._over.wait(LOOK)
            return False
        return bool(select.select([0], [], [], LOOK)[0]) and not os.read(0, 1024)
