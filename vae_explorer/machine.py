"""Settings of a process that trains: what its processor and its memory do best."""

import ctypes
import sys
from collections.abc import Callable

import torch

from vae_explorer.config import require
from vae_explorer.errors import UnknownName

M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
KEPT = 1 << 30


def prepare(threads: int | None = None) -> int:
    """Set this process up for training; returns the number of threads that it works with.

    Denormals in Adam's moments cost up to a third of the speed. glibc gives back every large block that is freed, and
    the next layer's output is then paged in anew: keeping freed memory takes a quarter off a convolutional step.
    """
    torch.set_flush_denormal(True)
    if sys.platform == "linux":
        _keep_freed_memory()
    if threads is not None:
        torch.set_num_threads(threads)
    return torch.get_num_threads()


def _keep_freed_memory() -> None:
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # another C library than glibc has none
    if mallopt is not None:
        mallopt(M_MMAP_THRESHOLD, KEPT)
        mallopt(M_TRIM_THRESHOLD, KEPT)


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
