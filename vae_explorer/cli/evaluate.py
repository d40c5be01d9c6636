"""evaluate: everything that is measured of a checkpoint, on one split."""

import argparse
from typing import TYPE_CHECKING, Any

from vae_explorer import datasets
from vae_explorer.cli import options as shared
from vae_explorer.datasets.images import ImageSet

if TYPE_CHECKING:
    from vae_explorer.checkpoints import Recipe
    from vae_explorer.latents.encoded import Latents
    from vae_explorer.models.vae import VAE


def options(parser: argparse.ArgumentParser) -> None:
    """The options of `evaluate`."""
    shared.add_checkpoint(parser)
    parser.add_argument("--samples", type=int, default=10, help="draws K of the bound (default %(default)s)")
    shared.add_seed(parser)


def run(options: argparse.Namespace) -> None:
    """Measure a checkpoint on a split; writes nothing."""
    from vae_explorer import checkpoints, coding
    from vae_explorer.checkpoints import catalogue
    from vae_explorer.metrics.aggregate import aggregate_posterior
    from vae_explorer.metrics.evaluation import bits_per_pixel, evaluation

    seed = shared.checked_seed(options)
    checkpoint = checkpoints.open_checkpoint(options.checkpoint)
    recipe = checkpoint.recipe
    images = datasets.load(options.dataset or recipe.dataset, options.split, options.data_dir)
    model = catalogue.MODELS.get(checkpoint)
    encoded = coding.encode_set(model, images, seed)
    measured, aggregate = evaluation(encoded), aggregate_posterior(encoded)
    shared.answer(
        run=str(checkpoint.folder),
        epochs=recipe.epoch,
        **measured.to_dict(),
        bits_per_pixel=bits_per_pixel(measured, images.image_shape) if recipe.model.likelihood == "bernoulli" else None,
        **_bound(model, images, options.samples, seed),
        reconstruction_mse=coding.reconstruction_mse(model, images),
        aggregate_mean=aggregate.mean.tolist(),
        aggregate_covariance=aggregate.covariance.tolist(),
        probes=_probes(model, images, encoded, options, seed),
        anomaly=_anomaly(recipe, encoded),
    )


def _bound(model: "VAE", images: ImageSet, samples: int, seed: int) -> dict[str, Any]:
    from vae_explorer import coding

    if model.config.plain:
        return {"iw_bound": None, "iw_samples": None}
    bound = coding.importance_weighted_bound(model, images, samples, seed)
    return {"iw_bound": float(bound.mean(dtype=float)), "iw_samples": samples}


def _probes(
    model: "VAE", images: ImageSet, encoded: "Latents", options: argparse.Namespace, seed: int
) -> dict[str, Any] | None:
    """Fitted on codes of the training split, scored on those of the test split, whichever was measured.

    None for a conditional model: its encoder was told the class that a probe would read.
    """
    from vae_explorer import coding
    from vae_explorer.metrics.probes import probes

    if model.config.classes:
        return None
    mu, label = {encoded.split: encoded.mu}, {encoded.split: encoded.label}
    for split in set(datasets.SPLITS) - {encoded.split}:
        other = datasets.load(images.name, split, options.data_dir)
        mu[split], label[split] = coding.encode_set(model, other, seed).mu, other.labels
    found = probes(mu["train"], label["train"], mu["test"], label["test"], seed)
    return {"fitted_on": "train", "scored_on": "test", **found.to_dict()}


def _anomaly(recipe: "Recipe", encoded: "Latents") -> dict[str, Any] | None:
    """None for a model that has seen every class, or is told the class of what it should find strange."""
    from vae_explorer.metrics.anomaly import anomaly_scores

    held_out = recipe.train.held_out
    if held_out is None or recipe.model.classes:
        return None
    return anomaly_scores(encoded.nll, encoded.rate, encoded.label, held_out)._asdict()
