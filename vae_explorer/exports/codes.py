"""Everything that is known of the encoded images: their codes, classes, factors and figures, as CSV or npz."""

from collections.abc import Callable

import numpy as np

from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.checkpoints.known_traits import traits
from vae_explorer.errors import UnknownName
from vae_explorer.latents import selection
from vae_explorer.latents.selection import Chosen

FORMATS: dict[str, Callable[[Chosen], bytes]] = {".csv": selection.table, ".npz": selection.npz}


def codes(checkpoint: Checkpoint, suffix: str) -> bytes:
    """A row for each encoded image: index, class, factors, nll, rate, mu and sigma [N, D], in a format of FORMATS.

    Raises:
        UnknownName: for any other suffix.
        CheckpointError: when the latents cannot be read.
    """
    if suffix not in FORMATS:
        raise UnknownName("format", suffix, FORMATS)
    latents = catalogue.LATENTS.get(checkpoint)
    return FORMATS[suffix](Chosen(latents, traits(checkpoint), np.arange(len(latents.label))))
