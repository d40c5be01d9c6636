"""The encoded split of a checkpoint as codes whose factors are known, or else their classes."""

from vae_explorer import datasets
from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.checkpoints.known_traits import CLASS, known_factors
from vae_explorer.checkpoints.shelf import Shelf
from vae_explorer.datasets.images import Factor, Order
from vae_explorer.metrics.scores.codes import Codes


def encoded_codes(checkpoint: Checkpoint) -> Codes:
    """Without encoding anything anew; factors stand with the data set, and where that is gone the class is one."""
    latents, known = catalogue.LATENTS.get(checkpoint), known_factors(checkpoint)
    if known.factors:
        return Codes(latents.mu, latents.logvar, known.values, known.factors)
    classes = datasets.dataset(latents.dataset).classes
    factor = Factor(CLASS, len(classes), Order.NONE, classes)
    return Codes(latents.mu, latents.logvar, latents.label[:, None], (factor,))


CODES: Shelf[Codes] = Shelf(encoded_codes, 4, measured=False)
