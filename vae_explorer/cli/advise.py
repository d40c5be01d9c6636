"""advise: what the stored figures of checkpoints say, in sentences."""

import argparse
from typing import TYPE_CHECKING

from vae_explorer.cli import options as shared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vae_explorer.advice import Finding


def options(parser: argparse.ArgumentParser) -> None:
    """The options of `advise`."""
    parser.add_argument("checkpoints", type=shared.folder, nargs="+", help="checkpoint folders")
    parser.add_argument("--json", action="store_true", help="one JSON object, with the numbers of each sentence")


def run(options: argparse.Namespace) -> None:
    """Say what measured figures show of checkpoints: knee over beta, collapse, holes, overfitting, slips in a loss."""
    from vae_explorer.advice import advise
    from vae_explorer.checkpoints import open_checkpoint

    opened = [open_checkpoint(folder) for folder in dict.fromkeys(options.checkpoints)]
    found = advise(opened)
    if options.json:
        shared.answer(checkpoints=[one.id for one in opened], findings=[finding.to_dict() for finding in found])
    else:
        print("\n\n".join(_lines(found)) or "Nothing stands out in what was measured.", flush=True)


def _lines(found: "Sequence[Finding]") -> list[str]:
    """Each sentence behind whom it is about, and in a line of its own where the app shows it."""
    return [f"{finding.whom}: {finding.sentence}\n  see {finding.view.address}" for finding in found]
