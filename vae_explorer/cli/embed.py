"""embed: a split, encoded, into the checkpoint."""

import argparse

from vae_explorer import datasets
from vae_explorer.cli import options as shared


def options(parser: argparse.ArgumentParser) -> None:
    """The options of `embed`."""
    shared.add_checkpoint(parser)
    about = "keep the weights in half precision from now on; the figures are measured of these"
    parser.add_argument("--half", action="store_true", help=about)


def run(options: argparse.Namespace) -> None:
    """Encode a split and store it as latents.npz, with its measured figures, in the checkpoint."""
    from vae_explorer import checkpoints, runs

    checkpoint = checkpoints.open_checkpoint(options.checkpoint)
    images = datasets.load(options.dataset or checkpoint.recipe.dataset, options.split, options.data_dir)
    checkpoint, measured = runs.measure(options.checkpoint, checkpoint.recipe, images, options.half)
    recipe = checkpoint.recipe
    told = measured.to_dict() | shared.seeds(recipe.seed, measured.seed)
    shared.answer(run=str(checkpoint.folder), epochs=recipe.epoch, **told)
