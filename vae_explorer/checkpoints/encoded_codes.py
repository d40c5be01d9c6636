"""The encoded split of a checkpoint as codes whose factors are known, or else their classes."""

from vae_explorer import datasets
from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.checkpoints.originals import image_set
from vae_explorer.datasets.images import Factor, Order
from vae_explorer.errors import DataUnavailable
from vae_explorer.metrics.scores.codes import Codes

CLASS = "class"


def encoded_codes(checkpoint: Checkpoint) -> Codes:
    """Without encoding anything anew; factors stand with the data set, and where that is gone the class is one."""
    latents = catalogue.LATENTS.get(checkpoint)
    row = datasets.dataset(latents.dataset)
    if row.factors:
        try:
            values = image_set(latents.dataset, latents.split).factor_values
        except DataUnavailable:
            values = None
        if values is not None and len(values) == len(latents.mu):
            return Codes(latents.mu, latents.logvar, values, row.factors)
    return Codes(latents.mu, latents.logvar, latents.label[:, None], (Factor(CLASS, len(row.classes), Order.NONE),))


CODES: catalogue.Shelf[Codes] = catalogue.Shelf(encoded_codes, 4)
