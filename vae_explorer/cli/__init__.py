"""`vae-explorer COMMAND`: progress on stderr, one JSON object as the last line on stdout; with no command, the app.

options   options that commands share
pictures  pictures of one's own as a data set
train     from settings to a measured checkpoint
sweep     several betas and seeds, trained side by side
estimate  what a run would cost, measured on some of its steps
evaluate  everything that is measured of a checkpoint, on one split
advise    what the stored figures of checkpoints say, in sentences, or with --json
metrics   scores of disentanglement, beside what a perfect code would get
embed     a split, encoded, into the checkpoint
project   a fitted map of the encoded images, shipped with the checkpoint
sample    new images as one PNG
export    weights or new images as a file for elsewhere
intake    weights that were trained elsewhere, as a checkpoint
app       the app, when no command is given
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple, NoReturn

from vae_explorer import torchrun
from vae_explorer.cli import (
    advise,
    app,
    embed,
    estimate,
    evaluate,
    export,
    intake,
    metrics,
    pictures,
    project,
    sample,
    sweep,
    train,
)
from vae_explorer.errors import ExplorerError, InvalidSetting, ReadOnly, require
from vae_explorer.read_only import read_only

INTERRUPTED = 130


class Parser(argparse.ArgumentParser):
    """Refuses in one line, as everything behind it does; the options are listed by --help."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, "" if torchrun.place().index else f"error: {message}; see {self.prog} --help.\n")


class Command(NamedTuple):
    """One word of the command line."""

    options: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace], None]
    changes: bool = False
    """Whether all that it does is for what it writes, so that a read-only app refuses it before it begins."""
    shared_out: bool = False
    """Whether processes that torchrun starts share its work."""


COMMANDS: dict[str, Command] = {
    "pictures": Command(pictures.options, pictures.run, changes=True),
    "train": Command(train.options, train.run, changes=True, shared_out=True),
    "sweep": Command(sweep.options, sweep.run, changes=True),
    "estimate": Command(estimate.options, estimate.run, changes=True),
    "evaluate": Command(evaluate.options, evaluate.run),
    "advise": Command(advise.options, advise.run),
    "metrics": Command(metrics.options, metrics.run),
    "embed": Command(embed.options, embed.run, changes=True),
    "project": Command(project.options, project.run, changes=True),
    "sample": Command(sample.options, sample.run),
    "export": Command(export.options, export.run),
    "import": Command(intake.options, intake.run, changes=True),
}


def main(arguments: Sequence[str]) -> int:
    """Run one command, or open the app; returns the exit code.

    0: done; 2: refused with one line; 3: training diverged; 130: interrupted.
    """
    options = _parser().parse_args(arguments)
    try:
        _run(options)
    except ExplorerError as error:
        if torchrun.place().index == 0 or not isinstance(error, InvalidSetting):  # which all processes refuse alike
            print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("\nstopped; what was saved whole before is kept.", file=sys.stderr)
        return INTERRUPTED
    return 0


def _run(options: argparse.Namespace) -> None:
    command = COMMANDS.get(options.command)
    if read_only() and command is not None and command.changes:
        raise ReadOnly
    alone = torchrun.place().count == 1 or (command is not None and command.shared_out)
    require(alone, "torchrun is for train; start this command without it.")
    app.open_app() if command is None else command.run(options)


def _parser() -> argparse.ArgumentParser:
    about = "Train and measure VAEs; with no command, open the app."
    parser = Parser(prog="python -m vae_explorer", description=about)
    commands = parser.add_subparsers(dest="command", metavar=" | ".join(COMMANDS))
    for name, command in COMMANDS.items():
        about = command.run.__doc__
        command.options(commands.add_parser(name, help=about, description=about))
    return parser
