"""The child's side of work in a process of its own: on a leash, telling how far it has come.

Each report is a JSON line on stdout. Standard input is the leash.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path

from vae_explorer import leash
from vae_explorer.errors import ExplorerError

OUT = 1
Report = Callable[[float, str], None]
"""Takes a share of the whole, 0 to 1, and what is being done."""


def serve(work: Callable[[Path, Report], None], folder: Path) -> None:
    """Do the work of a process that a ReportedTask has started in a folder; what is refused is told in its sentence."""
    leash.hold(folder)
    try:
        work(folder, _report)
    except ExplorerError as error:
        _tell(error=str(error))


def _report(share: float, doing: str) -> None:
    _tell(share=round(share, 3), doing=doing)


def _tell(**told: str | float) -> None:
    os.write(OUT, json.dumps(told).encode() + b"\n")
