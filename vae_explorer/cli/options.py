"""Options that commands share; a setting that was not given stays absent, so that a preset's own value holds."""

import argparse
import json
import os
import sys
from collections.abc import Container, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from vae_explorer import datasets
from vae_explorer.bounds import MAX_SEED, require_seed
from vae_explorer.config import KEPT, LIKELIHOODS, PRECISIONS, PRIORS, STARTS, VALIDATION_SHARE, TrainConfig
from vae_explorer.errors import require
from vae_explorer.losses import LOSSES
from vae_explorer.presets import LINEAR, SYSTEMS
from vae_explorer.run_settings import RunSettings
from vae_explorer.schedules import ANNEALINGS, SCHEDULES

if TYPE_CHECKING:
    from vae_explorer.runs import Plan

DEFAULT = TrainConfig()


class Option(NamedTuple):
    """How a setting is given on the command line."""

    kind: type
    help: str


def training_options() -> dict[str, Option]:
    """The settings of training, with those that single losses have for themselves."""
    own = {
        setting.name: Option(setting.kind, f"{setting.help}, with --objective {name}")
        for name, row in LOSSES.items()
        for setting in row.settings
    }
    held = f"(default 0; {VALIDATION_SHARE:g} where one is chosen)"
    return {
        "beta": Option(float, f"weight on the rate (default {DEFAULT.beta:g})"),
        "objective": Option(str, f"{', '.join(LOSSES)} (default: the preset's)"),
        "annealing": Option(str, f"how beta comes to its value: {', '.join(ANNEALINGS)} (default {DEFAULT.annealing})"),
        **own,
        "epochs": Option(int, f"default: {_first_runs('epochs')}"),
        "batch_size": Option(int, f"default {DEFAULT.batch_size}"),
        "lr": Option(float, f"Adam's learning rate (default {DEFAULT.lr:g})"),
        "schedule": Option(str, f"of the learning rate: {', '.join(SCHEDULES)} (default {DEFAULT.schedule})"),
        "start": Option(str, f"{', '.join(STARTS)} (default {DEFAULT.start})"),
        "precision": Option(str, f"{', '.join(PRECISIONS)} (default {DEFAULT.precision})"),
        "held_out": Option(int, "a class id to leave out, and to recognise as an anomaly when evaluated"),
        "seed": Option(int, f"0 to {MAX_SEED} (default {DEFAULT.seed})"),
        "validation": Option(float, f"share of the training images to hold out and judge epochs by {held}"),
        "keep": Option(str, f"the epoch that is kept: {', '.join(KEPT)} on validation images (default {DEFAULT.keep})"),
        "patience": Option(int, "epochs without a better one on validation images after which it ends (default: none)"),
        "redraw": Option(bool, "draw pixels of mnist-binarised anew in every epoch (default: once for all)"),
    }


def _first_runs(field: str) -> str:
    """What runs of each data set start from, in words."""
    return ", ".join(f"{getattr(row.first_run, field)} for {name}" for name, row in datasets.table().items())


SHAPE: dict[str, Option] = {
    "latent_dim": Option(int, "latent units (default: the preset's)"),
    "likelihood": Option(str, f"{', '.join(LIKELIHOODS)} (default: the preset's)"),
    "variance": Option(float, "of Gaussian pixels: fixed, or where learning starts (default 0.5)"),
    "prior": Option(str, f"{', '.join(PRIORS)} (default normal)"),
    "components": Option(int, "Gaussians in the prior"),
    "multi_rate": Option(str, "one network for every beta of a range, such as 0.25,16 (default: for one beta)"),
}


def add_settings(parser: argparse.ArgumentParser, without: tuple[str, ...] = ()) -> None:
    """Every setting of training and of the model's shape, but those named."""
    for name, (kind, about) in (training_options() | SHAPE).items():
        if name not in without:
            how: dict[str, Any] = {"action": argparse.BooleanOptionalAction} if kind is bool else {"type": kind}
            parser.add_argument(flag(name), **how, default=argparse.SUPPRESS, help=about)


def add_source(parser: argparse.ArgumentParser, required: bool) -> None:
    """What to train, on which data."""
    systems = f"{', '.join(SYSTEMS)}; each also as ae-… (no sampling) and cvae-… (given the label); {', '.join(LINEAR)}"
    parser.add_argument("--preset", help=f"{systems} (default: {_first_runs('preset')})")
    parser.add_argument("--dataset", required=required, help=", ".join(datasets.table()))
    parser.add_argument("--download", action="store_true", help="fetch the data set if it is not on this machine")
    add_data_dir(parser)


