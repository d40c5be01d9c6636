"""python -m tests.limited MB WORD…: a command that may take only so much more memory than its imports did.

A fork would not do: PyTorch's threads do not outlive one.
"""

import importlib
import resource
import sys
from pathlib import Path

from vae_explorer import datasets
from vae_explorer.cli import main

PAGE = 4096


def taken() -> int:
    """Bytes of address space."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * PAGE


if __name__ == "__main__":
    datasets.load("digits", "train")
    importlib.import_module("vae_explorer.trials")  # and PyTorch with it
    most = taken() + int(sys.argv[1]) * 10**6
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    sys.exit(main(sys.argv[2:]))
