"""python -m tests.warm_starts SOCKET: children of the app that are forks of this process, which has loaded PyTorch.

They are processes in every respect: killed, limited and waited for like any other. What is spared is that each loads
PyTorch, which takes seconds; that a keeper starts a trainer from nothing too is shown by `tests/jobs/test_desk.py`.
"""

import fcntl
import importlib
import json
import os
import resource
import runpy
import select
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.commands import ROOT
from vae_explorer import datasets, leash
from vae_explorer.jobs import keeper
from vae_explorer.projections import process as projections
from vae_explorer.scorer import process as scorer

LOADED = ("vae_explorer.trials", "vae_explorer.journal.recorder", "vae_explorer.projections.fit", "sklearn.manifold")
CLIENT = Path(__file__).with_name("warm_client.py")
COLD = subprocess.Popen


@pytest.fixture(scope="session")
def warm_starts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where one asks for such a process; it ends with the tests."""
    place = tmp_path_factory.mktemp("warm") / "socket"
    words = [sys.executable, "-m", "tests.warm_starts", str(place)]
    with COLD(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        yield place
        process.stdin.close()


@pytest.fixture
def warm_children(warm_starts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs are kept, trained and measured, maps fitted and scores taken by such processes."""
    for module, name in ((keeper, "command"), (leash, "command"), (projections, "ask"), (scorer, "ask")):
        monkeypatch.setattr(module, name, _warm(getattr(module, name), warm_starts))


def _warm(cold: Callable[..., list[str]], place: Path) -> Callable[..., list[str]]:
    """The same command, asked for there."""

    def command(*asked: Any, **how: Any) -> list[str]:
        python, *words = cold(*asked, **how)
        return [python, "-I", "-S", str(CLIENT), str(place), *words]

    return command


class Warm(subprocess.Popen):
    """A Python that is started as a fork of this process."""

    def _execute_child(self, args: list[str], *how: Any) -> None:
        pass_fds, cwd, env = how[3:6]
        pipes = how[9:15]
        streams = pipes[0], pipes[3], pipes[5]
        self.pid = os.fork()
        if self.pid == 0:
            subprocess.Popen = COLD
            os.chdir(cwd)
            os.environ |= env or {}
            settle(streams, pass_fds)
            os._exit(run(args[2:]))
        self._child_created = True
        self._close_pipe_fds(*pipes)  # pyright: ignore[reportAttributeAccessIssue]


def settle(streams: tuple[int, ...], kept: tuple[int, ...] = ()) -> None:
    """Take these for standard input, output and error; of all other files, keep only those."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    last = 2
    for one in (*sorted(kept), os.sysconf("SC_OPEN_MAX")):
        os.closerange(last + 1, one)
        last = one


def become(line: socket.socket) -> None:
    """Be the process that is asked for, to its end."""
    data, streams, _, _ = socket.recv_fds(line, 1 << 20, 3)
    asked = json.loads(data)
    os.register_at_fork(after_in_child=line.close)
    fcntl.fcntl(line, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(line, fcntl.F_SETFL, os.O_ASYNC)  # where whoever asked is killed, SIGIO ends this process too
    if select.select([line], [], [], 0)[0]:  # it was killed already
        os._exit(1)
    if asked["leads"]:
        os.setsid()
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ |= asked["environ"]
    resource.setrlimit(resource.RLIMIT_FSIZE, asked["file_bytes"])
    settle(tuple(streams), (line.fileno(),))
    subprocess.Popen = Warm
    line.send(str(run(asked["words"])).encode())


def run(words: list[str]) -> int:
    """What follows `python -m`, and the exit code that Python would give."""
    sys.argv = words
    try:
        runpy.run_module(words[0], run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else left.code is not None
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
        raise
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    return code


def serve(place: Path) -> None:
    """Fork for each that asks, until standard input ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as door:
        door.bind(str(place))
        door.listen()
        print("ready", flush=True)
        while door in select.select([door, sys.stdin], [], [])[0]:
            line, _ = door.accept()
            if os.fork() == 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                become(line)
                os._exit(0)
            line.close()


if __name__ == "__main__":
    for name in LOADED:
        importlib.import_module(name)
    datasets.load("digits", "test")
    serve(Path(sys.argv[1]))
