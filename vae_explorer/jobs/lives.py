"""The processes of runs: which one it is, whether it is still there, and locks that die with their holder."""

import contextlib
import json
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from vae_explorer import folders, regular_files, strict_json
from vae_explorer.bounds import is_count
from vae_explorer.errors import StorageError
from vae_explorer.jobs import heartbeat
from vae_explorer.read_only import refuse_write
from vae_explorer.regular_files import Stamp

LIFE, LOCK = "life.json", "lock"
STAT = Path("/proc/self/stat")
BOOT = Path("/proc/sys/kernel/random/boot_id")
MAX_BYTES, MOST = 1 << 16, 1 << 31


@dataclass(frozen=True)
class Life:
    """One attempt at a run: its process, which leads a process group, and its exit code once that has ended."""

    attempt: int = 0
    """Counted from 1; 0: there was none yet."""
    pid: int = 0
    started: str = ""
    """What tells this process from a later one of the same pid; no clock that a person can set is asked."""
    boot: str = ""
    code: int | None = None
    """None while nobody has told; below 0: ended by that signal."""
    host: str = ""
    """The machine; empty: this one."""


def read(folder: Path | str) -> Life:
    """The last attempt in a job's folder; one that cannot be read never was."""
    stamp = regular_files.stamp(f"{folder}/{LIFE}")
    return Life() if stamp is None else _read(f"{folder}/{LIFE}", stamp)


@lru_cache(maxsize=4096)
def _read(path: str, stamp: Stamp) -> Life:
    """Read once for each stamp, for all runs are looked at again and again."""
    try:
        life = Life(**strict_json.mapping(regular_files.read(Path(path), MAX_BYTES)))
    except (StorageError, ValueError, TypeError):
        return Life()
    counts = is_count(life.attempt, 0, MOST) and is_count(life.pid, 0, MOST)
    told = life.code is None or is_count(life.code, -MOST, MOST)
    texts = all(isinstance(text, str) for text in (life.started, life.boot, life.host))
    return life if counts and told and texts else Life()


def write(folder: Path, life: Life) -> None:
    """Write down an attempt, whole.

    Raises:
        StorageError: when it cannot be written.
    """
    folders.write_file(folder / LIFE, json.dumps(asdict(life)).encode())


def own(attempt: int) -> Life:
    """This process, as the one that makes an attempt."""
    return Life(attempt, os.getpid(), started(os.getpid()), boot(), host=host())


def alive(life: Life, folder: Path | str) -> bool:
    """Whether the attempt of a job's folder is at work: its very process here, its heartbeat on another machine.

    A recycled pid is another process, a zombie is none; another container is another machine.
    """
    if life.code is not None or life.pid <= 1:
        return False
    if not here(life):
        return heartbeat.fresh(folder)
    return life.boot == boot() and life.started == (started(life.pid) or None)


def here(life: Life) -> bool:
    """Whether its process is, or was, one of this machine."""
    return life.host in ("", host())


@lru_cache(maxsize=1)
def host() -> str:
    """Names this machine among those that share a folder."""
    return socket.gethostname()


def last(folder: Path | str) -> Life:
    """The last attempt, asked again when its process has just gone: it may have told its code in between."""
    life = read(folder)
    return life if life.code is not None or alive(life, folder) else read(folder)


def end(folder: Path, at_once: bool = False) -> None:
    """Ask the process of a folder's attempt to end it within the grace, or kill all of its group at once.

    Only while somebody holds the folder's lock: a file that names a stranger's process ends nothing. On another machine
    it ends once it reads that it is not wanted.
    """
    life = read(folder)
    if here(life) and alive(life, folder) and not free(folder):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(life.pid, signal.SIGKILL) if at_once else os.kill(life.pid, signal.SIGTERM)


def end_orphans(life: Life) -> None:
    """Kill what is left of an attempt whose keeper is gone; for whoever found its lock still held.

    The holder is of the keeper's group, and while a group has a member the kernel gives its number to nobody else: a
    process of that number is the keeper itself, on its way out, or a stranger.
    """
    if life.pid > 1 and here(life) and life.boot == boot() and not started(life.pid):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(life.pid, signal.SIGKILL)


def started(pid: int) -> str:
    """When a process was started, in the kernel's own count of ticks; empty when there is none, or only a zombie.

    Where there is no /proc, ps is asked, which knows it to a second.
    """
    if not STAT.exists():
        return _asked(pid)
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[0] in "ZX" else fields[19]


def _asked(pid: int) -> str:
    words = ["ps", "-o", "stat=", "-o", "lstart=", "-p", str(pid)]
    found = subprocess.run(words, capture_output=True, text=True, check=False, env=os.environ | {"LC_ALL": "C"})
    state, _, since = found.stdout.strip().partition(" ")
    return "" if state.startswith("Z") else since.strip()


@lru_cache(maxsize=1)
def boot() -> str:
    """Names this start of the machine; empty where the system does not tell."""
    try:
        return BOOT.read_text().strip()
    except OSError:
        return ""


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Wait for a lock and hold it; the kernel gives it back when its holder dies, so none is ever stale."""
    handle = _opened(path)
    try:
        _flock(handle, wait=True)
        yield
    finally:
        os.close(handle)


def claimed(path: Path) -> int | None:
    """A lock's handle, held until it is closed by this process and all that inherit it; None when others hold it."""
    handle = _opened(path)
    if _flock(handle, wait=False):
        return handle
    os.close(handle)
    return None


def free(folder: Path) -> bool:
    """Whether no process of any attempt is left in a job's folder."""
    if not regular_files.is_there(folder / LOCK):
        return True
    handle = claimed(folder / LOCK)
    if handle is not None:
        os.close(handle)
    return handle is not None


def _opened(path: Path) -> int:
    refuse_write(path)
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK, 0o600)
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}.") from error


def _flock(handle: int, wait: bool) -> bool:
    import fcntl  # there is none on Windows, where the pages must open all the same

    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
