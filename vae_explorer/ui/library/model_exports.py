"""A model taken elsewhere: its weights for PyTorch, or new images drawn from it, as buttons."""

from functools import partial

from vae_explorer.checkpoints import Checkpoint
from vae_explorer.ui import widgets

DRAWN = 1000
"""Images; the command line draws any number."""


def offer_exports(checkpoint: Checkpoint) -> None:
    """A button for each, made when it is pressed."""
    plain = checkpoint.recipe.model.plain
    weights = "The weights as torch.save writes a state dict, for torch.load(weights_only=True)."
    drawn = f"{DRAWN:,} new images of the prior as an npz, of a conditional model with the classes they are drawn as."
    told = "It has no prior to draw new images from." if plain else drawn
    name, mime = checkpoint.id, "application/octet-stream"
    made = partial(_weights, checkpoint)
    widgets.download("State dict", "download", made, f"{name}.pt", mime, weights, key="export-weights")
    made = partial(_samples, checkpoint)
    widgets.download("Samples", "download", made, f"{name}.npz", mime, told, not plain, "export-samples")


def _weights(checkpoint: Checkpoint) -> bytes:
    from vae_explorer.exports.state_dict import state_dict

    return state_dict(checkpoint)


def _samples(checkpoint: Checkpoint) -> bytes:
    from vae_explorer.exports.samples import samples

    return samples(checkpoint, DRAWN)
