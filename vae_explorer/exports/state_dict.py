"""The weights as a file that `torch.load` reads without running anything."""

import json
from collections import OrderedDict
from io import BytesIO

import torch

from vae_explorer import models
from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.errors import require


def state_dict(checkpoint: Checkpoint) -> bytes:
    """The state dict of the model, of a multi-rate network that of the plain one which it is at its β; for a .pt file.

    It notes the model's settings where PyTorch notes versions of layers: so it is read here again without a question.

    Raises:
        InvalidSetting: for a model of ONNX, which has none.
        CheckpointError: when the weights cannot be read.
    """
    graphs = checkpoint.recipe.model.architecture == "onnx"
    require(not graphs, "This model is two ONNX files and has no state dict; export it as ONNX.")
    model = catalogue.MODELS.get(checkpoint)
    found = OrderedDict((name, value.detach().contiguous().clone()) for name, value in model.state_dict().items())
    vars(found)["_metadata"] = {"": {"version": 1, models.NOTE: json.dumps(model.config.to_dict())}}
    file = BytesIO()
    torch.save(found, file)
    return file.getvalue()
