"""metrics: scores of disentanglement of checkpoints, stored beside each."""

import argparse
import sys
from typing import TYPE_CHECKING, Any

from vae_explorer import datasets
from vae_explorer.cli import options as shared
from vae_explorer.errors import CheckpointError, StorageError, UnknownName, require
from vae_explorer.metrics.evidence import has_siblings
from vae_explorer.metrics.score_rows import variants_of
from vae_explorer.metrics.scores import SCORES
from vae_explorer.metrics.scores.fragility import fragile
from vae_explorer.metrics.udr_row import UDR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vae_explorer.checkpoints import Checkpoint
    from vae_explorer.metrics.results import Result

USUAL, ALL = "usual", "all"
LONELY = "UDR compares three models at least that differ in their seed alone; name the folders of the others too."


def options(parser: argparse.ArgumentParser) -> None:
    """The options of `metrics`."""
    parser.add_argument("checkpoints", type=shared.folder, nargs="+", help="checkpoint folders")
    known = f"Known: {', '.join(SCORES)}, {UDR} (of models that differ in their seed alone, three at least)"
    about = f"names with commas between, {ALL}, or {USUAL}: those that take seconds (default). {known}"
    parser.add_argument("--scores", default=USUAL, help=about)
    ways = "measure every score on mutual information by other ways of counting too"
    parser.add_argument("--variants", action="store_true", help=ways)
    parser.add_argument("--dataset", help="default: the data set that each was trained on")
    shared.add_data_dir(parser)
    shared.add_seed(parser)
    parser.add_argument("--again", action="store_true", help="measure what is stored beside the checkpoint too")


def run(options: argparse.Namespace) -> None:
    """Score how disentangled checkpoints are; one line of JSON each, and what is new is stored beside it."""
    from vae_explorer.checkpoints import open_checkpoint

    seed, names = shared.checked_seed(options), chosen(options.scores)
    if options.variants:
        names += tuple(variants_of(name) for name in names if name != UDR and fragile(SCORES[name]))
    opened = [open_checkpoint(folder) for folder in options.checkpoints]
    for checkpoint in opened:
        shared.answer(**_scored(checkpoint, opened, names, seed, options))


def chosen(words: str) -> tuple[str, ...]:
    """The scores that were asked for, each once.

    Raises:
        UnknownName: listing the known scores.
    """
    if words == USUAL:
        return tuple(name for name, row in SCORES.items() if row.usual)
    if words == ALL:
        return (*SCORES, UDR)
    names = tuple(dict.fromkeys(word.strip() for word in words.split(",")))
    for name in names:
        if name not in (*SCORES, UDR):
            raise UnknownName("score", name, (*SCORES, UDR, USUAL, ALL))
    return names


def _scored(
    checkpoint: "Checkpoint",
    beside: "Sequence[Checkpoint]",
    names: tuple[str, ...],
    seed: int,
    options: argparse.Namespace,
) -> dict[str, Any]:
    from vae_explorer import measurement

    images = datasets.load(options.dataset or checkpoint.recipe.dataset, "test", options.data_dir)
    evidence = measurement.evidence(checkpoint, images, seed, options.data_dir, beside)
    values: dict[str, Any] = dict.fromkeys(names)
    require(names != (UDR,) or has_siblings(evidence), LONELY)
    for name in names:
        found = measurement.measure(checkpoint, evidence, {}, options.again, (name,))
        values |= {name: result.value for name, result in found.items()}
        checkpoint = _stored(checkpoint, found)
    source = {"run": str(checkpoint.folder), "dataset": images.name, "split": "train"}
    return source | shared.seeds(checkpoint.recipe.seed, seed) | {"scores": values}


def _stored(checkpoint: "Checkpoint", found: "dict[str, Result]") -> "Checkpoint":
    """Score by score, so that a stop loses at most the one in progress."""
    from vae_explorer import measurement

    try:
        return measurement.store(checkpoint, found)
    except (CheckpointError, StorageError) as error:
        print(f"not stored: {error}", file=sys.stderr)
        return checkpoint