def add_checkpoint(parser: argparse.ArgumentParser) -> None:
    """A checkpoint, and the images to see through it."""
    parser.add_argument("checkpoint", type=folder, help="a checkpoint folder")
    parser.add_argument("--dataset", help="default: the data set it was trained on")
    parser.add_argument("--split", default="test", help=f"{', '.join(datasets.SPLITS)} (default %(default)s)")
    add_data_dir(parser)


def add_data_dir(parser: argparse.ArgumentParser) -> None:
    """Where data sets lie."""
    parser.add_argument("--data-dir", type=folder, help="default: VAE_EXPLORER_DATA, or the folder `data`")


def add_threads(parser: argparse.ArgumentParser) -> None:
    """How many threads a process works with."""
    parser.add_argument("--threads", type=int, help="default: one per core")


def checked_threads(threads: int) -> int:
    """The number of threads, where this machine has the cores.

    Raises:
        InvalidSetting: when it has not.
    """
    most = os.cpu_count() or 1
    require(1 <= threads <= most, f"threads must be from 1 to {most}, the cores of this machine, not {threads}.")
    return threads


def add_seed(parser: argparse.ArgumentParser) -> None:
    """The seed of what a command draws."""
    parser.add_argument("--seed", type=int, default=0, help=f"of every draw, 0 to {MAX_SEED} (default %(default)s)")


def checked_seed(options: argparse.Namespace) -> int:
    """The seed, checked as that of training.

    Raises:
        InvalidSetting: when it is negative or too large.
    """
    require_seed(options.seed)
    return options.seed


def seeds(training: int | None, evaluation: int) -> dict[str, int | None]:
    """Both seeds of a measured model, for an answer: that of training, where known, and that of measured draws."""
    return {"seed": training, "evaluation_seed": evaluation}


def given(options: argparse.Namespace, names: Container[str]) -> dict[str, Any]:
    """The settings of these names that were given."""
    return {name: value for name, value in vars(options).items() if name in names}


def run_settings(options: argparse.Namespace, **more: Any) -> RunSettings:
    """The run that was asked for; what was not given is the preset's, and a preset that was not given the data set's.

    Raises:
        UnknownName, InvalidSetting: as RunSettings.
    """
    training = given(options, training_options())
    preset = options.preset or datasets.dataset(options.dataset).first_run.preset
    return RunSettings(preset, options.dataset, training | more, given(options, SHAPE))


def named(settings: RunSettings, replaced: bool) -> "Plan":
    """The plan of a run whose folder nobody chose: one that nothing else is in, unless that is to be replaced.

    Raises:
        UnknownName, InvalidSetting: as `runs.plan`, and when what is to be replaced is no checkpoint.
    """
    from vae_explorer import runs
    from vae_explorer.jobs import run_names

    planned = runs.plan(settings)
    folder = planned.folder
    if not replaced:
        return replace(planned, folder=folder.with_name(run_names.unclaimed(folder.name)))
    runs.refuse_existing(folder, replaced)
    return planned


def renamed(wanted: Sequence[str], given: Sequence[str]) -> dict[str, Any]:
    """What an answer says of runs that could not have the names of their settings; said on stderr at once."""
    from vae_explorer.jobs import run_names

    sentence = run_names.renamed(wanted, given)
    if not sentence:
        return {}
    print(f"note: {sentence}", file=sys.stderr)
    return {"note": sentence}


def flag(name: str) -> str:
    """A setting's name on the command line."""
    return f"--{name.replace('_', '-')}"


def folder(text: str) -> Path:
    """An absolute path.

    Raises:
        ArgumentTypeError: for a path that has no name, or none that this system could open.
    """
    try:
        path = Path(text).expanduser().resolve()
        path.exists()
    except (OSError, ValueError, RuntimeError) as error:
        raise argparse.ArgumentTypeError(f"“{text[:60]}” is no path that can be used") from error
    if not path.name:
        raise argparse.ArgumentTypeError(f"“{text}” has no name; give a path inside it")
    return path


def fetch(dataset: str, options: argparse.Namespace) -> None:
    """Download a data set that is not here, if that was asked for."""
    row, root = datasets.dataset(dataset), options.data_dir or datasets.data_root()
    if options.download and not row.available(root):
        row.download(root, lambda name, done, total: print(f"fetching {name} ({done}/{total})", file=sys.stderr))


def answer(**values: object) -> None:
    """The last line on stdout: one JSON object."""
    print(json.dumps(values, allow_nan=False), flush=True)
