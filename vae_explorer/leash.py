"""The leash of a child process, and `python -m vae_explorer.leash FOLDER WORD…`: a command of the project on one.

It is standard input: when that closes, whoever asked is gone, be it killed, and so is the child, with its folder.
"""

import os
import runpy
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def hold(folder: Path) -> None:
    """End this process, and delete the folder it was given, as soon as whoever started it is gone."""
    threading.Thread(target=_wait, args=(folder,), daemon=True).start()


@contextmanager
def kept(process: subprocess.Popen[str]) -> Iterator[None]:
    """Hold the leash while a process is heard to its end: `communicate` alone would let go of it at once."""
    end, process.stdin = process.stdin, None
    try:
        yield
    finally:
        if end is not None:
            end.close()


def command(folder: Path, words: tuple[str, ...]) -> list[str]:
    """The arguments of a process on a leash for `python -m vae_explorer` with these words."""
    return [sys.executable, "-m", __name__, str(folder), *words]


def _wait(folder: Path) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(1)


if __name__ == "__main__":
    hold(Path(sys.argv[1]))
    sys.argv = ["vae_explorer", *sys.argv[2:]]
    runpy.run_module("vae_explorer", run_name="__main__", alter_sys=True)
