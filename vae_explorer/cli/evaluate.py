"""evaluate: everything that is measured of a checkpoint, on one split."""

import argparse
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from vae_explorer import datasets
from vae_explorer.cli import options as shared
from vae_explorer.errors import CheckpointError, StorageError
from vae_explorer.metrics import METRICS

if TYPE_CHECKING:
    from vae_explorer.metrics.results import Result


def options(parser: argparse.ArgumentParser) -> None:
    """The options of `evaluate`, those of METRICS among them."""
    shared.add_checkpoint(parser)
    for row in METRICS.values():
        for name, setting in row.settings.items():
            flag, about = shared.flag(setting.flag), f"{setting.about} (default %(default)s)"
            word = setting.flag.upper().replace("-", "_")
            parser.add_argument(flag, dest=name, metavar=word, type=setting.read, default=setting.default, help=about)
    shared.add_seed(parser)
    parser.add_argument("--again", action="store_true", help="measure what is stored beside the checkpoint too")


def run(options: argparse.Namespace) -> None:
    """Measure a checkpoint on a split; what is not stored beside it yet is."""
    from vae_explorer import checkpoints, measurement

    seed = shared.checked_seed(options)
    checkpoint = checkpoints.open_checkpoint(options.checkpoint)
    images = datasets.load(options.dataset or checkpoint.recipe.dataset, options.split, options.data_dir)
    evidence = measurement.evidence(checkpoint, images, seed, options.data_dir)
    found = measurement.measure(checkpoint, evidence, vars(options), options.again)
    try:
        measurement.store(checkpoint, found)
    except (CheckpointError, StorageError) as error:
        print(f"not stored: {error}", file=sys.stderr)
    recipe, source = checkpoint.recipe, {"dataset": images.name, "split": images.split, "n": len(images)}
    source |= shared.seeds(recipe.seed, seed)
    shared.answer(run=str(checkpoint.folder), epochs=recipe.epoch, **source, **_values(found))


def _values(found: "Mapping[str, Result]") -> dict[str, Any]:
    """The value of every row, and of its settings after it; None for a row that does not apply."""
    values: dict[str, Any] = {}
    for name, row in METRICS.items():
        result = found.get(name)
        values[name] = None if result is None else result.value
        values |= dict.fromkeys(row.settings) if result is None else result.settings
    return values
