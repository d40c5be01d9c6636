"""metrics: scores of disentanglement of checkpoints, stored beside each."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from vae_explorer import datasets
from vae_explorer.cli import options as shared
from vae_explorer.errors import CheckpointError, StorageError, UnknownName
from vae_explorer.metrics.score_rows import variants_of
from vae_explorer.metrics.scores import SCORES
from vae_explorer.metrics.scores.fragility import fragile

if TYPE_CHECKING:
    from pathlib import Path

    from vae_explorer.checkpoints import Checkpoint
    from vae_explorer.metrics.results import Result

USUAL, ALL = "usual", "all"


def options(parser: argparse.ArgumentParser) -> None:
    """The options of `metrics`."""
    parser.add_argument("checkpoints", type=shared.folder, nargs="+", help="checkpoint folders")
    about = (
        f"names with commas between, {ALL}, or {USUAL}: those that take seconds (default). Known: {', '.join(SCORES)}"
    )
    parser.add_argument("--scores", default=USUAL, help=about)
    ways = "measure every score on mutual information by other ways of counting too"
    parser.add_argument("--variants", action="store_true", help=ways)
    parser.add_argument("--dataset", help="default: the data set that each was trained on")
    shared.add_data_dir(parser)
    shared.add_seed(parser)
    parser.add_argument("--again", action="store_true", help="measure what is stored beside the checkpoint too")


def run(options: argparse.Namespace) -> None:
    """Score how disentangled checkpoints are; one line of JSON each, and what is new is stored beside it."""
    seed, names = shared.checked_seed(options), chosen(options.scores)
    if options.variants:
        names += tuple(variants_of(name) for name in names if fragile(SCORES[name]))
    for folder in options.checkpoints:
        shared.answer(**_scored(folder, names, seed, options))


def chosen(words: str) -> tuple[str, ...]:
    """The scores that were asked for, each once.

    Raises:
        UnknownName: listing the known scores.
    """
    if words in (USUAL, ALL):
        return tuple(name for name, row in SCORES.items() if row.usual or words == ALL)
    names = tuple(dict.fromkeys(word.strip() for word in words.split(",")))
    for name in names:
        if name not in SCORES:
            raise UnknownName("score", name, (*SCORES, USUAL, ALL))
    return names


def _scored(folder: "Path", names: tuple[str, ...], seed: int, options: argparse.Namespace) -> dict[str, Any]:
    from vae_explorer import checkpoints, measurement

    checkpoint = checkpoints.open_checkpoint(folder)
    images = datasets.load(options.dataset or checkpoint.recipe.dataset, "test", options.data_dir)
    evidence = measurement.evidence(checkpoint, images, seed, options.data_dir)
    values: dict[str, Any] = dict.fromkeys(names)
    for name in names:
        found = measurement.measure(checkpoint, evidence, {}, options.again, (name,))
        values |= {name: result.value for name, result in found.items()}
        checkpoint = _stored(checkpoint, found)
    source = {"run": str(checkpoint.folder), "dataset": images.name, "split": "train"}
    return source | shared.seeds(checkpoint.recipe.train.seed, seed) | {"scores": values}


def _stored(checkpoint: "Checkpoint", found: "dict[str, Result]") -> "Checkpoint":
    """Score by score, so that a stop loses at most the one in progress."""
    from vae_explorer import measurement

    try:
        return measurement.store(checkpoint, found)
    except (CheckpointError, StorageError) as error:
        print(f"not stored: {error}", file=sys.stderr)
        return checkpoint
