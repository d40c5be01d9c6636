"""The child's side of work in a process of its own: on a leash, telling how far it has come.

Each report is a JSON line on stdout. Standard input is the leash: when it closes, whoever asked is gone, and so is this
process.
"""

import json
import os
import sys
import threading
from collections.abc import Callable

from vae_explorer.errors import ExplorerError

OUT = 1
Report = Callable[[float, str], None]
"""Takes a share of the whole, 0 to 1, and what is being done."""


def serve(work: Callable[[Report], None]) -> None:
    """Do the work of a process that a ReportedTask has started; what is refused is told in its sentence."""
    threading.Thread(target=_leash, daemon=True).start()
    try:
        work(_report)
    except ExplorerError as error:
        _tell(error=str(error))


def _leash() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os._exit(1)


def _report(share: float, doing: str) -> None:
    _tell(share=round(share, 3), doing=doing)


def _tell(**told: str | float) -> None:
    os.write(OUT, json.dumps(told).encode() + b"\n")
