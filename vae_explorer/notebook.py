"""bring: a model from a notebook into the app, in one call."""

from collections.abc import Callable
from pathlib import Path
from typing import Any


def bring(
    encode: Callable[..., Any], decode: Callable[..., Any], images: Any, labels: Any = None, name: str = "notebook"
) -> Path:
    """Any encoder and decoder of PyTorch as a model that the app opens, beside the images it was trained on.

    Args:
        encode: images [B, C, H, W] on the processor to mu [B, D], or to the pair (mu, log σ²).
        decode: codes [B, D] to images [B, C, H, W], or to their logits.
        images: [N, C, H, W], [N, H, W, C] or [N, H, W], from 0 to 1 or to 255; or the name of a data set known here.
        labels: one for each of the images: whole numbers or words; None: all are of one class.
        name: of the model, and of the data set that the images become.

    Returns:
        The folder of the model; its page opens at `?model=` with the folder's name.

    Raises:
        MissingExtra: when onnxruntime is not installed; the sentence has the line that installs it.
        InvalidSetting: when a function or an array is of another kind, or a name is taken.
        CheckpointError: when the two do not reconstruct such images.
    """
    import numpy as np

    from vae_explorer import datasets
    from vae_explorer.checkpoints import catalogue
    from vae_explorer.datasets import own
    from vae_explorer.exports.functions import halves
    from vae_explorer.importers import intake
    from vae_explorer.jobs import run_names
    from vae_explorer.models import graph_file
    from vae_explorer.pictures import gathered

    own.require_title(name)
    before = datasets.table()
    words = None if labels is None else np.asarray(labels)
    kept = images if isinstance(images, str) else gathered.keep(gathered.of_arrays(np.asarray(images), words), name)
    try:
        seen = datasets.load(kept, "test")
        files = halves(encode, decode, np.asarray(seen.images[:2], np.float32) / 255)
        pair = [graph_file.read(data, f"{part} of {name}") for part, data in files._asdict().items()]
        found = intake.known_pair(pair, seen.image_shape)
        return intake.bring(found, seen, catalogue.roots()[1] / run_names.unclaimed(name)).checkpoint.folder
    except BaseException:
        if kept not in before:
            own.delete(kept, datasets.data_root())
        raise
