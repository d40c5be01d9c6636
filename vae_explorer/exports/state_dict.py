"""The weights as a file that `torch.load` reads without running anything."""

from io import BytesIO

import torch

from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.errors import require


def state_dict(checkpoint: Checkpoint) -> bytes:
    """The state dict of the model, of a multi-rate network that of the plain one which it is at its β; for a .pt file.

    Raises:
        InvalidSetting: for a model of ONNX, which has none.
        CheckpointError: when the weights cannot be read.
    """
    graphs = checkpoint.recipe.model.architecture == "onnx"
    require(not graphs, "This model is two ONNX files and has no state dict; export it as ONNX.")
    weights = catalogue.MODELS.get(checkpoint).state_dict()
    file = BytesIO()
    torch.save({name: value.detach().contiguous().clone() for name, value in weights.items()}, file)
    return file.getvalue()
