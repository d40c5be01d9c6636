"""Settings of a process that trains: what its processor and its memory do best."""

import ctypes
import os
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import torch

from vae_explorer.errors import UnknownName, require
from vae_explorer.torchrun import Place
from vae_explorer.training.ranks import ALONE, Ranks

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
KEPT = 1 << 30
PRODUCTS = 40
STAT = Path("/proc/self/stat")


def prepare(threads: int | None = None) -> None:
    """Set this process up for training, on so many threads if they are given.

    Denormals in Adam's moments cost up to a third of the speed. glibc gives back every large block that is freed, and
    the next layer's output is then paged in anew: keeping freed memory takes a fifth off a convolutional step.
    """
    torch.set_flush_denormal(True)
    if sys.platform == "linux":
        _keep_freed_memory()
    if threads is not None:
        torch.set_num_threads(threads)


def _keep_freed_memory() -> None:
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # another C library than glibc has none
    if mallopt is not None:
        mallopt(M_MMAP_THRESHOLD, KEPT)
        mallopt(M_TRIM_THRESHOLD, KEPT)


def threads() -> int:
    """How many threads PyTorch works with here."""
    return torch.get_num_threads()


def age() -> float:
    """Seconds since this process was started, imports and all; 0 where there is no /proc to tell."""
    if not STAT.exists():
        return 0.0
    ticks = int(STAT.read_text(errors="replace").rpartition(")")[2].split()[19])
    return time.clock_gettime(time.CLOCK_BOOTTIME) - ticks / os.sysconf("SC_CLK_TCK")


def slowdown() -> float:
    """How many times as long a product takes on the threads that are set as on one; above 1 the machine is busy.

    Threads wait for each other by spinning: where another process holds a core, every product waits for its turn, and
    a training step on all cores can take fifty times as long as on one.
    """
    many = torch.get_num_threads()
    together = _seconds()
    torch.set_num_threads(1)
    alone = _seconds()
    torch.set_num_threads(many)
    return together / alone


def _seconds() -> float:
    a, b = torch.ones(128, 784), torch.ones(784, 400)
    torch.mm(a, b)
    started = time.perf_counter()
    for _ in range(PRODUCTS):
        torch.mm(a, b)
    return time.perf_counter() - started


PRESENT: dict[str, Callable[[], bool]] = {
    "cuda": torch.cuda.is_available,
    "mps": torch.backends.mps.is_available,
    "cpu": lambda: True,
}
"""Devices, the fastest first, and whether this machine has them."""


def device(name: str) -> str:
    """The device of this name; for `auto`, the fastest that is here.

    Raises:
        UnknownName: for another name.
        InvalidSetting: for a device that this machine lacks.
    """
    if name == "auto":
        return next(one for one, here in PRESENT.items() if here())
    if name not in PRESENT:
        raise UnknownName("device", name, (*PRESENT, "auto"))
    require(PRESENT[name](), f"This machine has no {name} device that PyTorch can use; take cpu or auto.")
    return name


def joined(place: Place, device: str) -> AbstractContextManager[Ranks]:
    """Those with whom this process trains, once all that torchrun started have come; alone at once.

    Raises (in its body):
        TrainingStopped: when another one has ended, or does not answer.
    """
    if place.count == 1:
        return nullcontext(ALONE)
    from vae_explorer.training import process_group  # imports PyTorch's compiler, which takes seconds

    return process_group.joined(place, device)
