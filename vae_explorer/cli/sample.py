"""sample: new images as one PNG."""

import argparse
from typing import TYPE_CHECKING

import numpy as np

from vae_explorer import images
from vae_explorer.cli import options as shared
from vae_explorer.errors import require

if TYPE_CHECKING:
    from vae_explorer.latents.encoded import Latents

SOURCES = ("prior", "aggregate")
MAX_IMAGES = 10_000


def options(parser: argparse.ArgumentParser) -> None:
    """The options of `sample`."""
    parser.add_argument("checkpoint", type=shared.folder, help="a checkpoint folder")
    parser.add_argument("--out", type=shared.folder, required=True, help="the PNG file to write")
    parser.add_argument(
        "--source",
        default="prior",
        help="prior, or aggregate: Gaussians fitted to the encoded images (default %(default)s)",
    )
    parser.add_argument("--components", type=int, default=10, help="how many Gaussians to fit (default %(default)s)")
    parser.add_argument("--n", type=int, default=100, help="how many images (default %(default)s)")
    shared.add_seed(parser)


def run(options: argparse.Namespace) -> None:
    """Draw codes, from the prior or from Gaussians fitted to the aggregate posterior, and decode them."""
    from vae_explorer import checkpoints, coding, folders
    from vae_explorer.checkpoints import catalogue

    seed = shared.checked_seed(options)
    require(options.source in SOURCES, f"source must be {', '.join(SOURCES)}, not {options.source[:40]}.")
    require(1 <= options.n <= MAX_IMAGES, f"n must be from 1 to {MAX_IMAGES:,}, not {options.n}.")
    checkpoint = checkpoints.open_checkpoint(options.checkpoint)
    z = _codes(checkpoints.read_latents(checkpoint), options, seed)
    classes = checkpoint.recipe.model.classes
    y = np.arange(options.n) % classes if classes else None
    pictures = images.to_uint8(coding.decode(catalogue.MODELS.get(checkpoint), z, y))
    columns = int(np.ceil(np.sqrt(options.n)))
    folders.write_file(options.out, images.png(images.mosaic(pictures, columns, gap=1)))
    shared.answer(run=str(checkpoint.folder), file=str(options.out), n=options.n, source=options.source, seed=seed)


def _codes(latents: "Latents", options: argparse.Namespace, seed: int) -> np.ndarray:
    from vae_explorer.latents import sampling
    from vae_explorer.latents.encoded import prior_draws

    if options.source == "aggregate":
        return sampling.draw(
            sampling.fit_mixture(latents.mu, latents.logvar, options.components, seed), options.n, seed
        )
    require(not latents.plain, "A plain autoencoder has no prior; sample from --source aggregate.")
    return prior_draws(latents, options.n, seed)
