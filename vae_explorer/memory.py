"""Memory: how it looks when it runs out, how much this process has taken, and who is to give way."""

import contextlib
import re
import sys
from pathlib import Path

RAN_OUT = re.compile(
    "OutOfMemoryError|out of memory|can't allocate memory|Cannot allocate memory|Unable to allocate|MemoryError"
    "|could not create a (primitive|memory)"
)
"""What PyTorch, NumPy and the system say then; the last is oneDNN's, whose convolutions name no cause."""
OOM_SCORE = Path("/proc/self/oom_score_adj")
FIRST = b"1000"


def ran_out(error: BaseException) -> bool:
    """Whether an error says that there was no memory left."""
    return isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and bool(RAN_OUT.search(str(error))))


def give_way() -> None:
    """Let the kernel end this process before any other should memory run out, where it can be told so."""
    with contextlib.suppress(OSError):
        OOM_SCORE.write_bytes(FIRST)


def peak() -> float:
    """The most memory that this process has held so far, in MB; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    taken = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return taken / 1e6 if sys.platform == "darwin" else taken * 1024 / 1e6
