"""train: from settings to a measured checkpoint."""

import argparse
import os
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vae_explorer import torchrun
from vae_explorer.cli import options as shared
from vae_explorer.cli.options import answer
from vae_explorer.errors import CheckpointError, InvalidSetting, require
from vae_explorer.texts import figure

if TYPE_CHECKING:
    from vae_explorer.checkpoints import Checkpoint
    from vae_explorer.journal.recorder import Journal
    from vae_explorer.metrics.evaluation import Evaluation
    from vae_explorer.runs import Plan
    from vae_explorer.training.progress import Progress
    from vae_explorer.training.ranks import Ranks


PLACE = ("preset", "dataset", "threads")
"""What a resumed run may be given beside the settings of training and shape, by its own name."""


def options(parser: argparse.ArgumentParser) -> None:
    """The options of `train`."""
    shared.add_source(parser, required=False)
    shared.add_settings(parser)
    parser.add_argument(
        "--out", type=shared.folder, help="folder to write (default: runs/<name>, with a number where that exists)"
    )
    parser.add_argument("--replace", action="store_true", help="overwrite the folder if it exists")
    parser.add_argument(
        "--resume",
        type=shared.folder,
        metavar="RUN",
        help="go on with an interrupted run, or train one further by more --epochs",
    )
    parser.add_argument("--journal", type=shared.folder, help="folder to keep a journal of training in")
    shared.add_threads(parser)
    parser.add_argument("--device", help="cpu, cuda, mps or auto (default cpu)")
    compiled = "compile the model first, which takes a while (default: on CUDA alone)"
    parser.add_argument("--compile", action=argparse.BooleanOptionalAction, help=compiled)


def run(options: argparse.Namespace) -> None:
    """Train a preset on a data set, or go on with a run, and write a checkpoint measured on the test split.

    Started by torchrun, its processes share every batch out among them; the first reports and writes.
    """
    from vae_explorer import runs
    from vae_explorer.training import process

    place = torchrun.place()
    planned = _resumed(options, place.count) if options.resume else _fresh(options, place)
    process.prepare(shared.checked_threads(planned.threads))
    with process.joined(place, planned.device) as ranks:
        ranks.require_fit(planned.train.batch_size)
        if ranks.index == 0:
            _train(planned, options, ranks)
        else:
            _fetch(planned, options, ranks)
            runs.assist(planned, options.data_dir, ranks)


def _train(planned: "Plan", options: argparse.Namespace, ranks: "Ranks") -> None:
    """The whole run, from the word on its name to the answer."""
    from vae_explorer import runs, trials

    unnamed = options.resume is None and options.out is None
    renamed = shared.renamed([shared.run_settings(options).name], [planned.folder.name]) if unnamed else {}
    journal = _journal(options.journal, planned.folder)
    changed = _changed(planned)
    _warn_if_busy(planned.threads)
    _fetch(planned, options, ranks)
    train = partial(runs.execute, planned, options.data_dir, _report, journal, ranks)
    checkpoint, measured = trials.advised(planned, options.data_dir, train)
    found = _figures(checkpoint, measured)
    if "ended" in found:
        print(f"note: {found['ended']}", file=sys.stderr)
    spent = {"journal_seconds": round(journal.spent, 2)} if journal else {}
    answer(**found | changed | spent | renamed)


def told_of(folder: Path) -> dict[str, Any]:
    """What the answer of `train` said of a finished run, read from its folder.

    Raises:
        CheckpointError: when it cannot be read, or was not measured.
    """
    from vae_explorer import checkpoints

    checkpoint = checkpoints.open_checkpoint(folder)
    measured = checkpoints.read_measurements(checkpoint).evaluation
    if measured is None:
        raise CheckpointError(f"{checkpoint.id} was not measured; run `python -m vae_explorer evaluate` on it.")
    try:
        return _figures(checkpoint, measured)
    except (KeyError, StopIteration) as error:
        raise CheckpointError(f"The history of {checkpoint.id} cannot be read; train it again.") from error


def _figures(checkpoint: "Checkpoint", measured: "Evaluation") -> dict[str, Any]:
    recipe = checkpoint.recipe
    return {
        "run": str(checkpoint.folder),
        "epochs": recipe.ended or recipe.epoch,
        "seconds": round(recipe.seconds, 2),
        "images_per_second": round(recipe.images_per_second),
        "threads": recipe.threads,
        **({"processes": recipe.processes} if recipe.processes > 1 else {}),
        "device": recipe.device,
        **_chosen(checkpoint),
        **measured.to_dict() | shared.seeds(recipe.train.seed, measured.seed),
    }


def _fetch(planned: "Plan", options: argparse.Namespace, ranks: "Ranks") -> None:
    """The data set, by one process of each machine."""
    if ranks.local == 0:
        shared.fetch(planned.dataset, options)
    ranks.wait()


