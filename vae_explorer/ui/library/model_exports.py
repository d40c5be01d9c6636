"""A model taken elsewhere: its weights, its halves for ONNX, its codes, or new images drawn from it, as buttons."""

from functools import partial
from importlib.util import find_spec

from vae_explorer.checkpoints import Checkpoint
from vae_explorer.ui import widgets

DRAWN = 1000
"""Images; the command line draws any number."""
PACKAGES = ("onnx", "onnxruntime", "onnxscript")


def offer_exports(checkpoint: Checkpoint) -> None:
    """A button for each, made when it is pressed."""
    model, name, mime = checkpoint.recipe.model, checkpoint.id, "application/octet-stream"
    able = model.architecture != "onnx"
    about = "The weights as torch.save writes a state dict, for torch.load(weights_only=True)."
    told = about if able else "It is two files of ONNX, and has no weights for PyTorch."
    made = partial(_weights, checkpoint)
    widgets.download("State dict", "download", made, f"{name}.pt", mime, told, able, "export-weights")
    able = all(map(find_spec, PACKAGES))
    about = "Encoder and decoder as ONNX files in a zip, with the names that optimum uses."
    told = about if able else "It needs more packages: pip install -r requirements-onnx.txt."
    made = partial(_graphs, checkpoint)
    widgets.download("ONNX", "download", made, f"{name}-onnx.zip", mime, told, able, "export-onnx")
    about = "The codes of all encoded images, with their classes, factors, nll and rate, as CSV: a row for each image."
    widgets.download("Codes", "download", partial(_codes, checkpoint), f"{name}-codes.csv", "text/csv", about)
    about = f"{DRAWN:,} new images of the prior as an npz, of a conditional model with the classes they are drawn as."
    told = "It has no prior to draw new images from." if model.plain else about
    made = partial(_samples, checkpoint)
    widgets.download("Samples", "download", made, f"{name}.npz", mime, told, not model.plain, "export-samples")


def _weights(checkpoint: Checkpoint) -> bytes:
    from vae_explorer.exports.state_dict import state_dict

    return state_dict(checkpoint)


def _graphs(checkpoint: Checkpoint) -> bytes:
    from vae_explorer.exports.graphs import zipped

    return zipped(checkpoint)


def _codes(checkpoint: Checkpoint) -> bytes:
    from vae_explorer.exports.codes import codes

    return codes(checkpoint, ".csv")


def _samples(checkpoint: Checkpoint) -> bytes:
    from vae_explorer.exports.samples import samples

    return samples(checkpoint, DRAWN)
