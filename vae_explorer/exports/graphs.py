"""A model as two ONNX files, by the names that optimum uses."""

import warnings
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import torch
from torch import Tensor, nn

from vae_explorer.checkpoints import Checkpoint, catalogue
from vae_explorer.models import graph_file
from vae_explorer.models.graphs import CODES, IMAGES, MOMENTS, PARTS, PIXELS, TOLD, Graphs
from vae_explorer.models.vae import VAE

OPSET = 18
LABEL = "label"
ROWS = 2
"""Of the batch that a function is followed with; a batch of one would be taken for a constant."""


def graphs(checkpoint: Checkpoint) -> dict[str, bytes]:
    """The files encoder.onnx, from images in [0, 1] to mu and log σ², and decoder.onnx, from codes to images.

    Of a conditional model both take the label too; of a plain autoencoder the encoder gives mu alone; of a multi-rate
    network they are those of the plain one which it is at its β.

    Raises:
        MissingExtra: when the packages for it are not installed.
        CheckpointError: when the weights cannot be read.
    """
    model = catalogue.MODELS.get(checkpoint)
    if isinstance(model, Graphs):
        return {f"{part}.onnx": getattr(model, part).numpy().tobytes() for part in PARTS}
    config = model.config
    label = {LABEL: torch.zeros(ROWS, dtype=torch.long)} if config.classes else {}
    notes = {TOLD: "none" if config.plain else "log-variance"}
    images, codes = torch.rand(ROWS, *config.image_shape), torch.randn(ROWS, config.latent_dim)
    ends = {
        "encoder.onnx": (_moments(model), {IMAGES: images, **label}, MOMENTS),
        "decoder.onnx": (_pixels(model), {CODES: codes, **label}, PIXELS),
    }
    return {name: traced(run, taken, (given,), notes, model) for name, (run, taken, given) in ends.items()}


def zipped(checkpoint: Checkpoint) -> bytes:
    """The two files as one zip; raises as `graphs`."""
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        for name, data in graphs(checkpoint).items():
            archive.writestr(name, data)
    return file.getvalue()


def traced(
    run: Callable[..., Any],
    taken: Mapping[str, Tensor],
    given: tuple[str, ...],
    notes: Mapping[str, str],
    held: nn.Module | None = None,
) -> bytes:
    """A PyTorch function of a batch as an ONNX file, followed through one call.

    Args:
        taken: what it is called with, by the names that are written; of two rows or more.
        given: names of what it gives.
        notes: written beside it.
        held: the module whose weights it uses.

    Raises:
        MissingExtra: when the packages for it are not installed.
        torch.onnx.OnnxExporterError: when PyTorch cannot follow the function.
    """
    graph_file.library()
    function = _Function(run, held).eval()
    names = dict(zip(("first", "second"), taken, strict=False))
    rows = {name: {0: "batch"} for name in names}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of PyTorch's exporter, about names of its own
        program = torch.onnx.export(
            function,
            tuple(taken.values()),
            dynamo=True,
            dynamic_shapes=rows,
            input_names=list(taken),
            output_names=list(given),
            external_data=False,
            opset_version=OPSET,
            verbose=False,
        )
    assert program is not None
    proto: Any = program.model_proto
    for key, value in notes.items():
        proto.metadata_props.add(key=key, value=value)
    return proto.SerializeToString()


def _moments(model: VAE) -> Callable[..., Tensor]:
    def run(images: Tensor, y: Tensor | None = None) -> Tensor:
        mu, logvar = model.encode(images, y)
        return mu if logvar is None else torch.cat((mu, logvar), dim=1)

    return run


def _pixels(model: VAE) -> Callable[..., Tensor]:
    return lambda codes, y=None: model.decode(codes, y).sigmoid()


class _Function(nn.Module):
    """A function with the module whose weights it uses."""

    def __init__(self, run: Callable[..., Any], held: nn.Module | None) -> None:
        super().__init__()
        self.run, self.held = run, held

    def forward(self, first: Tensor, second: Tensor | None = None) -> Any:
        return self.run(first) if second is None else self.run(first, second)