def _changed(planned: "Plan") -> dict[str, str]:
    """Why a run that goes on is not bit for bit an uninterrupted one; said on stderr at once."""
    from vae_explorer.runs import continuation

    sentence = continuation.told(planned)
    if not sentence:
        return {}
    print(f"note: {sentence}", file=sys.stderr)
    return {"changed": sentence}


def _chosen(checkpoint: "Checkpoint") -> dict[str, Any]:
    """The epoch that is kept, its figures on images that were not trained on, and why it is that one."""
    from vae_explorer import checkpoints
    from vae_explorer.jobs import endings

    recipe, train = checkpoint.recipe, checkpoint.recipe.train
    line = next(line for line in checkpoints.read_history(checkpoint) if line["epoch"] == recipe.epoch)
    found = {"kept_epoch": recipe.epoch, "training": {name: line[name] for name in ("nll", "rate")}}
    found |= {name: line[name] for name in ("validation",) if name in line}
    every = [*recipe.stages, recipe.stage()]
    found |= {"stages": [stage._asdict() for stage in every]} if recipe.stages else {}
    if recipe.ended is None:
        return found
    return {**found, "ended": endings.chosen(recipe.epoch, recipe.ended, train.epochs, train.patience)}


def _fresh(options: argparse.Namespace, place: torchrun.Place) -> "Plan":
    """A new run; only the first process looks at what lies in its folder, for it may be writing there already."""
    from vae_explorer import runs
    from vae_explorer.training import process

    require(options.dataset is not None, "Give --dataset as well, or --resume a run.")
    settings = shared.run_settings(options)
    if place.index:
        planned = runs.plan(settings, options.out)
    elif options.out is None:
        planned = shared.named(settings, options.replace)
    else:
        planned = runs.plan(settings, options.out)
        runs.refuse_existing(planned.folder, options.replace)
    device = process.device(options.device or "cpu")
    compiled = device == "cuda" if options.compile is None else options.compile
    where = {"threads": _wanted_threads(options), "device": device, "compiled": compiled, "processes": place.count}
    return replace(planned, **where)


def _resumed(options: argparse.Namespace, processes: int) -> "Plan":
    from vae_explorer import runs
    from vae_explorer.training import process

    require(options.out is None and not options.replace, "A resumed run keeps its folder; leave --out and --replace.")
    given = shared.given(options, shared.training_options() | shared.SHAPE)
    given |= {name: value for name in PLACE if (value := getattr(options, name)) is not None}
    given |= {} if options.compile is None else {"compiled": options.compile}
    given |= {"processes": processes}
    if options.device:
        given["device"] = process.device(options.device)
    planned = runs.resumption(options.resume, given)
    most = os.cpu_count() or 1
    here = options.threads is not None or 1 <= planned.threads <= most
    name = planned.folder.name
    require(
        here,
        f"{name} was trained on {planned.threads} threads, and this machine has {most} cores; add --threads {most}.",
    )
    if planned.device not in process.PRESENT or not process.PRESENT[planned.device]():
        raise InvalidSetting(f"{name} was trained on {planned.device}, which is not here; add --device cpu.")
    return planned


def _journal(folder: Path | None, run: Path) -> "Journal | None":
    from vae_explorer.journal.recorder import Journal

    if folder is None:
        return None
    apart = folder != run and folder not in run.parents and run not in folder.parents
    require(apart, f"{folder} and {run} must lie apart: a run's folder is replaced whole; choose another --journal.")
    return Journal(folder)


def _warn_if_busy(threads: int) -> None:
    """A hint and not a choice: the number of threads is part of what makes a run repeat bit for bit."""
    from vae_explorer.training import process

    if threads > 1 and (times := process.slowdown()) > 1:
        print(
            f"note: this machine is busy, {threads} threads take {times:.1f} times as long as one; "
            "--threads 1 would be faster while it is.",
            file=sys.stderr,
        )


def _wanted_threads(options: argparse.Namespace) -> int:
    from vae_explorer.training import process

    return process.threads() if options.threads is None else options.threads


def _terms(nll: float, rate: float | None) -> str:
    return f"nll {figure(nll)} " + ("" if rate is None else f"rate {figure(rate)} ")


def _report(progress: "Progress", epochs: int) -> None:
    seen = progress.validation
    beside = "" if seen is None else f"{seen.split} {_terms(seen.nll, seen.rate)} "
    print(
        f"epoch {progress.epoch}/{epochs}  loss {figure(progress.loss)}  {_terms(progress.nll, progress.rate)} {beside}"
        f"nats per image  {progress.images / progress.seconds:,.0f} images/s  {progress.seconds:.0f} s",
        file=sys.stderr,
        flush=True,
    )
